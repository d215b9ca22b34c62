"""Who was at a meeting: numbers that fit each other, the roster, and what one person can do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from docsmith._i18n import gettext as _
from docsmith.model.dossier import Dossier
from docsmith.model.figures.members import party_members
from docsmith.model.records import Activity
from docsmith.rules.catalogue import Parameters
from docsmith.rules.judgement import Judgement, Objection, judged, unknown
from docsmith.rules.records import held
from docsmith.rules.registry import branch_check
from docsmith.rules.wording import NO_ACTIVITIES

_IN_BRACKETS = re.compile(r"[（(\[【][^（()）\[\]【】]*[）)\]】]")
_PEOPLE = re.compile(r"(\d{1,6})\s*[人名]")
_NOBODY = frozenset(("", "无", "没有", "无缺席", "/", "-", "—", "——", "0", "全勤"))
_LONGEST_NAME = 4


@branch_check("X-02")
def due_as_in_the_roster(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Compare 应到 of general meetings with those in the roster who had joined by then.

    More than that cannot be due. Fewer may be: members on the move or unable to come are excused.
    """
    meetings = [meeting for meeting in held(dossier, "支部党员大会") if meeting.due is not None]
    members = party_members(dossier)
    if not members or not meetings:
        return unknown()
    objections = []
    for meeting in meetings:
        total = sum(m.joined_on is None or m.joined_on.first <= meeting.date.last for m in members)
        if meeting.due is not None and meeting.due != total:
            message = _("{due} members were due on {date}, the roster has {total} for that day").format(
                due=meeting.due, date=meeting.date, total=total
            )
            hint = _("Expected all members less those who are excused; correct 应到人数 or the roster.")
            objections.append(Objection(message, hint, meeting.where("due"), minor=meeting.due < total))
    return judged(objections)


@branch_check("X-09")
def attendance_adds_up(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """See that no more came than were due, and that those who did not come are named."""
    meetings = [a for a in dossier.activities if a.due is not None and a.present is not None]
    if not meetings:
        return unknown()
    return judged(objection for meeting in meetings for objection in _attendance(meeting))


def _attendance(meeting: Activity) -> Iterator[Objection]:
    due, present = meeting.due or 0, meeting.present or 0
    shown = {"kind": meeting.kind, "date": meeting.date, "due": due, "present": present}
    if present > due:
        message = _("{kind} on {date}: {present} were present, {due} were due").format(**shown)
        yield Objection(message, _("Correct 应到人数 or 实到人数."), meeting.where("present"))
        return
    absent = people_in(meeting.absent)
    if meeting.absent is None and present < due:
        message = _("{kind} on {date}: {count} of {due} were absent and are not named").format(
            **shown, count=due - present
        )
        hint = _("Write who and why in 缺席人员及原因, for example 王五（出差）.")
        yield Objection(message, hint, meeting.where("absent"), minor=True)
    elif absent is not None and absent != due - present:
        message = _("{kind} on {date}: {due} due, {present} present, but {absent} named as absent")
        hint = _("Expected 应到人数 = 实到人数 + 缺席人数.")
        yield Objection(message.format(**shown, absent=absent), hint, meeting.where("absent"))


def people_in(absent: str | None) -> int | None:
    """Return how many people 王五（出差）、赵六（病假） names; ``None`` where that is not sure."""
    plain = _IN_BRACKETS.sub("", absent or "").strip("。.；; \n")
    if plain in _NOBODY:
        return 0 if absent else None
    counts = _PEOPLE.findall(plain)
    if counts:
        return int(counts[0]) if len(counts) == 1 else None
    names = [part.strip() for part in re.split(r"[、，,;；\n]", plain) if part.strip()]
    return len(names) if all(1 < len(name) <= _LONGEST_NAME for name in names) else None


@branch_check("X-10")
def recorder_is_not_chair(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Object to one person who chaired a meeting and took its minutes."""
    meetings = [a for a in dossier.activities if a.chair and a.recorder]
    if not meetings:
        return unknown()
    return judged(
        Objection(
            _("{kind} on {date}: {name} is both chair and recorder").format(
                kind=meeting.kind, date=meeting.date, name=meeting.chair
            ),
            _("Another person should take the minutes."),
            meeting.where("recorder"),
        )
        for meeting in meetings
        if meeting.chair == meeting.recorder
    )


@branch_check("X-06")
def nobody_in_two_places(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Object to a person with a part in two meetings at the same time.

    One gathering is often entered under two kinds; at the same place it is only worth a remark.
    """
    if not dossier.activities:
        return unknown(NO_ACTIVITIES)
    at_once: dict[tuple[object, str], list[Activity]] = defaultdict(list)
    for activity in dossier.activities:
        if activity.time and activity.date.day is not None:
            at_once[activity.date, activity.time].append(activity)
    return judged(
        _in_two_places(one, other, both)
        for activities in at_once.values()
        for one, other in combinations(activities, 2)
        if (both := _persons(one) & _persons(other))
    )


def _persons(activity: Activity) -> set[str]:
    return {name for name in (activity.chair, activity.recorder, activity.speaker) if name}


def _in_two_places(one: Activity, other: Activity, both: set[str]) -> Objection:
    return Objection(
        _("{names} took part in {one} and {other} at the same time, {date} {time}").format(
            names="、".join(sorted(both)), one=one.kind, other=other.kind, date=other.date, time=other.time
        ),
        _("Correct the time of one of them."),
        other.where("time"),
        minor=one.place is not None and one.place == other.place,
    )
