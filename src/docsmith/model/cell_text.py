"""What a cell says, as text: what all readers of cells begin with."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TypeGuard

from docsmith.model.dates import PartialDate

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

# Excel keeps 15 significant digits; a longer number typed as a number has already lost its last ones.
FIRST_INEXACT = 10**15
# What stands around a text and is none of it.
BLANKS = " \t\n\u3000\xa0"
# Marks without a shape that are copied along from contact lists and web pages.
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# What people write so that a cell is not left empty.
NOTHING = frozenset({"无", "暂无", "没有", "/", "\\", "-", "--", "—", "——", "–"})


class CellError(ValueError):
    """A cell that cannot be read: ``message`` says what is wrong with it, ``hint`` what is expected."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def as_text(cell: Cell) -> str | None:
    r"""Return free text as it was typed, without the blanks around it; line breaks become ``\n``."""
    if is_plain(cell):
        return cell
    if cell is None or isinstance(cell, str):
        text = (cell or "").replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
        return text.strip(BLANKS) or None
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, dt.datetime):
        day = str(PartialDate.of(cell))
        return day if cell.time() == dt.time() else f"{day} {cell:%H:%M}"
    if isinstance(cell, dt.date):
        return str(PartialDate.of(cell))
    if isinstance(cell, dt.time):
        return f"{cell:%H:%M}"
    if isinstance(cell, dt.timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return number_as_text(cell)


def is_plain(cell: Cell) -> TypeGuard[str]:
    """Tell whether a cell is a text of letters and digits alone: no blank, no mark to look for.

    Most cells are, and the test takes 0.1 µs, where looking for each of the marks takes 1 to 3.
    """
    return type(cell) is str and cell.isalnum()


def stated(cell: Cell) -> str | None:
    """Return what a cell states, without marks that nobody sees; ``None`` where it says 无 or has a dash."""
    if is_plain(cell):
        return None if cell in NOTHING else cell
    text = as_text(INVISIBLE.sub("", cell) if isinstance(cell, str) else cell)
    return None if text in NOTHING else text


def digits(cell: Cell) -> str | None:
    """Return a number as text: half-width, without blanks, not cut short by what a float can hold."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return number_as_text(cell)
    text = as_text(cell)
    return text and re.sub(r"\s+", "", unicodedata.normalize("NFKC", INVISIBLE.sub("", text)))


def number_as_text(number: float) -> str:
    """Return 3.0 as ``3``: Excel stores every number as a float."""
    if isinstance(number, float) and number.is_integer() and abs(number) < FIRST_INEXACT:
        return str(int(number))
    return str(number)
