"""自查自检问题清单: the problems of a branch by category, their mending, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docsmith.model.figures.problems import CLOSED, DONE, STANDING, is_overdue, status_of
from docsmith.model.findings import Finding, Severity
from docsmith.model.missing import Missing
from docsmith.model.records import Problem
from docsmith.plugin import Dossier, hookimpl
from docsmith.plugin import gettext as _
from docsmith.plugin.kit.grouping import stretches
from docsmith.plugin.kit.layout import (
    TablePages,
    TextColumn,
    date_lines,
    empty_rows,
    name_lines,
    row_height,
    table_lines,
)

UNCATEGORISED = "未分类"
# The columns of templates/problem-list, in full-width characters.
_PROBLEM, _MEASURE, _PROGRESS = TextColumn(13), TextColumn(12.6), TextColumn(8.2)
_CATEGORY, _SOURCE, _NAME, _DATE = TextColumn(2.9), TextColumn(2.9), TextColumn(5.1), TextColumn(5.1)
# The last rows stay on the page of the total, the signatures and the notes.
_KEPT = 2
_PAGES = TablePages(first=118.5, later=152, kept=_KEPT, below=32)
# Millimetres for rows on a form of one page, which has the totals, the signatures and the notes as well.
_SINGLE_PAGE = 80.0


@hookimpl
def docsmith_build_context(dossier: Dossier) -> dict[str, Any]:
    """Return the problems by category, and the empty rows that fill the page below a short list."""
    numbered = list(enumerate(_by_category(dossier.problems), 1))
    rows = [_row(number, problem, dossier) for number, (_category, problem) in numbered]
    for row in rows[-_KEPT:]:
        row["kept"] = True
    heights = [_height(row) for row in rows]
    categories = [category for _number, (category, _problem) in numbered]
    return {
        "groups": [
            {"name": one.name, "continued": one.continued, "rows": rows[one.first : one.last + 1]}
            for one in stretches(categories, heights, _PAGES, _CATEGORY)
        ],
        "empty_rows": [""] * empty_rows(heights, _SINGLE_PAGE),
    }


def _by_category(problems: Iterable[Problem]) -> Iterator[tuple[str, Problem]]:
    """Yield the problems with their categories, those in the order in which they first appear."""
    gathered: dict[str, list[Problem]] = {}
    for problem in problems:
        gathered.setdefault(problem.category or UNCATEGORISED, []).append(problem)
    for category, members in gathered.items():
        yield from ((category, problem) for problem in members)


def _row(number: int, problem: Problem, dossier: Dossier) -> dict[str, Any]:
    """Return a row; what every problem ought to have is marked where it is missing."""
    status = status_of(problem) or ""
    due_on = "长期" if status == STANDING else _missing(problem, "due_on", "整改时限")
    return {
        "number": number,
        "problem": problem.problem,
        "symptom": problem.symptom or "",
        "source": problem.source or "",
        "measure": problem.measure or _missing(problem, "measure", "整改措施"),
        "target": problem.target or "",
        "leader": name_lines(problem.leader) if problem.leader else _missing(problem, "leader", "责任领导"),
        "owner": name_lines(problem.owner) if problem.owner else _missing(problem, "owner", "责任人"),
        "due_on": date_lines(problem.due_on) if problem.due_on else due_on,
        "overdue": is_overdue(problem, dossier.as_of),
        "progress": problem.progress or "",
        "evidence": problem.evidence or "",
        "status": status,
        "settled_on": _settled_on(problem, status),
        "kept": False,
    }


def _missing(problem: Problem, field: str, title: str) -> Missing:
    return Missing(f"问题清单.{title}", problem.where(field))


def _settled_on(problem: Problem, status: str) -> str:
    """Return the date that belongs under a status, empty where there is none to expect."""
    if status == CLOSED:
        return (
            date_lines(problem.closed_on) if problem.closed_on else _missing(problem, "closed_on", "销号日期")
        )
    return date_lines(problem.done_on) if status == DONE and problem.done_on else ""


def _height(row: Mapping[str, Any]) -> float:
    """Return the millimetres that a row takes."""
    cells = (
        (_PROBLEM, _below(row["problem"], "表现：", row["symptom"])),
        (_SOURCE, row["source"]),
        (_MEASURE, _below(row["measure"], "目标：", row["target"])),
        (_NAME, row["leader"]),
        (_NAME, row["owner"]),
        (_DATE, _below(row["due_on"], "", "【逾期】" if row["overdue"] else "")),
        (_PROGRESS, _below(row["progress"], "佐证：", row["evidence"])),
        (_DATE, _below(row["status"], "", row["settled_on"])),
    )
    return row_height(table_lines(cells))


def _below(text: str, label: str, more: str) -> str:
    """Return a text as its cell shows it, with what else there is in lines of its own."""
    return f"{text}\n{label}{more}" if more else text


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
