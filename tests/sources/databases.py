"""Databases that the tests read: filled with the rows of a workbook, as they stand in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from openpyxl import load_workbook
from sqlalchemy.sql import quoted_name

from docsmith.model.dataset import Dataset
from docsmith.model.schema import PAIR_TITLES
from docsmith.plugin.discovery import bundled
from docsmith.plugin.manager import Manager
from docsmith.sources.across import AcrossBranches
from docsmith.sources.shares import Source

# With the sheets of the bundled document types: the sample unit has filled in some of them.
SCHEMA = Manager(bundled()).schema

Rows = Sequence[Sequence[Any]]


def rows_of(workbook: Path) -> dict[str, Rows]:
    """Return the sheets of a clean workbook that hold data: their titles, and rows of cells."""
    known = {sheet.title for sheet in SCHEMA.sheets.values()}
    tables: dict[str, Rows] = {}
    for sheet in load_workbook(workbook, data_only=True).worksheets:
        if sheet.title in known:
            header, *rows = (row for row in sheet.iter_rows(values_only=True) if any(row))
            tables[sheet.title] = [tuple(str(title).strip("*") for title in header), *rows]
    return tables


def fill(url: str, tables: Mapping[str, Rows], *, key: bool = True, index: bool = True) -> str:
    """Make tables whose header is the first row, and return the URL.

    :param key: give each table a primary key, ``id``.
    :param index: index the column 支部.
    """
    engine = sa.create_engine(url)
    meta = sa.MetaData()
    made = {}
    for name, (header, *rows) in tables.items():
        columns = [
            sa.Column(quoted_name(str(title), True), _type_of([row[at] for row in rows]))
            for at, title in enumerate(header)
        ]
        keys = [sa.Column("id", sa.Integer, primary_key=True)] if key else []
        table = made[name] = sa.Table(quoted_name(name, True), meta, *keys, *columns)
        for column in columns if index else ():
            if column.name in ("支部", "branch"):
                sa.Index(f"by_{len(made)}", table.c[column.name])
    meta.create_all(engine)
    with engine.begin() as connection:
        for name, (header, *rows) in tables.items():
            if rows:
                values = [dict(zip(map(str, header), row)) for row in rows]
                connection.execute(made[name].insert(), values)
    engine.dispose()
    return url


def sqlite(path: Path, tables: Mapping[str, Rows], **options: Any) -> str:
    """Make a SQLite database, and return its URL."""
    return fill(f"sqlite:///{path}", tables, **options)


def _type_of(cells: Sequence[Any]) -> Any:
    kinds = {type(cell).__name__ for cell in cells if cell is not None}
    types = {"int": sa.BigInteger(), "float": sa.Float(), "datetime": sa.DateTime(), "date": sa.Date()}
    return types.get(kinds.pop(), sa.Text()) if len(kinds) == 1 else sa.Text()


def in_english(tables: Mapping[str, Rows]) -> dict[str, Rows]:
    """Return the same tables with the English names of sheets and columns."""
    sheets = {sheet.title: sheet for sheet in SCHEMA.sheets.values()}
    english = {}
    for title, (header, *rows) in tables.items():
        names = {column.title: column.name for column in sheets[title].columns}
        names |= dict(zip(PAIR_TITLES, ("item", "content")))
        english[sheets[title].name] = [tuple(names[cell] for cell in header), *rows]
    return english


def said(dataset: Dataset) -> tuple[Any, ...]:
    """Return what a dataset says, apart from where it stands and in which order it was found."""
    findings = sorted((f.severity, f.code, f.branch, _placeless(f.message)) for f in dataset.findings)
    failed = sorted(
        (row.sheet, row.branches, row.finding.code, _placeless(row.finding.message)) for row in dataset.failed
    )
    tables = {
        name: sorted(((record.values(), record.extra) for record in records), key=repr)
        for name, records in dataset.tables.items()
    }
    return dataset.unit.values(), dataset.unit.extra, tables, failed, findings


def _placeless(message: str) -> str:
    return re.sub(r" in \S+ \S+!.*", "", message)


def union(source: Source, most: int) -> tuple[Any, ...]:
    """Return what all tickets of a source say together with its head; the source is closed."""
    head = source.head.dataset
    tables = {name: list(records) for name, records in head.tables.items()}
    failed, findings = list(head.failed), list(head.findings)
    with AcrossBranches() as across:
        for ticket in source.tickets(list(source.names()), most):
            portion = source.reader().read(ticket).dataset(ticket.branches)
            across.add(portion)
            for name, records in portion.tables.items():
                if records != head.tables[name]:
                    tables[name] += records
            failed += (row for row in portion.failed[len(head.failed) :] if row not in failed)
            findings += portion.findings[len(head.findings) :]
        findings += across.findings()
    source.close()
    whole = replace(
        head, tables={n: tuple(r) for n, r in tables.items()}, failed=tuple(failed), findings=tuple(findings)
    )
    return said(whole)
