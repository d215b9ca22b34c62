"""What only all branches together can show."""

from __future__ import annotations

import re

from docsmith._i18n import gettext as _
from docsmith.model.dataset import Dataset
from docsmith.model.figures.members import FORMAL, PROBATIONARY
from docsmith.model.findings import Place
from docsmith.model.records import Member
from docsmith.rules.catalogue import Parameters
from docsmith.rules.judgement import Judgement, Objection, judged, not_applicable, unknown
from docsmith.rules.registry import unit_check

_PUBLIC_BODY = re.compile("机关|[局厅部委署办]$|办公室$")
_GENERAL_BRANCH = re.compile("总支")
_COMMITTEE = re.compile("党委|委员会")


def _party_members(dataset: Dataset) -> list[Member]:
    rows = dataset.tables.get("members", ())
    return [m for m in rows if isinstance(m, Member) and m.status in (FORMAL, PROBATIONARY)]


def _organisation(dataset: Dataset) -> str:
    """Return 总支 or 党委 where the names in the sheet 单位 show what a public body (机关) has of its own.

    上级党组织 counts only if it has the unit's name in it; else it is somebody else's.
    """
    name, superior = dataset.unit.name, dataset.unit.superior or ""
    if not any(_PUBLIC_BODY.search(text) for text in (name, superior)):
        return ""
    own = f"{name} {superior}" if name in superior else name
    if _GENERAL_BRANCH.search(own):
        return "总支"
    return "党委" if _COMMITTEE.search(own) else ""


@unit_check("J-01")
def committee_over_a_hundred(dataset: Dataset, parameters: Parameters) -> Judgement:
    """Object to a general branch (总支) that has grown to the size of a committee."""
    total, least = len(_party_members(dataset)), parameters["min_members"]
    if total < least:
        return unknown()
    organisation = _organisation(dataset)
    if organisation != "总支":
        return judged(()) if organisation else unknown()
    message = _("the unit has {total} members and a general branch (党总支)").format(total=total)
    hint = _("From {least} members on, a unit has a committee (党委).").format(least=least)
    return judged((Objection(message, hint, _place_of_unit(dataset)),))


@unit_check("J-02")
def general_branch_over_fifty(dataset: Dataset, parameters: Parameters) -> Judgement:
    """Remind a unit of this size that only approval lets it have a committee instead of a general branch."""
    total = len(_party_members(dataset))
    if total > parameters["max_members"]:
        return not_applicable()
    if total < parameters["min_members"] or not _complete(dataset):
        return unknown()
    organisation = _organisation(dataset)
    if organisation != "党委":
        return judged(()) if organisation else unknown()
    message = _("the unit has {total} members and a committee (党委)").format(total=total)
    hint = _("With {least} to {most} members it needs approval; a general branch (党总支) is usual.").format(
        least=parameters["min_members"], most=parameters["max_members"]
    )
    return judged((Objection(message, hint, _place_of_unit(dataset), minor=True),))


def _complete(dataset: Dataset) -> bool:
    """Tell whether every branch has a roster, so that the total is more than a lower bound."""
    return {branch.name for branch in dataset.branches} <= {m.branch for m in _party_members(dataset)}


def _place_of_unit(dataset: Dataset) -> Place:
    place = dataset.unit.where("superior")
    return Place(place.file, place.sheet or "单位", place.cell)


@unit_check("J-03")
def usual_term(dataset: Dataset, parameters: Parameters) -> Judgement:
    """Object to a term of office other than three years, or five in villages and communities."""
    usual = parameters["years"]
    return judged(
        Objection(
            _("the term of office is {years} years").format(years=branch.term_years),
            _("Expected one of: {years}.").format(years=", ".join(map(str, usual))),
            branch.where("term_years"),
            branch=branch.name,
        )
        for branch in dataset.branches
        if branch.term_years not in usual
    )
