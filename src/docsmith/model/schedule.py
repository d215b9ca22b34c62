"""The months that the tasks of a year belong to."""

from __future__ import annotations

from types import MappingProxyType

from docsmith.model.dates import PartialDate
from docsmith.model.records import Plan

# The cycles of a task that comes again, each with the months of its period; a week is within a month.
RECURRING = MappingProxyType({"每周": 1, "每月": 1, "每季度": 3, "半年": 6})
ALL_YEAR = "全年"
_DECEMBER = 12


def months_of(plan: Plan, year: int) -> tuple[int, ...]:
    """Return the months of a year (1 to 12, in order) that a task stands in.

    A task that comes again (:data:`RECURRING`) comes in each month, quarter or half of the year that has a
    day between 开始时间 and 完成时限: in its last month, or in that of 完成时限 where this is earlier. A task
    without one of the two has no bound on that side. Any other task stands in the month of 完成时限, else of
    开始时间. Empty for 全年, for a task that says nothing of time, and for one whose months are all of other
    years.
    """
    if plan.cycle == ALL_YEAR:
        return ()
    start, due = _span(plan)
    first = 1 if start is None else _counted(start, year)
    last = _DECEMBER if due is None else _counted(due, year)
    if period := RECURRING.get(plan.cycle or ""):
        ends = range(period, _DECEMBER + 1, period)
        return tuple(min(end, last) for end in ends if first <= end and last > end - period)
    named = [month for date, month in ((due, last), (start, first)) if date and 1 <= month <= _DECEMBER]
    return tuple(named[:1])


def is_of_another_year(plan: Plan, year: int) -> bool:
    """Tell whether a task lies wholly before a year or after it; not one that says nothing of time."""
    start, due = _span(plan)
    return bool((start and start.year > year) or (due and due.year < year))


def _span(plan: Plan) -> tuple[PartialDate | None, PartialDate | None]:
    """Return the first and the last date of a task, ``None`` where it is open.

    Only a task that goes on can be open. One that ends before it starts (rule X-12) is all of its 完成时限.
    """
    start, due = plan.starts_on, plan.due_on
    if start and due and due.last < start.first:
        return due, due
    if plan.cycle == ALL_YEAR or plan.cycle in RECURRING:
        return start, due
    return start or due, due or start


def _counted(date: PartialDate, year: int) -> int:
    """Return the month of a date, counted from January of a year as 1: December before it is 0."""
    return (date.year - year) * 12 + date.month
