"""One cell into one value: tolerant readers for what people really type.

Each reader takes a cell as a source gave it (text, number, date, time, truth value or ``None``) and returns
the value, or ``None`` for an empty cell. What cannot be read raises :class:`CellError`, which says what
was expected, with an example. Nothing is guessed: an unreadable cell is a finding, never a wrong value.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.cell_text import (
    FIRST_INEXACT,
    INVISIBLE,
    NOTHING,
    Cell,
    CellError,
    as_text,
    is_plain,
    stated,
)
from docsmith.model.columns import Column, Kind
from docsmith.model.dates import PartialDate
from docsmith.model.numbers import as_count, as_number, as_year
from docsmith.model.written_dates import parse_date

__all__ = [
    "Cell",
    "CellError",
    "as_choice",
    "as_code",
    "as_count",
    "as_date",
    "as_name",
    "as_names",
    "as_number",
    "as_picture",
    "as_text",
    "as_time",
    "as_year",
    "choice_key",
    "read_cell",
    "reader_of",
    "time_beside_date",
]

_CJK = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Compiled at its first use: so large a set of characters takes 1.4 ms, and few names have a blank.
_BLANK_BETWEEN_CJK = rf"(?<=[{_CJK}])\s+(?=[{_CJK}])"
# A number that was shown, exported or copied as 1.10105E+17, and one that a program took for a float.
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{2}")
_POINT_ZERO = re.compile(r"(?<=\d{5})\.0$")
_TIME = re.compile(
    r"(?P<half>上午|下午|晚上|晚)?\s*(?P<h>\d{1,2})\s*[:时点]\s*(?P<m>\d{1,2})?(?::00(?:\.0+)?)?"
)


def as_name(cell: Cell) -> str | None:
    """Return a name: the blanks that pad 张　三 are for display, and are taken out."""
    if is_plain(cell):
        return None if cell in NOTHING else cell
    text = stated(cell)
    name = " ".join(text.split()) if text else ""
    return (re.sub(_BLANK_BETWEEN_CJK, "", name) if " " in name else name) or None


def as_code(cell: Cell) -> str | None:
    """Return a code, an ID or phone number: half-width, without blanks, its leading zeros kept."""
    if type(cell) is str and cell.isascii() and cell.isalnum() and "e" not in cell and "E" not in cell:
        return cell.upper()  # there is nothing to look for
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= FIRST_INEXACT:
        raise _digits_lost()
    code = re.sub(r"\s+", "", unicodedata.normalize("NFKC", stated(cell) or "")).upper()
    if _SCIENTIFIC.fullmatch(code):
        raise _digits_lost()
    return _POINT_ZERO.sub("", code) or None


def _digits_lost() -> CellError:
    return CellError(
        "digits-lost",
        _("this long number was stored as a number, and its last digits are lost"),
        _("Format the column as text and type the number again, for example 11010519491231002X."),
    )


def as_names(cell: Cell | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in a cell that separates them by 、 , ; / or a line break."""
    if isinstance(cell, list | tuple):
        return tuple(cell)
    text = stated(cell) or ""
    names = (as_name(part) for part in re.split(r"[、，,;；/／\n]", text))
    return tuple(name for name in names if name)


def as_date(cell: Cell | PartialDate) -> PartialDate | None:
    """Return a date of day or month precision, from any of the shapes that offices write."""
    if isinstance(cell, PartialDate):
        return cell
    if isinstance(cell, dt.date):  # a datetime is a date too; its time is of no interest here
        return PartialDate.of(cell)
    if isinstance(cell, float) and round(cell % 1, 6) == 0.1:
        raise CellError(
            "date-ambiguous",
            _("this number may have been typed as January (.1) or as October (.10)"),
            _("Format the column as text and type the date again, for example 1993-10."),
        )
    text = stated(cell)
    if text is None:
        return None
    found = _parse_date(text)
    if found is None:
        raise _not_a_date("date-unreadable", _("this is not a date"))
    return found[0]


def time_beside_date(cell: Cell) -> str | None:
    """Return the time of day that stands in a cell behind its date (2026/3/5  14:30), if there is one."""
    if isinstance(cell, dt.datetime):
        return f"{cell:%H:%M}" if cell.time() != dt.time() else None
    found = _parse_date(INVISIBLE.sub("", cell)) if isinstance(cell, str) else None
    return as_time(found[1]) if found else None


def _parse_date(text: str) -> tuple[PartialDate, str] | None:
    try:
        return parse_date(text)
    except ValueError:
        raise _not_a_date("date-impossible", _("the calendar has no such date")) from None


def _not_a_date(code: str, message: str) -> CellError:
    return CellError(
        code, message, _("Expected a date such as 2026-03-05, or 1993-10 where only the month is known.")
    )


def as_time(cell: Cell) -> str | None:
    """Return a time of day as ``14:30``; text that is no time (上午) stays as it was typed.

    Raises :class:`CellError` for a time that no day has.
    """
    if isinstance(cell, dt.datetime):
        return f"{cell:%H:%M}"
    text = as_text(cell)
    match = text and _TIME.fullmatch(unicodedata.normalize("NFKC", text))
    if not match:
        return text
    hour, minute = int(match["h"]), int(match["m"] or 0)
    if match["half"] in ("下午", "晚上", "晚") and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise CellError("time-impossible", _("no day has this time"), _("Expected a time such as 14:30."))
    return f"{hour:02d}:{minute:02d}"


def choice_key(text: str) -> str:
    """Return what two spellings of one choice share: no blanks, no brackets, half-width."""
    plain = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    return re.sub(r"\(.*?\)|[\s*]", "", plain).casefold()


def as_choice(cell: Cell, choices: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the choice that a cell names; ``choices`` maps each to the other spellings that mean it."""
    text = as_text(cell)
    if text is None or text in choices:
        return text
    key = choice_key(text)
    for choice, spellings in choices.items():
        if key in map(choice_key, (choice, *spellings)):
            return choice
    raise CellError(
        "choice-unknown",
        _("this is not one of the choices"),
        _("Expected one of: {choices}.").format(choices="、".join(choices)),
    )


def as_picture(cell: Cell) -> str | None:
    """Return the path of a picture, from the folder of the data: ``照片/张三.jpg``."""
    # Late: few data have pictures.
    from docsmith.model.pictures import PictureError, picture_path

    text = stated(cell)
    try:
        return picture_path(text) if text else None
    except PictureError as error:
        hint = _("Expected a path such as {path}.").format(path="照片/张三.jpg")
        raise CellError("picture-unreadable", str(error), hint) from None


def read_cell(cell: Cell, column: Column) -> object:
    """Return the value of a cell in that column, the column's default if it is empty."""
    return reader_of(column)(cell)


def reader_of(column: Column) -> Callable[[Any], object]:
    """Return what reads the cells of a column: what :func:`read_cell` does, decided once for many cells."""
    if column.kind is Kind.CHOICE:
        return lambda cell: as_choice(cell, column.choices) or column.default
    read = _READERS[column.kind]
    if column.default is None:
        return read

    def read_or_default(cell: Any) -> object:
        value = read(cell)
        return column.default if value is None else value

    return read_or_default


_READERS: dict[Kind, Callable[[Any], object]] = {
    Kind.TEXT: as_text,
    Kind.NAME: as_name,
    Kind.NAMES: as_names,
    Kind.CODE: as_code,
    Kind.COUNT: as_count,
    Kind.NUMBER: as_number,
    Kind.YEAR: as_year,
    Kind.DATE: as_date,
    Kind.TIME: as_time,
    Kind.PICTURE: as_picture,
}
