"""Dates as offices write them: to the day, or only to the month."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field
from functools import total_ordering


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of month or day precision; ``day`` is ``None`` where only the month is known.

    Comparison is by the first day that the date can mean, so that 1993年10月 sorts before 1993年10月18日.
    Prints as the official form of GB/T 9704-2012, 7.3.5.4: Arabic digits, the full year, no leading zeros.
    """

    year: int
    month: int
    day: int | None = None
    first: dt.date = field(init=False, repr=False, compare=False)
    """The first day that this can mean."""

    def __post_init__(self) -> None:
        """Refuse what the calendar does not have: raises ``ValueError``."""
        object.__setattr__(self, "first", dt.date(self.year, self.month, self.day or 1))

    @classmethod
    def of(cls, date: dt.date) -> PartialDate:
        """Return the same day."""
        return cls(date.year, date.month, date.day)

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """Read ``2026-03-05`` or ``1993-10``; raises ``ValueError`` for anything else."""
        parts = [int(part) for part in text.split("-")]
        if not 2 <= len(parts) <= 3:
            raise ValueError(text)
        return cls(*parts)

    def iso(self) -> str:
        """Return ``2026-03-05``, or ``1993-10``."""
        day = "" if self.day is None else f"-{self.day:02d}"
        return f"{self.year:04d}-{self.month:02d}{day}"

    @property
    def last(self) -> dt.date:
        """The last day that this can mean."""
        if self.day is not None:
            return self.first
        return dt.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def quarter(self) -> int:
        """The quarter of the year, 1 to 4."""
        return (self.month - 1) // 3 + 1

    def plus_years(self, years: int) -> PartialDate:
        """Return the same day ``years`` later; 29 February becomes 28 February where it must."""
        year = self.year + years
        day = self.day and min(self.day, calendar.monthrange(year, self.month)[1])
        return PartialDate(year, self.month, day)

    def full_years_until(self, other: PartialDate) -> int:
        """Return the completed years from this date to ``other`` (an age, years in the Party)."""
        before_anniversary = (other.last.month, other.last.day) < (self.first.month, self.first.day)
        return other.year - self.year - before_anniversary

    def is_years_before(self, other: PartialDate, years: int) -> bool:
        """Tell whether so many years are completed from this date to ``other``."""
        between = other.year - self.year
        return between > years or (between == years and self.full_years_until(other) == years)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.first, self.day or 0) < (other.first, other.day or 0)

    def __str__(self) -> str:
        day = "" if self.day is None else f"{self.day}日"
        return f"{self.year}年{self.month}月{day}"
