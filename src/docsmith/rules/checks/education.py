"""党员教育: hours of training and study, where a further column 学时 gives them."""

from __future__ import annotations

from decimal import Decimal

from docsmith._i18n import gettext as _
from docsmith.model.dossier import Dossier
from docsmith.model.figures.members import party_members
from docsmith.rules.catalogue import Parameters
from docsmith.rules.frequency import year_is_over
from docsmith.rules.judgement import Judgement, Objection, judged, unknown
from docsmith.rules.records import sheet_place, stated_number, stating
from docsmith.rules.registry import branch_check

_HOURS = ("学时", "实学学时", "集中培训学时", "年度学时")


@branch_check("R-20")
def hours_of_study(dossier: Dossier, parameters: Parameters) -> Judgement:
    """Compare each member's hours, else those of all the branch's activities, with what a year asks.

    Nothing is short before the year is over.
    """
    members, activities = party_members(dossier), dossier.activities
    own = [(m, h) for m in stating(members, *_HOURS) if (h := stated_number(m, *_HOURS)) is not None]
    offered = [h for a in stating(activities, *_HOURS) if (h := stated_number(a, *_HOURS)) is not None]
    if not own and not offered:
        return unknown("数据中没有学时记录")
    if not own:
        return _of_branch(dossier, sum(offered, Decimal(0)), parameters["hours"])
    committee = dossier.branch.committee
    short = [
        Objection(
            _("{name} has {hours} hours of study").format(name=member.name, hours=hours),
            _("Expected {hours} in a year.").format(hours=_asked(parameters, member.name in committee)),
            member.where(),
        )
        for member, hours in own
        if hours < _asked(parameters, member.name in committee)
    ]
    evidence = f"学时达标{len(own) - len(short)}/{len(own)}人"
    return judged(short, evidence) if year_is_over(dossier) or not short else unknown(evidence)


def _asked(parameters: Parameters, on_committee: bool) -> int:
    asked: int = parameters["committee_hours" if on_committee else "hours"]
    return asked


def _of_branch(dossier: Dossier, offered: Decimal, asked: int) -> Judgement:
    """Judge the hours that a member has who took part in everything."""
    evidence = f"全年学时合计{offered}"
    if offered >= asked:
        return judged((), evidence)
    if not year_is_over(dossier):
        return unknown(evidence)
    message = _("the activities of the branch add up to {hours} hours of study").format(hours=offered)
    hint = _("Expected {hours} in a year.").format(hours=asked)
    return judged((Objection(message, hint, sheet_place(dossier, "activities")),), evidence)
