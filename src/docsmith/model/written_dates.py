"""Dates as offices write them in a cell: the day or month, and the time of day that may stand behind it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from docsmith.model.dates import PartialDate

_CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {
    # 零, the circle and the letter are all typed for 〇.
    **dict.fromkeys("零○OＯ", "0"),
}
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_SEPARATOR = r"\s*[-/.·、]\s*"
_DATES = (
    r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?:(?P<d>\d{1,2})\s*[日号]?)?",
    rf"(?P<y>\d{{4}}){_SEPARATOR}(?P<m>\d{{1,2}})(?:{_SEPARATOR}(?P<d>\d{{1,2}}))?",
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})?",
)
# The shape of most dates; looked for first, because the search for all others takes 4 times as long.
_USUAL = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_CLOCK = r"\d{1,2}\s*[:时点]\s*(?:\d{1,2}\s*分?)?(?::\d{1,2}(?:\.\d+)?)?"
# What may follow a date in its cell: a mark that ends it, a weekday, and a time of day or a span of it.
_AFTER_DATE = (
    rf"[\sT.,;。]*(?:\(?(?:星期|周)[一二三四五六日天]\)?)?\s*"
    rf"(?P<time>(?:[上下]午|晚上?)?\s*(?:{_CLOCK}(?:\s*[-~至]\s*{_CLOCK})?)?)Z?\s*"
)


def parse_date(text: str) -> tuple[PartialDate, str] | None:
    """Return the date that a text is, and the time behind it as it was typed; ``None`` if it is no date.

    Raises ``ValueError`` for a date that the calendar does not have.
    """
    usual = _USUAL.fullmatch(text)
    if usual:
        return PartialDate(int(usual[1]), int(usual[2]), int(usual[3])), ""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_DASHES)
    plain = plain.strip()
    return _parse(plain) or _parse(arabic(plain))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]:
    """Compile the dates, and what may follow them, at the first text that may be one: 1 ms."""
    return tuple(map(re.compile, _DATES)), re.compile(_AFTER_DATE)


def _parse(text: str) -> tuple[PartialDate, str] | None:
    patterns, after_date = _patterns()
    for pattern in patterns:
        date = pattern.match(text)
        after = date and after_date.fullmatch(text, date.end())
        if date and after:
            day = int(date["d"]) if date["d"] else None
            return PartialDate(int(date["y"]), int(date["m"]), day), after["time"].strip()
    return None


def arabic(text: str) -> str:
    """Return 二〇二六年三月二十五日 as 2026年3月25日; other text comes back as it is, digits replaced."""
    text = re.sub(
        r"([二三]?)十([一二三四五六七八九]?)(?=[月日号])",
        lambda m: f"{_CHINESE_DIGITS.get(m[1], '1')}{_CHINESE_DIGITS.get(m[2], '0')}",
        text,
    )
    return "".join(_CHINESE_DIGITS.get(character, character) for character in text)
