"""What was read once is not read again: the values of cells, by the cells.

A trick, which stands here alone: a dictionary that reads what it does not have. To look up a cell that was
read before costs 40 ns, to call a function that looks it up 150 ns; a row has twelve cells, and a table may
have a million rows, whose branches, dates, choices and counts repeat.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from docsmith.model.columns import Column, Kind
from docsmith.model.values import time_beside_date
from docsmith.sources.cells import CellReader

# What has more different values (names, ID numbers) gains nothing by being remembered, nor do long texts.
# The days on which people are born are some 22,000.
_MOST = 4_000
_MOST_DATES = 20_000
_LONG = 40
_DATES = (dt.date, dt.datetime)


class Memo(dict[Any, Any]):
    """``memo[cell]`` is ``read(cell)``; raises what that raises, and ``TypeError`` for a list."""

    __slots__ = ("_most", "_read")

    def __init__(self, read: Callable[[Any], Any], most: int = _MOST) -> None:
        super().__init__()
        self._read, self._most = read, most

    def __missing__(self, cell: Any) -> Any:
        value = self._read(cell)
        if len(self) < self._most and _can_be_kept(cell):
            self[cell] = value
        return value


def _can_be_kept(cell: Any) -> bool:
    """Tell whether a cell equals no cell of another type that may read otherwise, as 1 equals ``True``."""
    kind = type(cell)
    if kind is str:
        return len(cell) < _LONG
    return cell is None or kind in _DATES or ((kind is float or kind is int) and 1 < cell < 1_000_000)


class Memos:
    """What was read of cells; columns that read all cells alike (dates, names) remember together."""

    def __init__(self) -> None:
        self._memos: dict[tuple[object, ...], Memo] = {}
        self.times = Memo(time_beside_date)

    def of(self, column: Column, meant: Mapping[str, str]) -> Memo:
        """Return the memo of a column; ``meant`` are the unit's own words for its values."""
        key = (
            column.kind,
            column.required,
            column.default,
            tuple(column.choices.items()),
            tuple(meant.items()),
        )
        if key not in self._memos:
            most = _MOST_DATES if column.kind is Kind.DATE else _MOST
            self._memos[key] = Memo(CellReader(column, meant), most)
        return self._memos[key]
