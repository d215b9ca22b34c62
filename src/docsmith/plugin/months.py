"""The month that a cell says."""

from __future__ import annotations

import re

from docsmith.model.dates import PartialDate
from docsmith.model.written_dates import arabic

MONTHS = range(1, 13)
_MONTH = re.compile(r"(\d{1,2})\s*(?:月份?)?")


def month_of(value: object, year: int) -> int | None:
    """Return the month, 1 to 12, that a date of the year, 3, ``3月`` or ``三月份`` says; else ``None``."""
    if isinstance(value, PartialDate):
        return value.month if value.year == year else None
    match = _MONTH.fullmatch(arabic(str(value).strip()))
    month = int(match[1]) if match else 0
    return month if month in MONTHS else None
