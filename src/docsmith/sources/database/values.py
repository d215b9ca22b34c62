"""What a database gives into what a workbook would: the readers of cells know no other shapes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from docsmith.sources.tables import BrokenCell

# Read as they are. Objects are refused by the readers, at their cell.
_KNOWN = frozenset({str, int, float, bool, type(None), dt.date, dt.datetime, dt.time, dt.timedelta, dict})
# So many bytes of what is no text are shown.
_SHOWN = 4


def plain_columns(rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Return the columns of rows, their cells in the shapes that a workbook has; ``Decimal("3.00")`` is 3.

    Column by column, a cell takes 8 ns where nothing is to be done: a function for each would take 100.
    """
    known = _KNOWN.issuperset
    return [
        column if known(map(type, column)) else tuple(map(plain, column))
        for column in zip(*rows, strict=True)
    ]


def plain(cell: Any) -> Any:
    """Return one cell in the shape that a workbook would have it in."""
    if type(cell) in _KNOWN:
        return cell
    if isinstance(cell, Decimal):
        return _number(cell)
    if isinstance(cell, list) and all(isinstance(item, str) for item in cell):
        return "、".join(cell)
    if isinstance(cell, list):
        return cell
    if isinstance(cell, bytes | bytearray | memoryview):
        return BrokenCell(f"0x{bytes(cell[:_SHOWN]).hex()}…", binary=True)
    return str(cell)


def _number(number: Decimal) -> int | float | str:
    """Return a number as Excel would hold it, but as text where that would change it."""
    if not number.is_finite():
        return str(number)
    if number == number.to_integral_value():
        return int(number)
    rounded = float(number)
    return rounded if Decimal(repr(rounded)) == number else str(number)
