"""问题清单: mended in time, in order, and with proof."""

from __future__ import annotations

from collections.abc import Iterator

from docsmith._i18n import gettext as _
from docsmith.model.dossier import Dossier
from docsmith.model.figures.problems import CLOSED, DONE, is_overdue, status_of
from docsmith.model.records import Problem
from docsmith.rules.catalogue import Parameters
from docsmith.rules.chronology import chronological
from docsmith.rules.judgement import Judgement, Objection, breached, judged, unknown
from docsmith.rules.records import last_day
from docsmith.rules.registry import branch_check

_NO_PROBLEMS = "数据中没有问题清单"
_STEPS = {"found_on": "发现日期", "done_on": "完成日期", "closed_on": "销号日期"}
_LONGEST = 20


@branch_check("R-23")
def mended_in_time(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Object to every problem that is past its time limit and not closed."""
    problems = dossier.problems
    if not problems:
        return unknown(_NO_PROBLEMS)
    at = dossier.as_of
    overdue = [problem for problem in problems if is_overdue(problem, at)]
    closed = sum(status_of(problem) == CLOSED for problem in problems)
    evidence = f"共{len(problems)}个问题，已销号{closed}个"
    if overdue:
        evidence += f"，逾期{len(overdue)}个"
    return breached(lambda: map(_overdue, overdue), evidence) if overdue else judged((), evidence)


def _overdue(problem: Problem) -> Objection:
    hint = (
        _("It is done; close it (销号) and enter 销号日期.")
        if status_of(problem) == DONE
        else _("Mend and close it, or agree on a new 整改时限.")
    )
    return Objection(
        _("“{problem}” was to be settled by {date} and is not closed").format(
            problem=_short(problem), date=problem.due_on
        ),
        hint,
        problem.where("due_on"),
    )


@branch_check("X-13")
def dates_in_order(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Found, then done, then closed; none of it after the report date; the time limit after the finding."""
    if not dossier.problems:
        return unknown(_NO_PROBLEMS)
    last = last_day(dossier)
    return judged(
        objection
        for problem in dossier.problems
        for objection in (
            *chronological(problem, _STEPS, last, _quoted),
            *_limit_before_finding(problem),
        )
    )


def _limit_before_finding(problem: Problem) -> Iterator[Objection]:
    found, due = problem.found_on, problem.due_on
    if found and due and due.last < found.first:
        yield Objection(
            _("“{problem}”: 整改时限 {due} is before 发现日期 {found}").format(
                problem=_short(problem), due=due, found=found
            ),
            _("Correct one of the dates."),
            problem.where("due_on"),
        )


@branch_check("X-14")
def settled_with_proof(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Object to a problem that is said to be done or closed and names no evidence."""
    settled = [problem for problem in dossier.problems if status_of(problem) in (DONE, CLOSED)]
    if not settled:
        return unknown()
    return judged(
        Objection(
            _("“{problem}” is {status}, but names no evidence").format(
                problem=_short(problem), status=status_of(problem)
            ),
            _("Write in 佐证材料 what shows it, for example 会议记录第12页."),
            problem.where("evidence"),
        )
        for problem in settled
        if not problem.evidence
    )


def _short(problem: Problem) -> str:
    text = " ".join(problem.problem.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _quoted(problem: Problem) -> str:
    return f"“{_short(problem)}”"
