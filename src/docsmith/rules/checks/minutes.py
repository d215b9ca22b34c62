"""The minutes of meetings: days that are likely, and words of their own."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict

from docsmith._i18n import gettext as _
from docsmith.model.dossier import Dossier
from docsmith.model.records import Activity
from docsmith.rules.catalogue import Parameters
from docsmith.rules.judgement import Judgement, Objection, judged, unknown
from docsmith.rules.records import last_day
from docsmith.rules.registry import branch_check
from docsmith.rules.wording import NO_ACTIVITIES

_SATURDAY = 5
# The holidays that fall on the same days every year (全国年节及纪念日放假办法, as of 2025).
_HOLIDAYS = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节"} | {(10, day): "国庆节" for day in (1, 2, 3)}
_TITLES = {"activities": "组织生活", "talks": "谈心谈话"}


@branch_check("X-07")
def minutes_of_their_own(dossier: Dossier, parameters: Parameters) -> Judgement:
    """Object to minutes that are word for word those of a meeting on another day.

    Short texts (fewer than ``min_length`` characters) may well be alike.
    """
    by_text: dict[str, list[Activity]] = defaultdict(list)
    for activity in dossier.activities:
        text = re.sub(r"\s+", "", activity.content or "")
        if len(text) >= parameters["min_length"]:
            by_text[text].append(activity)
    if not by_text:
        return unknown()
    return judged(
        Objection(
            _("the minutes of {kind} on {date} are word for word those of {first}").format(
                kind=copy.kind, date=copy.date, first=same[0].date
            ),
            _("Write down what was said on that day."),
            copy.where("content"),
        )
        for same in by_text.values()
        for copy in same[1:]
        if copy.date != same[0].date
    )


@branch_check("X-08")
def on_a_working_day(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Remark on meetings at a weekend or on a holiday of fixed date."""
    dated = [activity for activity in dossier.activities if activity.date.day is not None]
    if not dated:
        return unknown(NO_ACTIVITIES)
    return judged(
        Objection(
            _("{kind} on {date} was on a day off: {day}").format(kind=a.kind, date=a.date, day=off),
            _("Right if that was so; else correct the date."),
            a.where("date"),
        )
        for a in dated
        if (off := _day_off(a.date.first))
    )


def _day_off(day: dt.date) -> str:
    """Return the name of the holiday or weekend day, in Chinese; empty for a working day."""
    if holiday := _HOLIDAYS.get((day.month, day.day)):
        return holiday
    return "星期" + "六日"[day.weekday() - _SATURDAY] if day.weekday() >= _SATURDAY else ""


@branch_check("X-18")
def not_after_the_report(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Object to a record of something that, at the report date, had not yet happened."""
    records = [(sheet, record) for sheet in _TITLES for record in dossier.rows(sheet)]
    if not records:
        return unknown()
    last = last_day(dossier)
    return judged(
        Objection(
            _("{sheet}: {date} is after the report date").format(sheet=_TITLES[sheet], date=record.date),
            _("It is counted in no figure. Correct the date, or the 填报日期 in the sheet 单位."),
            record.where("date"),
        )
        for sheet, record in records
        if record.date.first > last
    )
