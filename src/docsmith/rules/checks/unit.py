"""What only all branches together can show."""

from __future__ import annotations

import re

from docsmith._i18n import gettext as _
from docsmith.model.findings import Place
from docsmith.model.records import Unit
from docsmith.rules.catalogue import Parameters
from docsmith.rules.census import Census
from docsmith.rules.judgement import Judgement, Objection, judged, not_applicable, unknown
from docsmith.rules.registry import unit_check

_PUBLIC_BODY = re.compile("机关|[局厅部委署办]$|办公室$")
_GENERAL_BRANCH = re.compile("总支")
_COMMITTEE = re.compile("党委|委员会")


def _organisation(unit: Unit) -> str:
    """Return 总支 or 党委 where the names in the sheet 单位 show what a public body (机关) has of its own.

    上级党组织 counts only if it has the unit's name in it; else it is somebody else's.
    """
    name, superior = unit.name, unit.superior or ""
    if not any(_PUBLIC_BODY.search(text) for text in (name, superior)):
        return ""
    own = f"{name} {superior}" if name in superior else name
    if _GENERAL_BRANCH.search(own):
        return "总支"
    return "党委" if _COMMITTEE.search(own) else ""


@unit_check("J-01")
def committee_over_a_hundred(census: Census, parameters: Parameters) -> Judgement:
    """Object to a general branch (总支) that has grown to the size of a committee."""
    total, least = census.members, parameters["min_members"]
    if total < least:
        return unknown()
    organisation = _organisation(census.unit)
    if organisation != "总支":
        return judged(()) if organisation else unknown()
    message = _("the unit has {total} members and a general branch (党总支)").format(total=total)
    hint = _("From {least} members on, a unit has a committee (党委).").format(least=least)
    return judged((Objection(message, hint, _place_of(census.unit)),))


@unit_check("J-02")
def general_branch_over_fifty(census: Census, parameters: Parameters) -> Judgement:
    """Remind a unit of this size that only approval lets it have a committee instead of a general branch."""
    total = census.members
    if total > parameters["max_members"]:
        return not_applicable()
    if total < parameters["min_members"] or not census.complete:
        return unknown()
    organisation = _organisation(census.unit)
    if organisation != "党委":
        return judged(()) if organisation else unknown()
    message = _("the unit has {total} members and a committee (党委)").format(total=total)
    hint = _("With {least} to {most} members it needs approval; a general branch (党总支) is usual.").format(
        least=parameters["min_members"], most=parameters["max_members"]
    )
    return judged((Objection(message, hint, _place_of(census.unit), minor=True),))


def _place_of(unit: Unit) -> Place:
    place = unit.where("superior")
    return Place(place.file, place.sheet or "单位", place.cell)
