"""Who must be there for a meeting or a vote to count, and how many must be in favour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docsmith._i18n import gettext as _
from docsmith.model.dossier import Dossier
from docsmith.model.figures.members import formal_members
from docsmith.model.records import Activity
from docsmith.model.verdicts import Outcome
from docsmith.rules.catalogue import Parameters
from docsmith.rules.judgement import Judgement, Objection, judged, not_applicable, unknown
from docsmith.rules.records import has_committee, held
from docsmith.rules.registry import branch_check
from docsmith.rules.topics import is_about
from docsmith.rules.wording import NO_ACTIVITIES, NO_MEMBERS

_YES_VOTES = re.compile(r"(?:赞成|同意)[票：:\s]*(\d{1,6})\s*[票人]")
_NOT_PASSED = re.compile("[未不]获?(?:得|能|予)?通过")
_ELECTION = "换届|选举|补选"


@branch_check("R-09")
def quorum(dossier: Dossier, parameters: Parameters) -> Judgement:
    """Half of those due must be present to vote.

    Without a resolution nothing was voted on, and too few is only worth a remark. Met only if every general
    meeting says who was due and who came, and half of them did.
    """
    meetings = held(dossier, "支部党员大会")
    objections = [objection for m in meetings for objection in _too_few(m, parameters["strict"])]
    return _attended(meetings, "支部党员大会", objections)


@branch_check("R-10b")
def committee_quorum(dossier: Dossier, parameters: Parameters) -> Judgement:
    """Half of the committee must be present; met only if every meeting says who was due and who came."""
    committee = has_committee(dossier, parameters["min_formal"])
    if committee is None:
        return unknown(NO_MEMBERS)
    if not committee:
        return not_applicable("不设支委会")
    meetings = held(dossier, "支委会")
    few = [_too_few_of_committee(meeting) for meeting in meetings if _below_half(meeting)]
    return _attended(meetings, "支委会", few)


def _attended(meetings: Sequence[Activity], name: str, objections: Sequence[Objection]) -> Judgement:
    """Judge the attendance of meetings, and leave open what some of them do not say."""
    counted = [meeting for meeting in meetings if _is_counted(meeting)]
    if not counted:
        return unknown(f"未填写{name}应到、实到人数")
    evidence = f"{name}实到最少时{_fewest(counted)}"
    if silent := len(meetings) - len(counted):
        evidence += f"；{silent}次未填写人数"
    judgement = judged(objections, evidence)
    in_doubt = silent or objections
    return unknown(evidence, *objections) if judgement.outcome is Outcome.MET and in_doubt else judgement


def _fewest(counted: Sequence[Activity]) -> str:
    """Return 应到18人、实到16人 of the meeting with the lowest share of those due."""
    fewest = min(counted, key=lambda meeting: (meeting.present or 0) / (meeting.due or 1))
    return f"应到{fewest.due}人、到{fewest.present}人"


def _is_counted(meeting: Activity) -> bool:
    return bool(meeting.due) and meeting.present is not None


def _below_half(meeting: Activity, strict: bool = False) -> bool:
    """Tell whether fewer than half came; with ``strict``, also whether just half did."""
    due, present = meeting.due or 0, meeting.present or 0
    return _is_counted(meeting) and present * 2 < due + strict


def _too_few(meeting: Activity, strict: bool) -> Iterator[Objection]:
    if _below_half(meeting, strict):
        yield Objection(
            _("{present} of {due} were present at the general meeting on {date}").format(
                present=meeting.present, due=meeting.due, date=meeting.date
            ),
            _("Half of those who may vote must be present to take a vote."),
            meeting.where("present"),
            minor=not meeting.resolution,
        )


def _too_few_of_committee(meeting: Activity) -> Objection:
    return Objection(
        _("{present} of {due} committee members were present on {date}").format(
            present=meeting.present, due=meeting.due, date=meeting.date
        ),
        _("A committee meeting needs half of its members."),
        meeting.where("present"),
    )


@branch_check("R-09b")
def passed_by_majority(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """More than half of those due must be in favour; met only if every resolution tells its votes."""
    passed = [meeting for meeting in held(dossier, "支部党员大会") if _is_passed(meeting)]
    if not passed:
        return unknown("未见支部党员大会表决通过的决议")
    voters = len(formal_members(dossier))
    objections = [objection for meeting in passed for objection in _too_few_votes(meeting, voters)]
    counted = sum(_votes(meeting) is not None and bool(_due_voters(meeting, voters)) for meeting in passed)
    evidence = f"表决通过{len(passed)}次，其中写明赞成票数{counted}次"
    return judged(objections, evidence) if objections or counted == len(passed) else unknown(evidence)


def _is_passed(meeting: Activity) -> bool:
    resolution = meeting.resolution or ""
    return "通过" in resolution and not _NOT_PASSED.search(resolution)


def _votes(meeting: Activity) -> int | None:
    votes = _YES_VOTES.search(meeting.resolution or "")
    return int(votes[1]) if votes else None


def _due_voters(meeting: Activity, voters: int) -> int:
    """Return how many with a vote were due; probationary members have none."""
    return min(meeting.due or 0, voters) if voters else meeting.due or 0


def _too_few_votes(meeting: Activity, voters: int) -> Iterator[Objection]:
    votes, due = _votes(meeting), _due_voters(meeting, voters)
    if votes is not None and votes * 2 <= due:
        yield Objection(
            _("a resolution was passed on {date} with {votes} votes of {due}").format(
                date=meeting.date, votes=votes, due=due
            ),
            _("More than half of those who may vote and were due must be in favour."),
            meeting.where("resolution"),
        )


@branch_check("E-01")
def election_quorum(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Four fifths of those due must be present at an election, which only the topic of a meeting can show."""
    if not dossier.activities:
        return unknown(NO_ACTIVITIES)
    spoken_of = [a for a in held(dossier, "支部党员大会") if re.search(_ELECTION, a.topic or "")]
    if not spoken_of:
        return not_applicable("组织生活记录中没有选举")
    elections = [a for a in spoken_of if is_about(a, _ELECTION)]
    counted = [a for a in elections if _is_counted(a)]
    shown = "、".join(f"应到{a.due}人、实到{a.present}人" for a in counted)
    evidence = f"选举大会：{shown}" if counted else "未填写选举大会应到、实到人数"
    objections = [_too_few_electors(a) for a in counted if (a.present or 0) * 5 < (a.due or 0) * 4]
    return judged(objections, evidence) if objections or len(counted) == len(spoken_of) else unknown(evidence)


def _too_few_electors(election: Activity) -> Objection:
    return Objection(
        _("{present} of {due} were present at the election on {date}").format(
            present=election.present, due=election.due, date=election.date
        ),
        _("Four fifths of those who may vote must be present."),
        election.where("present"),
    )
