"""What the roster says of a person must be possible: dates in their order, a status that fits them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from operator import attrgetter

from docsmith._i18n import gettext as _
from docsmith.model.dates import PartialDate
from docsmith.model.dossier import Dossier
from docsmith.model.figures.members import FORMAL, PROBATIONARY
from docsmith.model.records import Member
from docsmith.model.values import CellError, as_date
from docsmith.rules.catalogue import Parameters
from docsmith.rules.chronology import chronological
from docsmith.rules.judgement import Judgement, Objection, judged, unknown
from docsmith.rules.records import last_day, stated, stating
from docsmith.rules.registry import branch_check
from docsmith.rules.wording import NO_MEMBERS

_ACTIVIST_SINCE = ("确定为入党积极分子时间", "确定为积极分子时间")
_CANDIDATE_SINCE = ("确定为发展对象时间",)
_GRADE_COLUMNS = ("评议结果", "民主评议结果", "评议等次", "民主评议等次")
_GRADES = ("优秀", "合格", "基本合格", "不合格")
_DATES = {"born_on": "出生日期", "joined_on": "加入党组织日期", "full_on": "转为正式党员日期"}


@branch_check("R-19")
def admitted_in_order(dossier: Dossier, parameters: Parameters) -> Judgement:
    """Object to what the dates prove: joined too young, too short a time on trial or on probation.

    A date known to the month is given the benefit of the doubt.
    """
    at = PartialDate.of(last_day(dossier))
    has_trials = bool(stating(dossier.members, *_ACTIVIST_SINCE))
    found = [
        objection
        for member in dossier.members
        for objection in (
            *_too_young(member, parameters["min_age"]),
            *(_too_short_a_trial(member) if has_trials else ()),
            *_probation(member, parameters["since"], at),
        )
    ]
    dated = sum(member.joined_on is not None for member in dossier.members)
    if not dated and not found:
        return unknown("数据中没有入党日期")
    return judged(found, f"核对{dated}人的入党、转正日期")


def _too_young(member: Member, least: int) -> tuple[Objection, ...]:
    born, joined = member.born_on, member.joined_on
    if not born or not joined or born.is_years_before(joined, least) or joined < born:
        return ()
    message = _("{name} joined on {date}, under {age} years of age").format(
        name=member.name, date=joined, age=least
    )
    return (Objection(message, _("Correct 出生日期 or 加入党组织日期."), member.where("joined_on")),)


def _too_short_a_trial(member: Member) -> Iterator[Objection]:
    activist = _extra_date(member, _ACTIVIST_SINCE)
    candidate = activist and _extra_date(member, _CANDIDATE_SINCE)
    if activist and candidate and not activist.is_years_before(candidate, 1):
        yield Objection(
            _("{name} became a candidate (发展对象) less than a year after becoming an activist").format(
                name=member.name
            ),
            _("Expected a year at least; correct the dates of 入党积极分子 and 发展对象."),
            member.where(),
        )


def _probation(member: Member, since: int, at: PartialDate) -> tuple[Objection, ...]:
    joined, full = member.joined_on, member.full_on
    if joined is None or joined.year < since:
        return ()
    if full and not joined.is_years_before(full, 1) and joined <= full:
        message = _("{name} became a full member on {full}, less than a year after joining on {joined}")
        hint = _("The probation lasts a year; correct 转为正式党员日期 or 加入党组织日期.")
        place = member.where("full_on")
        return (Objection(message.format(name=member.name, full=full, joined=joined), hint, place),)
    if member.status == PROBATIONARY and full is None and joined.is_years_before(at, 1):
        over = joined.is_years_before(at, 2)
        message = _("{name} joined on {joined} and is still on probation on {date}")
        hint = _("It lasts a year, two at most with an extension; enter 转为正式党员日期 and the status.")
        place = member.where("status")
        message = message.format(name=member.name, joined=joined, date=at)
        return (Objection(message, hint, place, minor=not over),)
    return ()


def _extra_date(member: Member, titles: tuple[str, ...]) -> PartialDate | None:
    text = stated(member, *titles)
    try:
        return as_date(text) if text else None
    except CellError:
        return None


@branch_check("R-21")
def review_grades(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Where a further column has the grades: a third at most 优秀, and none for probationary members."""
    listed = stating(dossier.members, *_GRADE_COLUMNS)
    graded = [(member, grade) for member in listed if (grade := stated(member, *_GRADE_COLUMNS))]
    if not graded:
        return unknown()
    excellent = [member for member, grade in graded if grade == "优秀"]
    formal = sum(member.status == FORMAL for member in dossier.members)
    objections = [
        Objection(
            _("{name} is {status} and has a grade").format(name=member.name, status=member.status),
            _("Probationary members take part in the review, but get no grade."),
            member.where("status"),
        )
        for member, grade in graded
        if member.status == PROBATIONARY and grade in _GRADES
    ]
    if len(excellent) * 3 > formal:
        message = _("{count} of {total} members are graded 优秀").format(count=len(excellent), total=formal)
        objections.append(Objection(message, _("Expected a third at most."), excellent[0].where()))
    return judged(objections, f"评议{len(graded)}人，优秀{len(excellent)}人")


@branch_check("X-04")
def dates_in_order(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Born before joined, joined before full member, and nothing after the report date."""
    if not dossier.members:
        return unknown(NO_MEMBERS)
    last = last_day(dossier)
    return judged(
        objection
        for member in dossier.members
        for objection in chronological(member, _DATES, last, attrgetter("name"))
    )


@branch_check("X-05")
def status_fits_dates(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Who became a full member is one, and who has not joined has no date of joining."""
    if not dossier.members:
        return unknown(NO_MEMBERS)
    last = last_day(dossier)
    return judged(objection for member in dossier.members for objection in _status_objections(member, last))


def _status_objections(member: Member, last: dt.date) -> Iterator[Objection]:
    if member.status == FORMAL:
        return
    for name in ("full_on",) if member.status == PROBATIONARY else ("joined_on", "full_on"):
        date = getattr(member, name)
        # A date still to come may be when the probation will end.
        if date and date.last <= last:
            yield Objection(
                _("{name} is {status}, but has {title} {date}").format(
                    name=member.name, status=member.status, title=_DATES[name], date=date
                ),
                _("Correct the status or take the date out."),
                member.where(name),
            )
