"""A dataset as plain objects, told apart from how docsmith writes one."""

from __future__ import annotations

from typing import Any

from docsmith.model.columns import Sheet
from docsmith.model.dataset import Dataset
from docsmith.model.dates import PartialDate
from docsmith.model.missing import Missing
from docsmith.model.rows import Record

NO_YEAR = 1900


def as_plain(dataset: Dataset) -> dict[str, Any]:
    """Return what the unit itself gave as objects, lists, text and numbers: the shape of the contract."""
    own = {"unit": (dataset.unit,), **dataset.tables} | dict.fromkeys(dataset.examples, ())
    plain: dict[str, Any] = {}
    for name, sheet in dataset.schema.sheets.items():
        objects = [_plain_record(record, sheet) for record in own.get(name, ())]
        plain[name] = objects[0] if name == "unit" else objects
    return plain


def _plain_record(record: Record, sheet: Sheet) -> dict[str, Any]:
    plain = {column.name: _plain(getattr(record, column.name)) for column in sheet.columns}
    if plain.get("year") == NO_YEAR:
        plain["year"] = None
    return {**plain, "extra": dict(record.extra)} if record.extra else plain


def _plain(value: object) -> object:
    if isinstance(value, Missing):
        return None
    if isinstance(value, PartialDate):
        return value.iso()
    return list(value) if isinstance(value, tuple) else value
