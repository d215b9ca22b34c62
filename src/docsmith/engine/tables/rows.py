"""The rows of a table: chosen and sorted, each with the answer that belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from docsmith.model.blank import BLANK
from docsmith.model.columns import Column
from docsmith.model.dossier import Dossier
from docsmith.model.ordering import ordered
from docsmith.model.rows import Record
from docsmith.model.shown import records_of
from docsmith.plugin.joining import matched
from docsmith.plugin.plan import JoinPlan, RowsPlan

NUMBER = ("number", "序号")

Plain = dict[str, Any]
PlainRows = Callable[[str], Sequence[Plain]]
"""Returns the rows of a sheet as templates have them, in the order of the records."""


class Row(NamedTuple):
    """A row: the values of its ``cells`` by English name, and what a template has of it (``plain``).

    Without ``answer`` the columns of the join are blank.
    """

    cells: Mapping[str, Any]
    plain: Plain
    record: Record
    answer: Record | None = None

    def cell(self, name: str) -> Any:
        """Return the value of a cell; ``None`` where it is empty."""
        return self.cells.get(name)


def rows_of(plan: RowsPlan, dossier: Dossier, plain_rows: PlainRows) -> list[Row]:
    """Return the rows of a table in their order; they have no numbers yet."""
    records = records_of(dossier, plan.sheet)
    plain = plain_rows(plan.sheet)
    if plan.join is None:
        rows = [Row(vars(record), one, record) for record, one in zip(records, plain, strict=True)]
    else:
        rows = _joined(plan.join, records, plain, dossier, plain_rows)
    chosen = [row for row in rows if all(one.holds(row.cell) for one in plan.where)]
    return ordered(chosen, plan.sort, Row.cell)


def _joined(
    join: JoinPlan, items: Sequence[Record], plain: Sequence[Plain], dossier: Dossier, plain_rows: PlainRows
) -> list[Row]:
    """Return items with their answers; an item without one has blanks."""
    answers = records_of(dossier, join.sheet)
    plain_answers = {id(record): one for record, one in zip(answers, plain_rows(join.sheet), strict=True)}
    found = matched(items, answers, join).answers
    blanks = dict.fromkeys(names_of(join.columns), BLANK)
    rows = []
    for position, (item, one) in enumerate(zip(items, plain, strict=True)):
        answer = found.get(position)
        if answer is None:
            rows.append(Row(vars(item), {**blanks, **one}, item))
        else:
            rows.append(
                Row({**vars(answer), **vars(item)}, {**plain_answers[id(answer)], **one}, item, answer)
            )
    return rows


def numbered(rows: Sequence[Row], plan: RowsPlan) -> list[Row]:
    """Return rows with their running numbers; a column of the sheet that is called so keeps its name."""
    names = numbers_of(plan)
    return [
        row._replace(plain={**row.plain, **dict.fromkeys(names, number)})
        for number, row in enumerate(rows, 1)
    ]


def blank_rows(plan: RowsPlan, count: int, like: Sequence[Row]) -> list[Plain]:
    """Return rows for a pen, blank in all the cells that the others have."""
    names = dict.fromkeys([*names_of(plan.all_columns), *numbers_of(plan)])
    for row in like:
        names.update(dict.fromkeys(row.plain))
    return [dict.fromkeys(names, BLANK) for _number in range(count)]


def numbers_of(plan: RowsPlan) -> list[str]:
    """Return what the running number is called beside the columns of the sheet."""
    taken = set(names_of(plan.all_columns))
    return [name for name in NUMBER if name not in taken]


def names_of(columns: Sequence[Column]) -> list[str]:
    """Return the English names and the titles of columns."""
    return [name for column in columns for name in (column.name, column.title)]
