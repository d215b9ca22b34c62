"""Groups of a long table, cut where a page ends, so that each page names the groups that it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from docsmith.plugin.kit.layout import TablePages, TextColumn, row_height


class Stretch(NamedTuple):
    """Rows of one group on one page: ``first`` is the position of the first row, ``last`` of the last.

    ``continued`` tells that the group began on an earlier page: its name is printed again with （续）.
    """

    name: str
    continued: bool
    first: int
    last: int


def stretches(
    names: Sequence[str], heights: Sequence[float], pages: TablePages, name_column: TextColumn
) -> list[Stretch]:
    """Return the stretches of a table whose rows, of these heights, belong to groups of these names.

    ``name_column`` is the merged cell's: a stretch is at least as tall as its name. That moves the rows
    below, so the pages are counted twice.
    """
    found = list(_cut(names, pages.of_rows(heights)))
    grown = list(heights)
    for stretch in found:
        needed = row_height(name_column.lines(stretch.name) + stretch.continued)
        grown[stretch.last] += max(0.0, needed - sum(heights[stretch.first : stretch.last + 1]))
    if grown == list(heights):
        return found
    return list(_cut(names, pages.of_rows(grown)))


def _cut(names: Sequence[str], pages: Sequence[int]) -> Iterator[Stretch]:
    before, first = None, 0
    for (name, _page), rows in groupby(zip(names, pages, strict=True)):
        last = first + len(list(rows)) - 1
        yield Stretch(name, name == before, first, last)
        before, first = name, last + 1
