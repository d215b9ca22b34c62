"""The list of problems in numbers, and what is overdue on it."""

from __future__ import annotations

from decimal import Decimal

from docsmith.model.dates import PartialDate
from docsmith.model.dossier import Dossier
from docsmith.model.figures.group import FigureGroup, figure
from docsmith.model.figures.percent import percent
from docsmith.model.once import once_per_dossier
from docsmith.model.records import Problem

NOT_STARTED, MENDING, DONE, CLOSED, STANDING = "未启动", "正在整改", "已完成", "已销号", "长期坚持"


class ProblemFigures(FigureGroup):
    """Problems by status; the statuses and ``status_unknown`` add up to ``total``, the length of the list.

    All are ``None`` where the list is empty. The closing rate (percent, one decimal) is 已销号 by the total.
    """

    total: int | None = figure("问题总数")
    categories: int | None = figure("方面数")
    not_started: int | None = figure("未启动")
    mending: int | None = figure("正在整改")
    done: int | None = figure("已完成")
    closed: int | None = figure("已销号")
    standing: int | None = figure("长期坚持")
    status_unknown: int | None = figure("状态不详")
    closing_rate: Decimal | None = figure("销号率")
    overdue: tuple[Problem, ...] | None = figure("逾期问题")


def status_of(problem: Problem) -> str | None:
    """Return the status: as stated, else as the dates of closing and mending show; ``None`` if neither."""
    if problem.status:
        return problem.status
    if problem.closed_on:
        return CLOSED
    return DONE if problem.done_on else None


def is_overdue(problem: Problem, at: PartialDate) -> bool:
    """Tell whether the time limit has passed before the problem was closed (长期坚持 has no limit)."""
    unsettled = status_of(problem) not in (CLOSED, STANDING)
    return unsettled and problem.due_on is not None and problem.due_on.last < at.first


@once_per_dossier
def count_problems(dossier: Dossier) -> ProblemFigures:
    """Return the figures of the sheet 问题清单."""
    problems = dossier.problems
    if not problems:
        return ProblemFigures(None, None, None, None, None, None, None, None, None, None)
    statuses = [status_of(problem) for problem in problems]
    closed = statuses.count(CLOSED)
    return ProblemFigures(
        total=len(problems),
        categories=len({problem.category for problem in problems if problem.category}) or None,
        not_started=statuses.count(NOT_STARTED),
        mending=statuses.count(MENDING),
        done=statuses.count(DONE),
        closed=closed,
        standing=statuses.count(STANDING),
        status_unknown=statuses.count(None),
        closing_rate=percent(closed, len(problems)),
        overdue=tuple(problem for problem in problems if is_overdue(problem, dossier.as_of)),
    )
