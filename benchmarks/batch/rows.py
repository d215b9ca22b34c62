"""Rows of as many branches as one likes: those of the sample unit's first branch, told anew for each.

The same number gives the same branch on any day. Nothing is the same in two branches that a program could
profit from: names, dates, numbers and every longer text are the branch's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from docsmith.model.columns import Kind
from docsmith.model.dates import PartialDate
from docsmith.model.rows import Record
from docsmith.model.schema import Schema
from docsmith.sources import load
from docsmith.sources.identity import check_character

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "示例单位"
# What a branch of usual size writes down in a year, some 80 rows.
ROWS = {
    "members": 12,
    "activities": 24,
    "talks": 6,
    "plans": 10,
    "problems": 5,
    "self_checks": 17,
    "ballots": 3,
    "summaries": 6,
}
# Of the first branch's activities these come so often that nothing else would be among the first 24.
_LEFT_OUT = ("党小组会", "支委会", "集体学习")
_LONG, _LAST_DAY = 8, 28
_FIRST_GIVEN_NAME, _GIVEN_NAMES = 0x4E00, 20_000
_Row = dict[str, Any]


class Branches:
    """The unit, and its branches by number, from 1."""

    def __init__(self) -> None:
        dataset = load([FIXTURES], Schema.built_in())
        self.unit: Mapping[str, Any] = dataset.unit.values()
        self._branch = dataset.branches[0]
        self._records = {sheet: self._some(sheet, dataset.tables[sheet]) for sheet in ROWS}

    def _some(self, sheet: str, records: tuple[Record, ...]) -> list[Record]:
        """Return as many rows of a sheet as a branch has, the first branch's first."""
        fitting = [record for record in records if getattr(record, "kind", "") not in _LEFT_OUT]
        while len(fitting) < ROWS[sheet]:
            fitting += fitting
        return fitting[: ROWS[sheet]]

    @cached_property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """The columns of each sheet of branches, by their English names."""
        sheets = Schema.built_in().sheets
        return {name: tuple(sheets[name].record.columns) for name in ("branches", *ROWS)}

    def rows(self, number: int) -> Iterator[tuple[str, _Row]]:
        """Yield the rows of a branch, each with the English name of its sheet: values as a person types."""
        name = f"第{number:06d}党支部"
        people = self._people(number)
        own = self._told(self._branch, name, number, people)
        yield "branches", {**own, "name": name, "code": f"{number:09d}"}
        for sheet, records in self._records.items():
            for position, record in enumerate(records):
                row = self._told(record, name, number + position, people)
                yield sheet, {**row, "branch": name, **_special(sheet, number, position, row)}

    def _people(self, number: int) -> Mapping[str, str]:
        """Return what those who are named in the sample are called in a branch."""
        names = [record.values()["name"] for record in self._records["members"]]
        return {
            name: name[0] + chr(_FIRST_GIVEN_NAME + (number * 31 + position * 997) % _GIVEN_NAMES)
            for position, name in enumerate(names)
        }

    def _told(self, record: Record, branch: str, shift: int, people: Mapping[str, str]) -> _Row:
        row: _Row = {}
        for column, value in zip(record.columns.values(), record.values().values()):
            if isinstance(value, PartialDate):
                value = _moved(value, shift)
            elif isinstance(value, tuple):
                value = "、".join(people.get(name, name) for name in value) or None
            elif column.kind is Kind.TEXT and isinstance(value, str) and len(value) >= _LONG:
                value = f"{branch}{value}"
            elif isinstance(value, str):
                value = people.get(value, value)
            row[column.name] = value
        return row


def _moved(date: PartialDate, shift: int) -> str:
    """Return a date some days later in its month."""
    if date.day is None:
        return date.iso()
    return PartialDate(date.year, date.month, min(date.day, _LAST_DAY - 4) + shift % 5).iso()


def _special(sheet: str, number: int, position: int, row: Mapping[str, Any]) -> _Row:
    """Return what may not be the same in two rows, or not in all."""
    if sheet == "members":
        serial = number * ROWS["members"] + position
        born = row["born_on"].replace("-", "")
        digits = f"{110_000 + serial // 500:06d}{born}{serial % 500 * 2 + (row['gender'] == '男'):03d}"
        return {"id_number": digits + check_character(digits), "mobile": f"1{3_000_000_000 + serial:010d}"}
    if sheet == "self_checks":
        # A third is left to the rules.
        return {"item": str(position + 1), "answer": None if position % 3 == 2 else "是"}
    return {}
