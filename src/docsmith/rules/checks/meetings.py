"""How often a branch meets: 三会一课, 主题党日, 组织生活会, 民主评议, 述职."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from docsmith._i18n import gettext as _
from docsmith.model.dossier import Dossier
from docsmith.model.figures.members import group_names, party_members
from docsmith.model.figures.periods import complete_periods
from docsmith.model.records import Activity
from docsmith.rules.catalogue import Parameters
from docsmith.rules.frequency import missing_in, regularly, yearly
from docsmith.rules.judgement import Judgement, Objection, judged, not_applicable, unknown
from docsmith.rules.records import held, sheet_place
from docsmith.rules.registry import branch_check
from docsmith.rules.topics import allowing_for_topics
from docsmith.rules.wording import NO_ACTIVITIES, NO_MEMBERS, days, every, periods

_LAST_QUARTER = 4


@branch_check("X-01")
def has_any_record(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Without any record of the year, this one finding stands for all rules on meetings."""
    if dossier.activities:
        return judged((), f"组织生活记录{len(dossier.activities)}条")
    if not complete_periods(dossier, 12):
        return unknown(NO_ACTIVITIES)
    message = _("no activity of the branch is recorded for {year}").format(year=dossier.year)
    hint = _("Fill in the sheet 组织生活; until then no rule on meetings can be checked.")
    return judged((Objection(message, hint, sheet_place(dossier, "activities")),), NO_ACTIVITIES)


@branch_check("R-08")
def general_meetings(dossier: Dossier, parameters: Parameters) -> Judgement:
    """See that all members meet every quarter."""
    return regularly(dossier, held(dossier, "支部党员大会"), "支部党员大会", parameters["per_year"])


@branch_check("R-11")
def group_meetings(dossier: Dossier, parameters: Parameters) -> Judgement:
    """See that every Party group meets every month.

    A meeting that names no group counts for each of them. Groups are those of the roster.
    """
    meetings, groups = held(dossier, "党小组会"), group_names(party_members(dossier))
    if not groups and not meetings:
        return not_applicable("不设党小组") if dossier.members else unknown(NO_MEMBERS)
    if len(groups) <= 1:
        return regularly(dossier, meetings, "党小组会", parameters["per_year"])
    if not dossier.activities:
        return unknown(NO_ACTIVITIES)
    often = parameters["per_year"]
    by_group = _by_group(meetings)
    missing = {group: missing_in(dossier, _of_group(by_group, group), often) for group in groups}
    lacking = {group: periods(gap) for group, gap in missing.items() if gap}
    if not meetings and not lacking:
        return unknown("未见党小组会记录")
    place = sheet_place(dossier, "activities")
    hint = _("Expected {often} one in each group. If it was held, add it to the sheet 组织生活.").format(
        often=every(often)
    )
    objections = [
        Objection(
            _("no meeting of {group} is recorded for {periods}").format(group=group, periods=gap), hint, place
        )
        for group, gap in lacking.items()
    ]
    shown = f"党小组会：{len(groups)}个党小组，共{len(meetings)}次"
    if not lacking:
        return judged((), f"{shown}，{every(often)}不少于1次")
    return judged(
        objections, f"{shown}；" + "；".join(f"{group}{gap}未见记录" for group, gap in lacking.items())
    )


def _by_group(meetings: Iterable[Activity]) -> Mapping[str | None, list[Activity]]:
    """Return the meetings of each group; those that name none under ``None``."""
    found: dict[str | None, list[Activity]] = defaultdict(list)
    for meeting in meetings:
        found[None if meeting.group is None else _group_key(meeting.group)].append(meeting)
    return found


def _of_group(by_group: Mapping[str | None, list[Activity]], group: str) -> list[Activity]:
    return [*by_group.get(_group_key(group), ()), *by_group.get(None, ())]


def _group_key(group: str) -> str:
    """Return what 第一党小组 and 第一小组 share."""
    return group.replace("党小组", "").replace("小组", "")


@branch_check("R-12")
def theme_days(dossier: Dossier, parameters: Parameters) -> Judgement:
    """See that there is a theme day every month, near the unit's fixed day where it has one."""
    activities = held(dossier, "主题党日")
    judgement = regularly(dossier, activities, "主题党日", parameters["per_year"])
    fixed = parameters["fixed_day"]
    if not fixed:
        return judgement
    strays = tuple(
        Objection(
            _("the theme day on {date} is far from the fixed day of the month, {day}").format(
                date=a.date, day=fixed
            ),
            _("Expected within {days} days of it.").format(days=parameters["tolerance_days"]),
            a.where("date"),
            minor=True,
        )
        for a in activities
        if a.date.day is not None and abs(a.date.day - fixed) > parameters["tolerance_days"]
    )
    return Judgement(judgement.outcome, judgement.evidence, (*judgement.objections, *strays))


@branch_check("R-13")
def lectures(dossier: Dossier, parameters: Parameters) -> Judgement:
    """See that Party lectures are held as often as the place asks; the regulation gives no number."""
    often = parameters["per_year"]
    judgement = regularly(dossier, held(dossier, "党课"), "党课", often)
    held_as = ("支部党员大会", "主题党日", "集体学习")
    return allowing_for_topics(dossier, judgement, "党课", "党课", often, held_as=held_as)


@branch_check("R-14")
def life_meeting(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """See that there is an 组织生活会 in the year; one before the fourth quarter is worth a remark.

    It takes the form of a meeting of the members, the committee or a group.
    """
    meetings = held(dossier, "组织生活会")
    judgement = yearly(dossier, meetings, "组织生活会")
    if not meetings:
        held_as = ("支部党员大会", "支委会", "党小组会")
        return allowing_for_topics(dossier, judgement, "组织生活会", "组织生活会", 1, held_as=held_as)
    if any(meeting.date.quarter == _LAST_QUARTER for meeting in meetings):
        return judgement
    early = Objection(
        _("组织生活会 was held on {date}, not in the fourth quarter").format(
            date=days([meeting.date for meeting in meetings])
        ),
        _("It is usually held in the fourth quarter."),
        meetings[0].where("date"),
        minor=True,
    )
    return Judgement(judgement.outcome, judgement.evidence, (*judgement.objections, early))


@branch_check("R-15")
def member_review(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """See that the members review each other once a year; it may be joined to an 组织生活会."""
    kind = "民主评议党员"
    judgement = yearly(dossier, held(dossier, kind), kind)
    held_as = ("组织生活会", "支部党员大会")
    return allowing_for_topics(dossier, judgement, kind, "民主评议", 1, held_as=held_as)


@branch_check("R-17b")
def secretary_reports(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """See that the secretary reports and is reviewed once a year."""
    judgement = yearly(dossier, held(dossier, "述职评议"), "书记述职评议")
    held_as = ("支部党员大会", "组织生活会", "民主评议党员")
    return allowing_for_topics(dossier, judgement, "述职评议", "述职", 1, held_as=held_as)


@branch_check("R-24")
def something_every_month(dossier: Dossier, parameters: Parameters) -> Judgement:
    """See that every month has an activity of any kind."""
    return regularly(dossier, dossier.activities, "组织生活", parameters["per_year"])
