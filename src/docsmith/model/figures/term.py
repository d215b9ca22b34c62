"""The term of office of a branch (届期)."""

from __future__ import annotations

from docsmith.model.dates import PartialDate
from docsmith.model.dossier import Dossier
from docsmith.model.figures.group import FigureGroup, figure

_LAST_YEAR = 9999


class TermFigures(FigureGroup):
    """When the term began and ends: 任命时间 + 任期年数 = 应换届时间.

    ``months_left`` are whole months from the report date to the end, 0 in its last month, negative once it
    is over. ``None`` where the branch does not say when its term began.
    """

    start: PartialDate | None = figure("本届任命时间")
    years: int = figure("任期年数")
    end: PartialDate | None = figure("应换届时间")
    months_left: int | None = figure("剩余月数")


def describe_term(dossier: Dossier) -> TermFigures:
    """Return the term as the sheet 支部 gives it."""
    start, years = dossier.branch.term_started_on, dossier.branch.term_years
    if start is None or start.year + years > _LAST_YEAR:
        return TermFigures(start, years, None, None)
    end = start.plus_years(years)
    return TermFigures(start, years, end, months_between(dossier.as_of, end))


def months_between(start: PartialDate, end: PartialDate) -> int:
    """Return the whole months from one date to another, rounded down: -1 as soon as ``end`` has passed."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.last.day < start.first.day)
