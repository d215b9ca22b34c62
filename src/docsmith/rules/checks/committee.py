"""The branch committee (支委会): whether there is one, who is on it, how often it meets."""

from __future__ import annotations

from collections.abc import Iterator

from docsmith._i18n import gettext as _
from docsmith.model.dossier import Dossier
from docsmith.model.figures.members import FORMAL, formal_members
from docsmith.model.verdicts import Outcome
from docsmith.rules.catalogue import Parameters
from docsmith.rules.frequency import regularly
from docsmith.rules.judgement import Judgement, Objection, judged, not_applicable, unknown
from docsmith.rules.records import POSTS, empty_posts, has_committee, held
from docsmith.rules.registry import branch_check
from docsmith.rules.wording import NO_MEMBERS


@branch_check("R-03")
def committee_in_a_large_branch(dossier: Dossier, parameters: Parameters) -> Judgement:
    """See that a branch of seven full members has a committee of usual size, with its posts."""
    if not dossier.members:
        return unknown(NO_MEMBERS)
    formal, size = len(formal_members(dossier)), len(dossier.branch.committee)
    if formal < parameters["min_formal"]:
        return not_applicable(f"正式党员{formal}人，不设支委会")
    evidence = f"正式党员{formal}人，支委会{size}人" if size else f"正式党员{formal}人，未见支委会成员"
    judgement = judged(_committee_objections(dossier, parameters, formal), evidence)
    empty = empty_posts(dossier.branch)
    if judgement.outcome is Outcome.MET and empty:
        # Somebody of the committee may hold the post beside another one.
        return unknown(f"{evidence}，未填写{'、'.join(empty.values())}", *judgement.objections)
    return judgement


def _committee_objections(dossier: Dossier, parameters: Parameters, formal: int) -> Iterator[Objection]:
    branch = dossier.branch
    size = len(branch.committee)
    if not parameters["min_size"] <= size <= parameters["max_size"]:
        message = _("with {formal} full members, the committee has {size} people").format(
            formal=formal, size=size
        )
        yield Objection(message, _usual_size(parameters), branch.where("secretary"))
        return
    if size > parameters["usual_size"] or size % 2 == 0:
        message = _("the committee has {size} people").format(size=size)
        yield Objection(message, _usual_size(parameters), branch.where("secretary"), minor=True)
    for name, title in empty_posts(branch).items():
        message = _("the post of {post} is empty").format(post=title)
        yield Objection(
            message, _("Write the name, one person may hold two posts."), branch.where(name), True
        )


def _usual_size(parameters: Parameters) -> str:
    return _("Expected {least} to {usual} people, {most} at most, each named in the sheet 支部.").format(
        least=parameters["min_size"], usual=parameters["usual_size"], most=parameters["max_size"]
    )


@branch_check("R-04")
def no_committee_in_a_small_branch(dossier: Dossier, parameters: Parameters) -> Judgement:
    """See that a branch of fewer than seven full members has a secretary and at most a deputy."""
    if not dossier.members:
        return unknown(NO_MEMBERS)
    branch, formal = dossier.branch, len(formal_members(dossier))
    if formal >= parameters["min_formal"]:
        return not_applicable(f"正式党员{formal}人")
    named = [name for name in (*POSTS, "other_members") if getattr(branch, name)]
    evidence = f"正式党员{formal}人，书记：{branch.secretary or '未填写'}"
    if not named:
        return judged((), evidence) if branch.secretary else unknown(evidence)
    return judged(
        (
            Objection(
                _("with {formal} full members, the branch names committee members").format(formal=formal),
                _("Expected a secretary, and a deputy where one is needed."),
                branch.where(named[0]),
            ),
        ),
        evidence,
    )


@branch_check("R-10")
def committee_meets_monthly(dossier: Dossier, parameters: Parameters) -> Judgement:
    """See that a committee, where there is one, meets every month."""
    committee = has_committee(dossier, parameters["min_formal"])
    if committee is None:
        return unknown(NO_MEMBERS)
    if not committee:
        return not_applicable("不设支委会")
    return regularly(dossier, held(dossier, "支委会"), "支委会", parameters["per_year"])


@branch_check("R-17")
def chaired_by_the_committee(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """See that the secretary chairs, or somebody of the committee in the secretary's place."""
    committee = dossier.branch.committee
    meetings = [a for a in dossier.activities if a.kind in ("支部党员大会", "支委会") and a.chair]
    if not committee or not meetings:
        return unknown()
    return judged(
        Objection(
            _("{kind} on {date} was chaired by {name}, who is not named in the committee").format(
                kind=meeting.kind, date=meeting.date, name=meeting.chair
            ),
            _("Expected the secretary, or somebody of the committee in the secretary's place."),
            meeting.where("chair"),
        )
        for meeting in meetings
        if not any(name in (meeting.chair or "") for name in committee)
    )


@branch_check("X-17")
def committee_in_the_roster(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """See that everybody named in the committee stands in the roster of the branch."""
    committee = dossier.branch.committee
    if not committee or not dossier.members:
        return unknown()
    names = {member.name for member in dossier.members}
    return judged(
        Objection(
            _("{name} is named in the committee, but not in the roster of the branch").format(name=name),
            _("Add the person to the sheet 党员, or correct the name in the sheet 支部."),
            dossier.branch.where(_field_of(dossier, name)),
        )
        for name in committee
        if name not in names
    )


@branch_check("E-03")
def committee_of_full_members(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """See that the committee consists of full members: nobody else can be elected."""
    committee = dossier.branch.committee
    in_roster = [member for member in dossier.members if member.name in committee]
    if not in_roster:
        return unknown()
    full = {member.name for member in in_roster if member.status == FORMAL}
    return judged(
        Objection(
            _("{name} is named in the committee, but is {status}").format(
                name=member.name, status=member.status
            ),
            _("Only a full member (正式党员) can be elected; correct 党籍状态 or the committee."),
            member.where("status"),
        )
        for member in in_roster
        if member.name not in full
    )


def _field_of(dossier: Dossier, name: str) -> str:
    posts = ("secretary", "deputy_secretary", *POSTS)
    return next((post for post in posts if getattr(dossier.branch, post) == name), "other_members")
