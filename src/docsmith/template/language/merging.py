"""Cells that merge down by what they show: what is known of a table while it is written.

Each cell with ``{% 合并 %}`` asks, before it writes its properties, whether it goes on with the one above it
(:func:`_merge`). It does so where that one stands in the row before, in the same columns, showed the same in
the same run of the same loop, and no cell to its left begins anew in this row: so a merge never crosses the
border of the merge that it stands in. What is empty or missing is equal to nothing.
:mod:`docsmith.template.dialect.merging` writes the calls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.missing import Missing
from docsmith.template.formatted import RichValue
from docsmith.template.language import costs
from docsmith.template.language.forms import Lines
from docsmith.template.language.journal import current
from docsmith.template.language.undefined import UnknownName
from docsmith.template.package.attributes import whole_number
from docsmith.template.slots.columns import Hole
from docsmith.template.values import printed

PREFIX = "docsmith_"
"""How the names begin that only docsmith may write into a template."""
MERGE = f"{PREFIX}merge"
MERGE_IS_TALL = 3
"""Which of its arguments says that the template itself merges the cell with those below."""


class Region:
    """Cells that are one: the texts that they share, the run of a loop, how many rows, and the last one.

    ``hole`` is where the first cell says that it begins, once another has joined it.
    """

    __slots__ = ("hole", "last", "rows", "run", "texts")

    def __init__(self, texts: Sequence[str], run: object, row: int) -> None:
        self.texts, self.run, self.last, self.rows = texts, run, row, 1
        self.hole: Hole | None = None


class MergingTable:
    """A table while it is written: its regions by the columns that they take, and the row that is open.

    ``position`` and ``following`` are the columns of the cell that is open and of the next; ``shown`` says
    whether the cell that is open shows what it holds.
    """

    __slots__ = ("begun", "following", "position", "regions", "row", "shown")

    def __init__(self) -> None:
        self.regions: dict[tuple[int, int], Region] = {}
        self.row = self.position = self.following = 0
        self.begun = False
        self.shown = True

    def columns(self, position: int, span: int) -> tuple[int, int]:
        """Return the first column of the open cell and their number; the template may not know either."""
        return (self.position, self.following - self.position) if position < 0 else (position, span)

    def merge(self, place: tuple[int, int], texts: Sequence[str], run: object) -> Region:
        """Return the region that the cell belongs to, this row included."""
        region = self.regions.get(place)
        goes_on = (
            region is not None
            and not self.begun
            and region.last == self.row - 1
            and region.run is run
            and region.texts == texts
            and any(texts)
        )
        self.shown = not goes_on
        if region is None or not goes_on:
            self.begun = True
            region = self.regions[place] = Region(texts, run, self.row)
        else:
            region.last, region.rows = self.row, region.rows + 1
        return region


def _table(_value: object, number: int) -> None:
    current().merging[number] = MergingTable()


def _row(_value: object, number: int, before: int) -> None:
    table = current().merging[number]
    table.row += 1
    table.begun = False
    table.position = table.following = before


def _cell(span: object, number: int) -> None:
    table = current().merging[number]
    table.position = table.following
    # What is no number is reported where it is written.
    table.following += max(1, whole_number(str(span))) if isinstance(span, int | str) else 1


def _keep(_value: object, number: int, position: int, span: int) -> None:
    """Take a cell that the template itself merges with the one above into that one's region."""
    table = current().merging[number]
    region = table.regions.get(table.columns(position, span))
    if region is not None and region.last == table.row - 1:
        region.last = table.row


def _merge(
    values: Sequence[Any], number: int, position: int, span: int, _is_tall: bool, is_given: bool, run: object
) -> Region:
    """Return the region of the cell; ``is_given`` where its values are not printed in it as well."""
    table = current().merging[number]
    return table.merge(table.columns(position, span), [_compared(one, is_given) for one in values], run)


def _compared(value: Any, is_given: bool) -> str:
    """Return a value as it is compared; nothing for what is missing."""
    if isinstance(value, UnknownName):
        return str(value) if is_given else ""  # which reports it, unless the cell itself does
    if isinstance(value, Missing):
        return ""
    if isinstance(value, Lines):
        value = "\n".join(value)
    try:
        if isinstance(value, RichValue):
            raise TypeError
        return str(costs.compared(printed(value)))
    except TypeError:
        message = _("a cell cannot be merged by this value.")
        current().report(message, _("For example {% 合并 行.类别 %}."))
        return ""


def _shown(_value: object, number: int) -> bool:
    return current().merging[number].shown


FILTERS: Mapping[str, Callable[..., Any]] = {
    f"{PREFIX}table": _table,
    f"{PREFIX}row": _row,
    f"{PREFIX}cell": _cell,
    f"{PREFIX}keep": _keep,
    MERGE: _merge,
    f"{PREFIX}shown": _shown,
}
