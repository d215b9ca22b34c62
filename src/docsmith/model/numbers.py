"""Cells that hold numbers: counts, decimals, years."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from docsmith._i18n import gettext as _
from docsmith.model.cell_text import FIRST_INEXACT, Cell, CellError, digits
from docsmith.model.written_dates import arabic

_COUNT = re.compile(r"(\d{1,15}(?:\.0+)?)(?:[人名位次个家票张岁年分份项条]|人次|年度)?")
_NUMBER = re.compile(
    r"(-?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,10})?)(?:[元分个项次人天]|[小学课]时)?"
)
_MINUS = str.maketrans("−–—", "---")
_YEAR = re.compile(r"(\d{4})(?:\.0+)?年?度?")
# From the year in which the Party was founded, as far as anybody plans ahead.
_YEARS = range(1921, 2101)


def as_count(cell: Cell) -> int | None:
    """Return a whole number that is not negative; ``18人`` and full-width digits are read."""
    if type(cell) is int and 0 <= cell < FIRST_INEXACT:
        return cell
    text = digits(cell)
    if text is None:
        return None
    match = _COUNT.fullmatch(text.replace(",", ""))
    if match is None:
        raise CellError(
            "number-unreadable",
            _("this is not a whole number of 0 or more"),
            _("Expected a number such as 18."),
        )
    return int(match[1].partition(".")[0])


def as_number(cell: Cell) -> Decimal | None:
    """Return a number as it was typed, with its decimals: ``12.50元`` and ``-3分`` are read.

    What a spreadsheet has computed is rounded to the 15 digits that it shows: 0.1 + 0.2 is 0.3.
    """
    if isinstance(cell, float):
        cell = f"{cell:.15g}"
    text = digits(cell)
    if text is None:
        return None
    match = _NUMBER.fullmatch(text.translate(_MINUS))
    if match is None:
        raise CellError("number-unreadable", _("this is not a number"), _("Expected a number such as 12.5."))
    return Decimal(match[1].replace(",", ""))


def as_year(cell: Cell) -> int | None:
    """Return a year of four digits; ``2026年度``, ``二〇二六年`` and a date's year are read."""
    if isinstance(cell, dt.date):
        return cell.year
    text = digits(cell)
    if text is None:
        return None
    match = _YEAR.fullmatch(arabic(text))
    if match is None or int(match[1]) not in _YEARS:
        raise CellError(
            "year-unreadable", _("this is not a year"), _("Expected a year of four digits such as 2026.")
        )
    return int(match[1])
