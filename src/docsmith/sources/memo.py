"""What was read once is not read again: the values of cells, by the cells.

A trick, which stands here alone: a dictionary that reads what it does not have. To look up a cell that was
read before costs 40 ns, to call a function that looks it up 150 ns; a row has twelve cells, and a table may
have a million rows, whose branches, dates, choices and counts repeat.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

# A column with more different values (names, ID numbers) gains nothing by being remembered.
_MOST = 20_000
_NUMBERS = (int, float)
_TEXTS_AND_DATES = (str, dt.date, dt.datetime)


class Memo(dict[Any, Any]):
    """``memo[cell]`` is ``read(cell)``; raises what that raises, and ``TypeError`` for a list or an object.

    Only what can be told from every other value is remembered: 0 and 1 are equal to ``False`` and ``True``.
    """

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: Any) -> Any:
        value = self._read(cell)
        kind = type(cell)
        if len(self) < _MOST and (kind in _TEXTS_AND_DATES or (kind in _NUMBERS and cell not in (0, 1))):
            self[cell] = value
        return value
