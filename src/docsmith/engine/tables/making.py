"""A table for a template, from its plan and the records of a branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docsmith.engine.tables.rows import Plain, PlainRows, Row, blank_rows, numbered, numbers_of, rows_of
from docsmith.engine.tables.totals import totals_of
from docsmith.model.columns import Column
from docsmith.model.dossier import Dossier
from docsmith.plugin.months import MONTHS, month_of
from docsmith.plugin.plan import RowsPlan

# What the parts of a table are called in Chinese.
TITLES: Mapping[str, str] = {
    "rows": "行",
    "groups": "组",
    "blanks": "空行",
    "key": "名称",
    "month": "月份",
    "count": "条数",
    "totals": "合计",
    "example": "示例",
}


def make_table(plan: RowsPlan, dossier: Dossier, plain_rows: PlainRows) -> dict[str, Any]:
    """Return a table as templates have it: its parts by English and Chinese names (:data:`TITLES`).

    ``example`` tells that its rows are those that came with the document type: the unit has none of its own.
    """
    sheets = {plan.sheet, *([plan.join.sheet] if plan.join else [])}
    table = _Maker(plan, is_whole=dossier.unread.isdisjoint(sheets)).table(
        rows_of(plan, dossier, plain_rows), dossier.year
    )
    return table | _named(example=plan.sheet in dossier.examples)


class _Maker:
    """Makes the parts of one table."""

    def __init__(self, plan: RowsPlan, *, is_whole: bool) -> None:
        self._plan, self._is_whole = plan, is_whole

    def table(self, rows: Sequence[Row], year: int) -> dict[str, Any]:
        plan = self._plan
        if plan.month is not None:
            return self._calendar(rows, plan.month, year)
        # Numbers run through the groups as they are printed.
        rows = numbered([row for some in _grouped(rows, plan.groups) for row in some], plan)
        part = self._part(rows, plan.groups)
        if not plan.minimum:
            return part
        blanks = blank_rows(plan, max(0, plan.minimum - len(rows)), rows[:1])
        return part | _named(rows=[*(row.plain for row in rows), *blanks], blanks=blanks)

    def _part(self, rows: Sequence[Row], groups: Sequence[str]) -> dict[str, Any]:
        """Return what the table and each group have: rows, their number, totals, and any groups inside."""
        part = _named(
            rows=[row.plain for row in rows],
            count=len(rows),
            totals=totals_of(rows, self._plan, is_whole=self._is_whole),
        )
        if not groups:
            return part
        return part | _named(groups=[self._group(some, groups) for some in _cut(rows, groups[0])])

    def _group(self, rows: Sequence[Row], groups: Sequence[str]) -> dict[str, Any]:
        return self._part(rows, groups[1:]) | _named(key=rows[0].plain[groups[0]])

    def _calendar(self, rows: Sequence[Row], column: Column, year: int) -> dict[str, Any]:
        by_month: dict[int, list[Row]] = {month: [] for month in MONTHS}
        for row in rows:
            month = month_of(row.cell(column.name), year)
            if month is not None:
                by_month[month].append(row)
        numbers = numbers_of(self._plan)
        months: list[Plain] = []
        for month, some in by_month.items():
            part = self._part(numbered(some, self._plan), ())
            months.append(part | _named(month=month) | dict.fromkeys(numbers, month))
        placed = [row for some in by_month.values() for row in some]
        return self._part(placed, ()) | _named(rows=months)


def _cut(rows: Sequence[Row], column: str) -> list[list[Row]]:
    """Return rows by their value in a column, in the order in which the values come."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.cell(column), []).append(row)
    return list(groups.values())


def _grouped(rows: Sequence[Row], columns: Sequence[str]) -> list[list[Row]]:
    """Return rows by the innermost groups, in the order in which these come."""
    if not columns:
        return [list(rows)]
    return [inner for some in _cut(rows, columns[0]) for inner in _grouped(some, columns[1:])]


def _named(**parts: Any) -> dict[str, Any]:
    """Return parts by their English and their Chinese names."""
    return {**parts, **{TITLES[name]: part for name, part in parts.items()}}
