"""Every number that a document prints and nobody types: one function each.

:func:`compute` returns all of them for one branch. Each figure is an attribute of a group, which
knows its Chinese name as well, so that a template may say ``figures.members.total`` or
``数据.党员.党员总数``. A figure is ``None`` where the data does not say: an empty sheet is never a zero.
"""

from __future__ import annotations

from docsmith.model.dossier import Dossier
from docsmith.model.figures.activities import ActivityFigures, KindFigures, count_activities
from docsmith.model.figures.group import FigureGroup, figure
from docsmith.model.figures.members import MemberFigures, count_members
from docsmith.model.figures.problems import ProblemFigures, count_problems
from docsmith.model.figures.satisfaction import (
    ItemFigures,
    SatisfactionFigures,
    count_satisfaction,
)
from docsmith.model.figures.self_checks import SelfCheckFigures, count_self_checks
from docsmith.model.figures.talks import TalkFigures, count_talks
from docsmith.model.figures.term import TermFigures, describe_term
from docsmith.model.once import once_per_dossier

__all__ = [
    "ActivityFigures",
    "Figures",
    "ItemFigures",
    "KindFigures",
    "MemberFigures",
    "ProblemFigures",
    "SatisfactionFigures",
    "SelfCheckFigures",
    "TalkFigures",
    "TermFigures",
    "compute",
]


class Figures(FigureGroup):
    """All computed figures of one branch for one year, at the report date."""

    members: MemberFigures = figure("党员")
    activities: ActivityFigures = figure("组织生活")
    talks: TalkFigures = figure("谈心谈话")
    problems: ProblemFigures = figure("问题")
    self_checks: SelfCheckFigures = figure("自查")
    satisfaction: SatisfactionFigures = figure("测评")
    term: TermFigures = figure("任期")


@once_per_dossier
def compute(dossier: Dossier) -> Figures:
    """Return every figure of a branch; pure, and the same for the same data on any day."""
    return Figures(
        members=count_members(dossier),
        activities=count_activities(dossier),
        talks=count_talks(dossier),
        problems=count_problems(dossier),
        self_checks=count_self_checks(dossier),
        satisfaction=count_satisfaction(dossier),
        term=describe_term(dossier),
    )
