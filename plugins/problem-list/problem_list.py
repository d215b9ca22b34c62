"""自查自检问题清单: the problems of a branch by category, their mending, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from docsmith.model.figures.problems import CLOSED, DONE, STANDING, is_overdue, status_of
from docsmith.model.findings import Finding, Severity
from docsmith.model.records import Problem
from docsmith.plugin import Dossier, hookimpl
from docsmith.plugin import gettext as _
from docsmith.plugin.layout import (
    TablePages,
    TextColumn,
    date_lines,
    empty_rows,
    name_lines,
    row_height,
    table_lines,
)

UNCATEGORISED = "未分类"
# The columns of templates/problem-list that hold sentences, in full-width characters.
_PROBLEM, _MEASURE, _PROGRESS = TextColumn(13), TextColumn(12), TextColumn(8)
_PAGES = TablePages(first=117, later=150)
# Millimetres for rows on a form of one page, which has the totals, the signatures and the notes as well.
_SINGLE_PAGE = 80.0


@hookimpl
def docsmith_build_context(dossier: Dossier) -> dict[str, Any]:
    """Return the problems by category, and the empty rows that fill the page below a short list."""
    numbered = list(enumerate(_by_category(dossier.problems), 1))
    rows = [_row(number, problem, dossier) for number, (_category, problem) in numbered]
    heights = [_height(row) for row in rows]
    pages = _PAGES.of_rows(heights)
    categories = (category for _number, (category, _problem) in numbered)
    return {
        "groups": list(_stretches(zip(categories, pages, rows))),
        "empty_rows": [""] * empty_rows(heights, _SINGLE_PAGE),
    }


def _by_category(problems: Iterable[Problem]) -> Iterator[tuple[str, Problem]]:
    """Yield the problems with their categories, those in the order in which they first appear."""
    gathered: dict[str, list[Problem]] = {}
    for problem in problems:
        gathered.setdefault(problem.category or UNCATEGORISED, []).append(problem)
    for category, members in gathered.items():
        yield from ((category, problem) for problem in members)


def _stretches(placed: Iterable[tuple[str, int, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """Yield the groups as merged cells show them: a category that goes on overleaf is named there again."""
    previous = None
    for (category, _page), stretch in groupby(placed, key=lambda one: one[:2]):
        rows = [row for _category, _number, row in stretch]
        yield {"name": category, "continued": category == previous, "rows": rows}
        previous = category


def _row(number: int, problem: Problem, dossier: Dossier) -> dict[str, Any]:
    """Return a row; ``None`` where a problem has to have something and has not."""
    status = status_of(problem) or ""
    standing = status == STANDING
    return {
        "number": number,
        "problem": problem.problem,
        "symptom": problem.symptom or "",
        "source": problem.source or "",
        "measure": problem.measure,
        "target": problem.target or "",
        "leader": problem.leader and name_lines(problem.leader),
        "owner": problem.owner and name_lines(problem.owner),
        "due_on": date_lines(problem.due_on) if problem.due_on else "长期" if standing else None,
        "overdue": is_overdue(problem, dossier.as_of),
        "progress": problem.progress or "",
        "evidence": problem.evidence or "",
        "status": status,
        "settled_on": _settled_on(problem, status),
    }


def _settled_on(problem: Problem, status: str) -> str | None:
    """Return the date that belongs under a status, empty where there is none to expect."""
    if status == CLOSED:
        return date_lines(problem.closed_on) if problem.closed_on else None
    return date_lines(problem.done_on) if status == DONE and problem.done_on else ""


def _height(row: Mapping[str, Any]) -> float:
    """Return the millimetres that a row takes."""
    cells = (
        (_PROBLEM, row["problem"], "表现：", row["symptom"]),
        (_MEASURE, row["measure"] or "", "目标：", row["target"]),
        (_PROGRESS, row["progress"], "佐证：", row["evidence"]),
    )
    texts = ((column, f"{main}\n{label}{more}" if more else main) for column, main, label, more in cells)
    stacked = (
        f"{row['owner'] or ''}",
        f"{row['due_on'] or ''}" + "\n" * row["overdue"],
        f"{row['status']}\n{row['settled_on'] or ''}",
    )
    return row_height(max(table_lines(texts), *(text.count("\n") + 1 for text in stacked)))


@hookimpl
def docsmith_check_dossier(dossier: Dossier) -> Iterable[Finding]:
    """Return the problems that stand under 未分类, because their row names no category."""
    for problem in dossier.problems:
        if not problem.category:
            yield Finding(
                Severity.INFO,
                _("this problem has no category; the list has it under {name}").format(name=UNCATEGORISED),
                _("Fill in 问题类别 on this row, for example 支部班子强."),
                problem.where("category"),
                "problem-uncategorised",
                problem.branch,
            )
