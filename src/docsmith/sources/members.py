"""Checks of the sheet 党员, branch by branch: doubtful ID numbers, and people who stand there twice."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from docsmith._i18n import gettext as _
from docsmith.model.records import Member
from docsmith.sources.identity import doubts
from docsmith.sources.notes import Notes, shortened


def check_members(members: Iterable[Member], notes: Notes) -> None:
    """Add a warning for each doubtful ID number and each person who is listed twice in one branch."""
    rows: dict[Hashable, Member] = {}
    for member in members:
        for field, code, message, hint in doubts(member):
            shown = getattr(member, field)
            value = shown.iso() if hasattr(shown, "iso") else str(shown)
            text = _("{name}, {column} “{value}”: {problem}").format(
                name=member.name,
                column=member.columns[field].title,
                value=shortened(value),
                problem=message,
            )
            notes.warning(code, member.where(field), text, hint, member.branch)
        twin = rows.setdefault(_identity(member), member)
        if twin is not member:
            _report_twin(member, twin, notes)


def _identity(member: Member) -> Hashable:
    """Return what makes two rows the same person: the ID number decides; namesakes without one may differ."""
    if member.id_number:
        return member.branch, member.name, member.id_number
    return member.branch, member.name, member.born_on, member.gender, member.mobile, member.joined_on


def _report_twin(member: Member, twin: Member, notes: Notes) -> None:
    notes.warning(
        "member-duplicate",
        member.where("name"),
        _("{name} of {branch} stands here a second time; the first is in {place}").format(
            name=member.name, branch=member.branch, place=twin.where("name")
        ),
        _("Delete one of the two rows, or everybody is counted twice."),
        member.branch,
    )
