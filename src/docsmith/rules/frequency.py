"""How often: the two questions that most rules on meetings ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache

from docsmith._i18n import gettext as _
from docsmith.model.dates import PartialDate
from docsmith.model.dossier import Dossier
from docsmith.model.figures.periods import Period, complete_periods, missing_periods, period_of
from docsmith.model.records import Activity
from docsmith.rules.judgement import Judgement, Objection, judged, unknown
from docsmith.rules.records import sheet_place
from docsmith.rules.wording import NO_ACTIVITIES, day, days, every, periods

_LAST_QUARTER = 4


def regularly(dossier: Dossier, activities: Sequence[Activity], name: str, per_year: int) -> Judgement:
    """Judge whether there was an activity in each of the equal parts of the year.

    A part that is not over can still get one: without it nothing is breached, and nothing is met.
    """
    if not dossier.activities:
        return unknown(NO_ACTIVITIES)
    missing = missing_in(dossier, activities, per_year)
    evidence = _evidence(dossier, activities, name, per_year, missing)
    if not missing and not (activities and _in_current_period(dossier, activities, per_year)):
        return unknown(evidence)
    return judged(_objections(dossier, missing, name, per_year), evidence)


def missing_in(dossier: Dossier, activities: Iterable[Activity], per_year: int) -> tuple[Period, ...]:
    """Return the parts of the year that are over and have none of the activities."""
    return missing_periods(dossier, [activity.date.month for activity in activities], per_year)


def _objections(
    dossier: Dossier, missing: Sequence[Period], name: str, per_year: int
) -> tuple[Objection, ...]:
    if not missing:
        return ()
    return (
        Objection(
            _("no {activity} is recorded for {periods}").format(activity=name, periods=periods(missing)),
            _("Expected {often} one. If it was held, add it to the sheet 组织生活.").format(
                often=every(per_year)
            ),
            sheet_place(dossier, "activities"),
        ),
    )


def _evidence(
    dossier: Dossier, activities: Sequence[Activity], name: str, per_year: int, missing: Sequence[Period]
) -> str:
    """Return 支部党员大会：3月5日、6月12日，每季度1次, or what is missing."""
    if not activities:
        return f"未见{name}记录"
    shown = f"{name}：{days([activity.date for activity in activities])}"
    if missing:
        return f"{shown}；{periods(missing)}未见记录"
    complete = complete_periods(dossier, per_year)
    if not complete:
        return shown
    numbers = [period_of(activity.date.month, per_year) for activity in activities]
    count = sum(map(numbers.count, [period.number for period in complete]))
    until = "" if _in_current_period(dossier, activities, per_year) else f"（截至{day(dossier.as_of)}）"
    at_least = "" if count == len(complete) else "不少于"  # none of these periods is without one
    return f"{shown}，{every(per_year)}{at_least}1次{until}"


def _in_current_period(dossier: Dossier, activities: Iterable[Activity], per_year: int) -> bool:
    """Tell whether the period of the report date needs no reservation: it is over, or has its activity."""
    if _is_last_day(dossier.as_of.last, per_year):
        return True
    current = period_of(dossier.as_of.month, per_year)
    return any(period_of(activity.date.month, per_year) == current for activity in activities)


@lru_cache(maxsize=64)  # the same for most branches
def _is_last_day(day: dt.date, per_year: int) -> bool:
    """Tell whether a period ends on this day."""
    return Period(day.year, period_of(day.month, per_year), per_year).last == day


def yearly(dossier: Dossier, activities: Sequence[Activity], name: str) -> Judgement:
    """Judge whether there was one in the year; while the year lasts, its absence is a reminder at most."""
    if not dossier.activities:
        return unknown(NO_ACTIVITIES)
    if activities:
        return judged((), yearly_evidence(activities, name))
    place = sheet_place(dossier, "activities")
    hint = _("Expected once a year. If it was held, add it to the sheet 组织生活.")
    if year_is_over(dossier):
        message = _("no {activity} is recorded for {year}").format(activity=name, year=dossier.year)
        return judged((Objection(message, hint, place),), f"未见{name}记录")
    evidence = f"截至{day(dossier.as_of)}未见{name}记录"
    if not reminder_is_due(dossier):
        return unknown(evidence)
    message = _("no {activity} is recorded yet for {year}").format(activity=name, year=dossier.year)
    return unknown(evidence, Objection(message, hint, place, minor=True))


def yearly_evidence(activities: Sequence[Activity], name: str) -> str:
    """Return 组织生活会：12月4日."""
    dates: list[PartialDate] = [activity.date for activity in activities]
    return f"{name}：{days(dates)}"


def year_is_over(dossier: Dossier) -> bool:
    """Tell whether what is owed once a year can be said to be missing."""
    return bool(complete_periods(dossier, 1))


def reminder_is_due(dossier: Dossier) -> bool:
    """Tell whether the last quarter has begun, in which what is owed once a year should be under way."""
    return dossier.as_of.quarter == _LAST_QUARTER
