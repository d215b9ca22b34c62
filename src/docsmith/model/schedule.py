"""The months that the tasks of a year belong to."""

from __future__ import annotations

from types import MappingProxyType

from docsmith.model.dates import PartialDate
from docsmith.model.records import Plan

# The months in which a task that comes again falls due: the last of each quarter, of each half of the year.
RECURRING = MappingProxyType(
    {
        "每周": tuple(range(1, 13)),
        "每月": tuple(range(1, 13)),
        "每季度": (3, 6, 9, 12),
        "半年": (6, 12),
    }
)
ALL_YEAR = "全年"


def months_of(plan: Plan, year: int) -> tuple[int, ...]:
    """Return the months of a year (1 to 12) that a task belongs to.

    A task that comes again (:data:`RECURRING`) belongs to each of its months from 开始时间, or January,
    to 完成时限, or December; if none of them lies between, to that of 完成时限. Any other task belongs to
    the month of 完成时限, or of 开始时间 where there is none. Empty for 全年, which is no month's, and for a
    task that says nothing of time. A date of another year counts as the nearest month of this one.
    """
    first, last = month_in(plan.starts_on, year), month_in(plan.due_on, year)
    if plan.cycle == ALL_YEAR:
        return ()
    if recurring := RECURRING.get(plan.cycle or ""):
        within = range(first or 1, (last or 12) + 1)
        return tuple(month for month in recurring if month in within) or (last or 12,)
    month = last or first
    return (month,) if month else ()


def month_in(date: PartialDate | None, year: int) -> int | None:
    """Return the month of a date, the nearest one of the year for a date outside it."""
    if date is None:
        return None
    if date.year != year:
        return 1 if date.year < year else 12
    return date.month
