"""工作计划: a task ends after it begins."""

from __future__ import annotations

from docsmith._i18n import gettext as _
from docsmith.model.dossier import Dossier
from docsmith.rules.catalogue import Parameters
from docsmith.rules.judgement import Judgement, Objection, judged, unknown
from docsmith.rules.registry import branch_check


@branch_check("X-12")
def due_after_start(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Object to a task whose time limit is before its start."""
    dated = [plan for plan in dossier.plans if plan.starts_on and plan.due_on]
    if not dated:
        return unknown()
    return judged(
        Objection(
            _("完成时限 {due} is before 开始时间 {start}").format(due=plan.due_on, start=plan.starts_on),
            _("Correct one of the dates."),
            plan.where("due_on"),
        )
        for plan in dated
        if plan.starts_on and plan.due_on and plan.due_on.last < plan.starts_on.first
    )
