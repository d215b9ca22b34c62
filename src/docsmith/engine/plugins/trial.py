"""Documents made on trial, from rows that are made up: once with much in every sheet, once with nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from docsmith import rules
from docsmith.engine.loading import with_examples
from docsmith.engine.pipeline import Pipeline
from docsmith.engine.run import open_run
from docsmith.errors import TemplateError
from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.dataset import Dataset
from docsmith.model.findings import Finding
from docsmith.model.records import BranchRecord, Unit
from docsmith.model.rows import Record, RecordError
from docsmith.model.schema import Schema
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manager import Manager
from docsmith.template.package.soundness import unsound

YEAR = 2026
_BRANCHES = ("示例第一党支部", "示例第二党支部")
_NAMES = ("张三", "李四", "王五")
_ROWS = 6  # most columns have no more choices: each is there once


class Tried(NamedTuple):
    """A document made on trial: its name, and what was found; without a name none was made."""

    name: str
    findings: tuple[Finding, ...]
    unsound: tuple[str, ...] = ()


def trials(manager: Manager, document_type: DocumentType) -> Iterator[Tried]:
    """Make all documents of a type from rows that are made up, first much, then nothing but names.

    Raises :class:`docsmith.errors.DocsmithError` where none can be made at all.
    """
    for dataset in (full_dataset(manager.schema), bare_dataset(manager.schema)):
        data = with_examples(dataset, [document_type])
        pipeline = Pipeline(data, manager, rules.RuleSettings.from_table({}))
        with (
            tempfile.TemporaryDirectory(prefix="docsmith-", ignore_cleanup_errors=True) as folder,
            open_run(pipeline, Path(folder), YEAR) as run,
        ):
            for result in run.documents([document_type], data.branch_names):
                if result.path is None:
                    yield Tried("", result.findings)
                else:
                    yield Tried(result.path.name, result.findings, _objections(result.path))


def _objections(path: Path) -> tuple[str, ...]:
    try:
        return unsound(path.read_bytes(), path.name)
    except TemplateError as error:
        return (error.message,)


def full_dataset(schema: Schema) -> Dataset:
    """Return a unit with two branches, and rows in every sheet."""
    tables: dict[str, tuple[Record, ...]] = {}
    for name, sheet in schema.sheets.items():
        if name in ("unit", "branches"):
            continue
        of_branch = issubclass(sheet.record, BranchRecord)
        owners = _BRANCHES if of_branch else ("",)
        rows = (
            made_up(sheet, number, {"branch": owner} if of_branch else {})
            for owner in owners
            for number in range(1, _ROWS + 1)
        )
        tables[name] = tuple(filter(None, rows))
    branches = schema.sheets["branches"]
    tables["branches"] = tuple(
        filter(None, (made_up(branches, number, {"name": name}) for number, name in enumerate(_BRANCHES, 1)))
    )
    unit = made_up(schema.sheets["unit"], 1, {"name": "示例单位", "year": str(YEAR), "report_date": ""})
    return Dataset(schema=schema, unit=_unit(schema, unit), tables=tables)


def bare_dataset(schema: Schema) -> Dataset:
    """Return a unit with one branch, of which nothing is known but its name."""
    branch = schema.sheets["branches"].record.read({"name": _BRANCHES[0]})
    return Dataset(schema=schema, unit=_unit(schema, None), tables={"branches": (branch,)})


def _unit(schema: Schema, record: Record | None) -> Unit:
    if isinstance(record, Unit):
        return record
    unit: Unit = schema.sheets["unit"].record.read({"name": "示例单位", "year": str(YEAR)})  # type: ignore[assignment]
    return unit


def made_up(sheet: Sheet, number: int, known: Mapping[str, str]) -> Record | None:
    """Return a row with something in every column; ``None`` where its columns contradict each other."""
    cells = {column.name: _cell(column, number) for column in sheet.columns} | dict(known)
    try:
        return sheet.record.read(cells)
    except RecordError as error:
        fitting = {name: cell for name, cell in cells.items() if name not in error.problems}
    try:
        return sheet.record.read(fitting)
    except RecordError:
        return None


def _cell(column: Column, number: int) -> str:
    """Return what a person may write into a cell, another in each row where it matters."""
    if column.choices:
        choices = list(column.choices)
        return choices[(number - 1) % len(choices)]
    if column.kind is Kind.NAME:
        return _NAMES[(number - 1) % len(_NAMES)]
    if column.kind is Kind.DATE:
        return f"{YEAR}-{number * 2 % 12 + 1:02}-15"
    if column.example:
        return column.example
    return _BY_KIND.get(column.kind, "{title}{number}").format(title=column.title, number=number)


_BY_KIND = {
    Kind.NAMES: "张三、李四",
    Kind.CODE: "00{number}",
    Kind.COUNT: "{number}",
    Kind.YEAR: str(YEAR),
    Kind.TIME: "14:30",
    Kind.PICTURE: "照片/{title}{number}.jpg",
}
