"""The branches as a database, or as a workbook: the same rows in both."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.batch.rows import Branches
from docsmith.model.columns import Sheet
from docsmith.model.schema import PAIR_TITLES, Schema

_AT_ONCE = 500  # branches whose rows are written together
_Table = list[tuple[Any, ...]]


def database(folder: Path, branches: int) -> Path:
    """Return a SQLite database with so many branches; made where the folder has none yet."""
    path = folder / f"branches-{branches}.sqlite3"
    if not path.exists():
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        _write_database(new, branches)
        new.rename(path)
    return path


def _write_database(path: Path, branches: int) -> None:
    source = Branches()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # nobody needs half of it
        connection.execute("CREATE TABLE unit (item TEXT, content TEXT)")
        connection.executemany("INSERT INTO unit VALUES (?, ?)", _pairs(source))
        for sheet, names in source.columns.items():
            columns = ", ".join(f'"{name}"' for name in names)
            connection.execute(f"CREATE TABLE {sheet} (id INTEGER PRIMARY KEY, {columns})")
        for first in range(1, branches + 1, _AT_ONCE):
            numbers = range(first, min(first + _AT_ONCE, branches + 1))
            for sheet, rows in _tables(source, numbers).items():
                marks = ", ".join("?" * len(source.columns[sheet]))
                connection.executemany(f"INSERT INTO {sheet} VALUES (NULL, {marks})", rows)  # noqa: S608
            connection.commit()
        for sheet in source.columns:
            column = "name" if sheet == "branches" else "branch"
            connection.execute(f"CREATE INDEX {sheet}_by_branch ON {sheet} ({column})")
        connection.commit()


def workbook(path: Path, branches: int) -> None:
    """Write an .xlsx with so many branches, as a unit fills it in."""
    from openpyxl import Workbook

    source, sheets = Branches(), Schema.built_in().sheets
    book = Workbook(write_only=True)
    unit = book.create_sheet(sheets["unit"].title)
    for pair in (PAIR_TITLES, *_titled(source, sheets["unit"])):
        unit.append(pair)
    for sheet, rows in _tables(source, range(1, branches + 1)).items():
        page = book.create_sheet(sheets[sheet].title)
        page.append([column.title for column in sheets[sheet].columns])
        for row in rows:
            page.append(row)
    book.save(path)


def _tables(source: Branches, numbers: range) -> Mapping[str, _Table]:
    """Return the rows of some branches by sheet, their cells in the order of the columns."""
    tables: dict[str, _Table] = defaultdict(list)
    for number in numbers:
        for sheet, row in source.rows(number):
            tables[sheet].append(tuple(row[name] for name in source.columns[sheet]))
    return tables


def _pairs(source: Branches) -> Iterator[tuple[str, str]]:
    return ((name, str(value)) for name, value in _unit(source))


def _titled(source: Branches, sheet: Sheet) -> Iterator[tuple[str, str]]:
    return ((sheet.column(name).title, str(value)) for name, value in _unit(source))


def _unit(source: Branches) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in source.unit.items() if value is not None)
