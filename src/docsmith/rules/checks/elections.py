"""Who must be there for a vote to count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docsmith._i18n import gettext as _
from docsmith.model.dataset import Dossier
from docsmith.model.figures.members import formal_members
from docsmith.model.records import Activity
from docsmith.rules.catalogue import Parameters
from docsmith.rules.judgement import Judgement, Objection, judged, not_applicable, unknown
from docsmith.rules.records import held, is_about
from docsmith.rules.registry import branch_check
from docsmith.rules.wording import NO_ACTIVITIES

_YES_VOTES = re.compile(r"(?:赞成|同意)[票：:\s]*(\d{1,6})\s*[票人]")
_NOT_PASSED = re.compile("[未不]获?(?:得|能|予)?通过")
_ELECTION = "换届|选举|补选"


@branch_check("R-09")
def quorum(dossier: Dossier, parameters: Parameters) -> Judgement:
    """Half of those due must be present to vote, and more than half of those due must be in favour.

    Without a resolution nothing was voted on, and too few is only worth a remark.
    """
    meetings = [a for a in held(dossier, "支部党员大会") if a.due and a.present is not None]
    if not meetings:
        return unknown("未填写支部党员大会应到、实到人数")
    voters = len(formal_members(dossier))
    objections = [
        objection
        for meeting in meetings
        for objection in (*_too_few(meeting, parameters["strict"]), *_not_passed(meeting, voters))
    ]
    rates = "、".join(f"{meeting.present}/{meeting.due}" for meeting in meetings[:6])
    return judged(objections, f"支部党员大会实到/应到：{rates}")


def _too_few(meeting: Activity, strict: bool) -> Iterator[Objection]:
    present, due = meeting.present or 0, meeting.due or 0
    if present * 2 < due + strict:
        yield Objection(
            _("{present} of {due} were present at the general meeting on {date}").format(
                present=present, due=due, date=meeting.date
            ),
            _("Half of those who may vote must be present to take a vote."),
            meeting.where("present"),
            minor=not meeting.resolution,
        )


def _not_passed(meeting: Activity, voters: int) -> Iterator[Objection]:
    """Object to a resolution that counts as passed with too few votes; probationary members have none."""
    resolution = meeting.resolution or ""
    votes = _YES_VOTES.search(resolution)
    due = min(meeting.due or 0, voters) if voters else meeting.due or 0
    passed = "通过" in resolution and not _NOT_PASSED.search(resolution)
    if votes and passed and int(votes[1]) * 2 <= due:
        yield Objection(
            _("a resolution was passed on {date} with {votes} votes of {due}").format(
                date=meeting.date, votes=votes[1], due=due
            ),
            _("More than half of those who may vote and were due must be in favour."),
            meeting.where("resolution"),
        )


@branch_check("E-01")
def election_quorum(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Four fifths of those due must be present at an election."""
    elections = [a for a in held(dossier, "支部党员大会") if is_about(a, _ELECTION)]
    if not dossier.activities:
        return unknown(NO_ACTIVITIES)
    if not elections:
        return not_applicable("本年度没有选举")
    counted = [a for a in elections if a.due and a.present is not None]
    if not counted:
        return unknown("未填写选举大会应到、实到人数")
    shown = "、".join(f"应到{a.due}人、实到{a.present}人" for a in counted)
    return judged(
        (
            Objection(
                _("{present} of {due} were present at the election on {date}").format(
                    present=a.present, due=a.due, date=a.date
                ),
                _("Four fifths of those who may vote must be present."),
                a.where("present"),
            )
            for a in counted
            if (a.present or 0) * 5 < (a.due or 0) * 4
        ),
        f"选举大会：{shown}",
    )
