"""The life of a branch in numbers: how often, when, and how many came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from docsmith.model.dossier import Dossier
from docsmith.model.figures.group import FigureGroup, figure
from docsmith.model.figures.percent import percent
from docsmith.model.figures.periods import missing_periods
from docsmith.model.once import once_per_dossier
from docsmith.model.records import Activity


class KindFigures(FigureGroup):
    """The activities of one kind in the year, up to the report date.

    ``missing_months`` and ``missing_quarters`` are numbers from 1, of periods that are over. All are
    ``None`` where the branch has no record of any activity in the year. The attendance rate (percent, one
    decimal) is the sum of those present by the sum of those due, over the activities that state both.
    """

    kind: str = figure("类型")
    count: int | None = figure("次数")
    months: tuple[int, ...] | None = figure("月份")
    quarters: tuple[int, ...] | None = figure("季度")
    missing_months: tuple[int, ...] | None = figure("缺少月份")
    missing_quarters: tuple[int, ...] | None = figure("缺少季度")
    attendance_rate: Decimal | None = figure("到会率")


class ActivityFigures(FigureGroup):
    """All activities, and each kind of the sheet 组织生活 under its own name."""

    total: int | None = figure("总次数")
    attendance_rate: Decimal | None = figure("到会率")
    general_meetings: KindFigures = figure("支部党员大会")
    committee_meetings: KindFigures = figure("支委会")
    group_meetings: KindFigures = figure("党小组会")
    lectures: KindFigures = figure("党课")
    theme_days: KindFigures = figure("主题党日")
    life_meetings: KindFigures = figure("组织生活会")
    reviews: KindFigures = figure("民主评议党员")
    studies: KindFigures = figure("集体学习")
    debriefings: KindFigures = figure("述职评议")
    others: KindFigures = figure("其他")

    @property
    def by_kind(self) -> Mapping[str, KindFigures]:
        """The kinds by their Chinese names, in the order of the form."""
        found = (getattr(self, name) for name in _KINDS)
        return {figures.kind: figures for figures in found}


_KINDS = {
    name: title for name, title in ActivityFigures.titles.items() if name not in ("total", "attendance_rate")
}


def attendance_rate(activities: Iterable[Activity]) -> Decimal | None:
    """Return those present by those due, in percent, over the activities that state both."""
    stated = [(a.present, a.due) for a in activities if a.present is not None and a.due is not None]
    return percent(sum(present for present, _ in stated), sum(due for _, due in stated))


@once_per_dossier
def count_activities(dossier: Dossier) -> ActivityFigures:
    """Return the figures of the sheet 组织生活; ``None`` throughout where the year has no record."""
    activities = dossier.activities
    return ActivityFigures(
        total=len(activities) or None,
        attendance_rate=attendance_rate(activities),
        **{name: _of_kind(dossier, kind) for name, kind in _KINDS.items()},
    )


def _of_kind(dossier: Dossier, kind: str) -> KindFigures:
    if not dossier.activities:
        return KindFigures(kind, None, None, None, None, None, None)
    activities = dossier.activities_by_kind.get(kind, ())
    months = sorted({activity.date.month for activity in activities})
    return KindFigures(
        kind=kind,
        count=len(activities),
        months=tuple(months),
        quarters=tuple(sorted({activity.date.quarter for activity in activities})),
        missing_months=tuple(period.number for period in missing_periods(dossier, months, 12)),
        missing_quarters=tuple(period.number for period in missing_periods(dossier, months, 4)),
        attendance_rate=attendance_rate(activities),
    )
