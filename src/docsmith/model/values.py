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
from docsmith.model.columns import Column, Kind
from docsmith.model.dates import PartialDate

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

# Excel keeps 15 significant digits; a longer number typed as a number has already lost its last ones.
_FIRST_INEXACT = 10**15
_CJK = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BLANK_BETWEEN_CJK = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
_DATE_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?:(?P<d>\d{1,2})\s*[日号]?)?",
        r"(?P<y>\d{4})\s*[-/.．]\s*(?P<m>\d{1,2})(?:\s*[-/.．]\s*(?P<d>\d{1,2}))?",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<y>\d{4})(?P<m>\d{2})",
    )
)
_COUNT = re.compile(r"(\d+(?:\.0+)?)(?:[人名位次个家票张岁年分份项条]|人次|年度)?")
# What may follow a date in its cell: a weekday, and a time of day.
_AFTER_DATE = re.compile(
    r"[\sT]*(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?\s*(?:[上下]午|晚上?)?\s*"
    r"(?:\d{1,2}\s*[:：时点]\s*(?:\d{1,2}\s*分?)?(?:[:：]\d{1,2}(?:\.\d+)?)?)?\s*"
)
_TIME = re.compile(r"(?P<half>上午|下午|晚上|晚)?\s*(?P<h>\d{1,2})\s*[:：时点]\s*(?P<m>\d{1,2})?")


class CellError(ValueError):
    """A cell that cannot be read: ``message`` says what is wrong with it, ``hint`` what is expected."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def as_text(cell: Cell) -> str | None:
    r"""Return free text as it was typed, without the blanks around it; line breaks become ``\n``."""
    if cell is None or isinstance(cell, str):
        text = (cell or "").replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
        return text.strip(" \t\n\u3000\xa0") or None
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
    return _number_as_text(cell)


def as_name(cell: Cell) -> str | None:
    """Return a name: the blanks that pad 张　三 are for display, and are taken out."""
    text = as_text(cell)
    return text and _BLANK_BETWEEN_CJK.sub("", " ".join(text.split()))


def as_code(cell: Cell) -> str | None:
    """Return a code, an ID or phone number: half-width, without blanks, its leading zeros kept."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= _FIRST_INEXACT:
        raise CellError(
            "digits-lost",
            _("this long number was stored as a number, and its last digits are lost"),
            _("Format the column as text and type the number again, for example 11010519491231002X."),
        )
    text = as_text(cell)
    return text and re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()


def as_names(cell: Cell | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in a cell that separates them by 、 or a comma, a semicolon or a line break."""
    if isinstance(cell, list | tuple):
        return tuple(cell)
    text = as_text(cell) or ""
    names = (as_name(part) for part in re.split(r"[、，,;；\n]", text))
    return tuple(name for name in names if name)


def as_count(cell: Cell) -> int | None:
    """Return a whole number that is not negative; ``18人`` and full-width digits are read."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        number = float(cell)
    else:
        text = as_code(cell)
        if text is None:
            return None
        match = re.fullmatch(
            r"(\d+(?:\.0+)?)(?:[人名位次个家票张岁年分份项条]|人次|年度)?", text.replace(",", "")
        )
        if match is None:
            raise _not_a_count()
        number = float(match[1])
    if number < 0 or number != int(number):
        raise _not_a_count()
    return int(number)


def _not_a_count() -> CellError:
    return CellError("number-unreadable", _("this is not a whole number"), _("Expected a number such as 18."))


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
    text = as_text(cell)
    if text is None:
        return None
    plain = unicodedata.normalize("NFKC", text)
    match = _match_date(plain) or _match_date(_arabic(plain))
    if match is None:
        raise _not_a_date()
    return _date_of(match)


def _match_date(text: str) -> re.Match[str] | None:
    matches = (pattern.match(text) for pattern in _DATE_PATTERNS)
    return next((m for m in matches if m and _AFTER_DATE.fullmatch(text, m.end())), None)


def _date_of(match: re.Match[str]) -> PartialDate:
    parts = match.groupdict()
    day = parts.get("d")
    try:
        return PartialDate(int(parts["y"]), int(parts["m"]), int(day) if day else None)
    except ValueError:
        raise CellError(
            "date-impossible",
            _("the calendar has no such date"),
            _("Expected a date such as 2026-03-05, or 1993-10 where only the month is known."),
        ) from None


def _not_a_date() -> CellError:
    return CellError(
        "date-unreadable",
        _("this is not a date"),
        _("Expected a date such as 2026-03-05, or 1993-10 where only the month is known."),
    )


def _arabic(text: str) -> str:
    """Return 二〇二六年三月二十五日 as 2026年3月25日; other text comes back as it is, digits replaced."""
    text = re.sub(
        r"([二三]?)十([一二三四五六七八九]?)(?=[月日号])",
        lambda m: f"{_CHINESE_DIGITS.get(m[1], '1')}{_CHINESE_DIGITS.get(m[2], '0')}",
        text,
    )
    return "".join(_CHINESE_DIGITS.get(character, character) for character in text)


def as_time(cell: Cell) -> str | None:
    """Return a time of day as ``14:30``; text that is no time (上午) stays as it was typed."""
    text = as_text(cell)
    match = text and _TIME.match(unicodedata.normalize("NFKC", text))
    if not text or not match:
        return text
    hour = int(match["h"])
    if match["half"] in ("下午", "晚上", "晚") and hour < 12:
        hour += 12
    if hour > 23 or int(match["m"] or 0) > 59:
        return text
    return f"{hour:02d}:{int(match['m'] or 0):02d}" if match.end() == len(text) else text


def choice_key(text: str) -> str:
    """Return what two spellings of one choice share: no blanks, no brackets, half-width."""
    plain = unicodedata.normalize("NFKC", text)
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


def _number_as_text(number: float) -> str:
    """Return 3.0 as ``3``: Excel stores every number as a float."""
    if isinstance(number, float) and number.is_integer() and abs(number) < _FIRST_INEXACT:
        return str(int(number))
    return str(number)


def read_cell(cell: Cell, column: Column) -> object:
    """Return the value of a cell in that column, the column's default if it is empty."""
    if column.kind is Kind.CHOICE:
        return as_choice(cell, column.choices) or column.default
    value = _READERS[column.kind](cell)
    return column.default if value is None else value


_READERS: dict[Kind, Callable[[Any], object]] = {
    Kind.TEXT: as_text,
    Kind.NAME: as_name,
    Kind.NAMES: as_names,
    Kind.CODE: as_code,
    Kind.COUNT: as_count,
    Kind.DATE: as_date,
    Kind.TIME: as_time,
}
