"""工作计划: the year's tasks as an article, month by month, and as a matrix of who does what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from docsmith.model.choices import PLAN_LEVELS
from docsmith.model.dates import PartialDate
from docsmith.model.findings import Finding, Severity
from docsmith.model.missing import Missing
from docsmith.model.records import Plan
from docsmith.model.schedule import ALL_YEAR, RECURRING, is_of_another_year, months_of
from docsmith.model.wording import chinese_number, pad_name
from docsmith.plugin import Dossier, hookimpl
from docsmith.plugin import gettext as _
from docsmith.plugin.kit.article import signature_lines, title_lines
from docsmith.plugin.kit.grouping import stretches
from docsmith.plugin.kit.layout import TablePages, TextColumn, table_lines
from docsmith.plugin.kit.prose import brief, phrase, sentence
from docsmith.plugin.kit.wall_sheet import WallSheet

# The columns that a matrix always has; further areas come after them in the order of the sheet.
AREAS = ("政治理论", "业务工作", "思想动态")
OTHER_YEAR, UNDATED = "其他\n年度", "时间\n待定"
NO_LEVEL, NO_AREA = "未注明\n责任主体", "未注明\n工作类别"
# templates/work-plan: the columns of its month table, and the room (millimetres) that its rows have.
_MONTH_COLUMNS = {
    "task": TextColumn(12.3),
    "owner": TextColumn(7.1),
    "limit": TextColumn(5.6),
    "note": TextColumn(4.9),
}
_MONTH_NAME = TextColumn(3)
_MONTH_PAGES = TablePages(first=177.5, later=213.8)
_LINE, _PADDING, _LOWEST_ROW = 6.35, 1.3, 9.0
# A second line, so that the months of a plan to be written by hand fill the page.
_ROOM_FOR_A_PEN = "\n"
_LINES_FOR_A_PEN = 5
# The width of its matrix, and of the columns before they share it; a character of 五号 (millimetres).
_MATRIX, _MATRIX_HEAD, _MATRIX_COLUMN, _CELL_MARGINS, _CHARACTER = 257.0, 38.0, 73.0, 3.0, 3.7


@hookimpl
def docsmith_build_context(dossier: Dossier) -> dict[str, Any]:
    """Return the tasks as sections, by month and as a matrix; the skeleton of a plan where there are none."""
    plans = dossier.plans
    by_area = {area: [plan for plan in plans if plan.area == area] for area in _areas(plans)}
    sections = [(area, tasks) for area, tasks in by_area.items() if tasks or not plans]
    return {
        "title": title_lines(dossier.branch.name, f"{dossier.year}年度工作计划"),
        "areas": [_section(number, *section) for number, section in enumerate(sections, 1)],
        "last_number": chinese_number(len(sections) + 1),
        "months": list(_months(dossier)),
        "matrix": _matrix(by_area, dossier.year),
        "made_on": _made_on(dossier),
        "signature": signature_lines(dossier.branch.name, _made_on(dossier)),
    }


def _made_on(dossier: Dossier) -> PartialDate | None:
    """Return the day under the plan: 填报日期 where it can be that day, else nothing, for a pen.

    A plan is made before its year or in its first quarter; a later date is that of other forms.
    """
    date = dossier.unit.report_date
    return date if date and (date.year, date.month) <= (dossier.year, 3) else None


def _areas(plans: Iterable[Plan]) -> list[str | None]:
    """Return the areas of work: those of every matrix, the others, and ``None`` if a task has no area."""
    named: dict[str | None, None] = dict.fromkeys((*AREAS, *(plan.area for plan in plans if plan.area)))
    return [*named, *([None] if any(plan.area is None for plan in plans) else [])]


def _section(number: int, area: str | None, plans: Sequence[Plan]) -> dict[str, Any]:
    """Return the section of an area; it is divided by 责任主体 where its tasks have more than one."""
    by_level = {level: [plan for plan in plans if plan.level == level] for level in (*PLAN_LEVELS, None)}
    levels = [(level, tasks) for level, tasks in by_level.items() if tasks]
    return {
        "number": chinese_number(number),
        "name": Missing("工作计划.工作类别", plans[0].where("area")) if area is None else phrase(area),
        "divided": len(levels) > 1,
        "missing": Missing(f"工作计划（{area}）"),
        "levels": [_level(position, *level) for position, level in enumerate(levels, 1)],
    }


def _level(position: int, level: str | None, plans: Sequence[Plan]) -> dict[str, Any]:
    tasks = [
        {
            "number": number,
            "text": sentence(plan.task) + sentence(plan.measure),
            "cycle": _cycle(plan),
            "period": _period(plan),
            "plan": plan,
        }
        for number, plan in enumerate(plans, 1)
    ]
    name = Missing("工作计划.责任主体", plans[0].where("level")) if level is None else level
    return {"number": chinese_number(position), "name": name, "tasks": tasks}


def _cycle(plan: Plan) -> str:
    """Return how often a task comes again; empty for one that comes once."""
    return "" if plan.cycle == "一次性" else plan.cycle or ""


def _period(plan: Plan) -> str:
    """Return 2026年1月5日至12月31日 for a task that has a start; empty for others."""
    if plan.starts_on is None:
        return ""
    if plan.due_on is None:
        return f"{plan.starts_on}起"
    return f"{plan.starts_on}至{_short(plan.due_on, plan.starts_on.year)}"


def _months(dossier: Dossier) -> Iterator[dict[str, Any]]:
    """Yield the rows of each month, 全年 and what has no date; one that runs over a page comes twice."""
    titles, rows = zip(*_month_rows(dossier))
    for stretch in stretches(titles, list(map(_height, rows)), _MONTH_PAGES, _MONTH_NAME):
        name = f"{stretch.name}\n（续）" if stretch.continued else stretch.name
        yield {"name": name, "rows": list(rows[stretch.first : stretch.last + 1])}


def _month_rows(dossier: Dossier) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows with the month that each stands in; a month without tasks has one for a pen."""
    blank = {**dict.fromkeys(_MONTH_COLUMNS, ""), "task": "" if dossier.plans else _ROOM_FOR_A_PEN}
    names = {person.name for person in dossier.members} | set(dossier.branch.committee)
    for title, month, plans in _calendar(dossier):
        if not plans:
            yield title, blank
        for plan in plans:
            yield title, _month_row(plan, month, dossier.year, names)


def _calendar(dossier: Dossier) -> Iterator[tuple[str, int, list[Plan]]]:
    """Yield the tasks of each month, and below December (as month 0) those that stand in none."""
    months = [(plan, months_of(plan, dossier.year)) for plan in dossier.plans]
    for month in range(1, 13):
        yield f"{month}月", month, [plan for plan, found in months if month in found]
    others = [(plan, _without_month(plan, dossier.year)) for plan, found in months if not found]
    for title in (ALL_YEAR, OTHER_YEAR, UNDATED):
        if plans := [plan for plan, found in others if found == title]:
            yield title, 0, plans


def _without_month(plan: Plan, year: int) -> str:
    """Return where a task stands that stands in no month; one that spans the year is of all of it."""
    if is_of_another_year(plan, year):
        return OTHER_YEAR
    return ALL_YEAR if plan.cycle == ALL_YEAR or plan.due_on else UNDATED


def _month_row(plan: Plan, month: int, year: int, names: set[str]) -> dict[str, str]:
    note = [
        plan.cycle if plan.cycle in RECURRING else "",
        _period(plan) if is_of_another_year(plan, year) else "",
        phrase(plan.note or ""),
    ]
    return {
        "task": brief(plan.task),
        "owner": _owner(plan, names),
        "limit": _limit(plan, month, year),
        "note": "；".join(part for part in note if part),
    }


def _owner(plan: Plan, names: set[str]) -> str:
    """Return who answers for a task; a name of two characters is padded, if it is somebody's."""
    if plan.owner is None:
        return Missing("工作计划.责任人", plan.where("owner"))
    return pad_name(plan.owner) if plan.owner in names else phrase(plan.owner)


def _limit(plan: Plan, month: int, year: int) -> str:
    """Return 完成时限 in the last row of a task; a missing one is marked where no cycle stands for it."""
    if plan.due_on is None:
        return "" if _cycle(plan) else Missing("工作计划.完成时限", plan.where("due_on"))
    is_last = month == max(months_of(plan, year), default=0)
    return _short(plan.due_on, year) if is_last else ""


def _short(date: PartialDate, year: int) -> str:
    """Return a date without the year that the title of the plan says already: 3月31日."""
    return str(date).removeprefix(f"{year}年")


def _height(row: Mapping[str, str]) -> float:
    lines = table_lines((column, row[name]) for name, column in _MONTH_COLUMNS.items())
    return max(_LOWEST_ROW, lines * _LINE + _PADDING)


def _matrix(by_area: Mapping[str | None, Sequence[Plan]], year: int) -> dict[str, Any]:
    """Return the heads of the columns, and the rows with the lines of their cells."""
    levels: list[str | None] = list(PLAN_LEVELS)
    if any(plan.level is None for plans in by_area.values() for plan in plans):
        levels.append(None)
    cells = [
        [_cell([plan for plan in plans if plan.level == level], year) for plans in by_area.values()]
        for level in levels
    ]
    blank = [""] if any(by_area.values()) else [""] * _LINES_FOR_A_PEN
    rows, shown = [], set()
    for position, part in _sheet(len(by_area)).rows(cells):
        level = levels[position]
        name = NO_LEVEL if level is None else level
        rows.append(
            {"name": f"{name}\n（续）" if level in shown else name, "cells": [cell or blank for cell in part]}
        )
        shown.add(level)
    heads = [NO_AREA if area is None else phrase(area) for area in by_area]
    return {"columns": heads, "rows": rows}


def _sheet(columns: int) -> WallSheet:
    share = _MATRIX_COLUMN / (_MATRIX_HEAD + _MATRIX_COLUMN * columns)
    return WallSheet(
        TextColumn((_MATRIX * share - _CELL_MARGINS) // _CHARACTER), first=15, later=23, lowest=3
    )


def _cell(plans: Sequence[Plan], year: int) -> list[str]:
    return [f"{number}.{_in_short(plan, year)}" for number, plan in enumerate(plans, 1)]


def _in_short(plan: Plan, year: int) -> str:
    """Return 内容（责任人，时限）, with as much of it as there is; the article lists what is missing."""
    limit = _cycle(plan)
    if plan.due_on and plan.cycle not in RECURRING:
        limit = _short(plan.due_on, year)
    inner = "，".join(part for part in (phrase(plan.owner or ""), limit) if part)
    return f"{brief(plan.task)}（{inner}）" if inner else brief(plan.task)


@hookimpl
def docsmith_check_dossier(dossier: Dossier) -> Iterator[Finding]:
    """Return tasks of another year."""
    for plan in dossier.plans:
        if is_of_another_year(plan, dossier.year):
            date = plan.due_on or plan.starts_on
            yield Finding(
                Severity.WARNING,
                _("this task is of {date}, the plan is of {year}").format(date=date, year=dossier.year),
                _("Mend the year of the date, or remove the row from this year's workbook."),
                plan.where("due_on" if plan.due_on else "starts_on"),
                "plan-other-year",
                plan.branch,
            )
