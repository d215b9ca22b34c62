"""The months, quarters and halves of a year, and which of them are over."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from docsmith.model.dossier import Dossier

_NUMERALS = "一二三四"


class Period(NamedTuple):
    """One of the equal parts of a year: ``number`` counts from 1, ``per_year`` is 12, 6, 4, 3, 2 or 1."""

    year: int
    number: int
    per_year: int

    @property
    def _months(self) -> int:
        return 12 // self.per_year

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, (self.number - 1) * self._months + 1, 1)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        month = self.number * self._months
        return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """Return 3月, 第一季度, 上半年, 全年, or 1—2月 for the parts that have no name."""
        if self.per_year == 12:
            return f"{self.number}月"
        if self.per_year == 4:
            return f"第{_NUMERALS[self.number - 1]}季度"
        if self.per_year == 2:
            return "上半年" if self.number == 1 else "下半年"
        return "全年" if self.per_year == 1 else f"{self.first.month}—{self.last.month}月"


def complete_periods(dossier: Dossier, per_year: int) -> tuple[Period, ...]:
    """Return the periods of the year that are over at the report date and saw the branch all through.

    A period in progress is not complete, nor one in which the branch was founded: nothing can be missing
    from either.
    """
    founded = dossier.branch.founded_on
    return _complete(dossier.year, per_year, founded and founded.first, dossier.as_of.last)


@lru_cache(maxsize=256)  # the same for most branches
def _complete(year: int, per_year: int, since: dt.date | None, until: dt.date) -> tuple[Period, ...]:
    """Return the periods of a year that lie between two days."""
    periods = (Period(year, number, per_year) for number in range(1, per_year + 1))
    return tuple(one for one in periods if one.last <= until and (since is None or since <= one.first))


def missing_periods(dossier: Dossier, months: Iterable[int], per_year: int) -> tuple[Period, ...]:
    """Return the complete periods in which none of ``months`` lies."""
    seen = {period_of(month, per_year) for month in months}
    return tuple(period for period in complete_periods(dossier, per_year) if period.number not in seen)


def period_of(month: int, per_year: int) -> int:
    """Return the number of the period that a month (1 to 12) lies in."""
    return (month * per_year + 11) // 12
