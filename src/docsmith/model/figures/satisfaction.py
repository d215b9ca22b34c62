"""The satisfaction survey in numbers, counted as the unit has decided (:class:`Survey`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from docsmith.model.dossier import Dossier
from docsmith.model.figures.group import FigureGroup, figure
from docsmith.model.figures.percent import percent, shares
from docsmith.model.once import once_per_dossier
from docsmith.model.records import Ballot
from docsmith.model.survey import COLUMNS, Formula, Survey, votes_given
from docsmith.model.wording import rounded

_COUNTS = ("due", "issued", "returned", "valid")
_OVERALL_ITEMS = frozenset(("总体评价", "总体满意度", "总体满意率", "综合评价"))
_POOLED = "各项合计"


class ItemFigures(FigureGroup):
    """One item of the survey, or the whole of it.

    ``votes`` are what the sheet states, by the grade's Chinese name, and the zeros that follow from it;
    ``shares`` are the same in percent, adding up to 100.0, and those of the satisfied grades to the rate;
    ``None`` where the votes do not make up the valid ballots. ``rate`` is the result by the unit's formula:
    percent, or points of 100.
    """

    item: str = figure("测评项目")
    due: int | None = figure("应参加")
    issued: int | None = figure("发出")
    returned: int | None = figure("收回")
    valid: int | None = figure("有效")
    invalid: int | None = figure("无效")
    satisfied: int | None = figure("满意")
    mostly_satisfied: int | None = figure("基本满意")
    dissatisfied: int | None = figure("不满意")
    unknown: int | None = figure("不了解")
    votes: Mapping[str, int | None] = figure("票数")
    shares: Mapping[str, Decimal] | None = figure("占比")
    rate: Decimal | None = figure("满意率")


class SatisfactionFigures(FigureGroup):
    """Every item in the order of the sheet, the overall result, and the formula that gave them, in words.

    ``overall`` is the item 总体评价 where the survey asks it; else the votes of all items together, under
    the name 各项合计. ``None`` where the branch has no tallies.
    """

    items: tuple[ItemFigures, ...] = figure("各项")
    overall: ItemFigures | None = figure("总体")
    formula: str = figure("计算公式")


@once_per_dossier
def count_satisfaction(dossier: Dossier) -> SatisfactionFigures:
    """Return the figures of the sheet 测评, counted in the unit's grades and by its formula."""
    survey, whole = dossier.survey, _overall(dossier)
    items = [(ballot, _figures_of(ballot, survey)) for ballot in dossier.ballots]
    overall = next((figures for ballot, figures in items if ballot is whole), None)
    if overall is None and whole:
        overall = _figures_of(whole, survey)
    return SatisfactionFigures(tuple(figures for _ballot, figures in items), overall, survey.worded)


def overall_rate(dossier: Dossier) -> tuple[str, Decimal] | None:
    """Return the item that stands for the whole survey, and its rate; ``None`` where there is none.

    It is that of :func:`count_satisfaction`, without all the other figures.
    """
    ballot, survey = _overall(dossier), dossier.survey
    votes = survey.votes_of(ballot) if ballot else None
    if ballot is None or votes is None:
        return None
    rate = _rate(votes, _valid(ballot, votes) or 0, survey)
    return None if rate is None else (ballot.item, rate)


def _overall(dossier: Dossier) -> Ballot | None:
    """Return the last row about the whole, else the sums over all rows."""
    asked = next((ballot for ballot in reversed(dossier.ballots) if ballot.item in _OVERALL_ITEMS), None)
    return asked or (_pooled(dossier.ballots, dossier.survey) if dossier.ballots else None)


def _pooled(ballots: Sequence[Ballot], survey: Survey) -> Ballot:
    """Return the sums over all items, empty where one item does not say."""
    counts = {name: _sum_if_known([getattr(ballot, name) for ballot in ballots]) for name in _COUNTS}
    stated = [_shown(ballot, survey.votes_of(ballot), survey) for ballot in ballots]
    votes = {grade: _sum_if_known([row[grade] for row in stated]) for grade in survey.grades}
    columns = {COLUMNS[grade]: number for grade, number in votes.items() if grade in COLUMNS}
    extra = {
        grade: str(number) for grade, number in votes.items() if grade not in COLUMNS and number is not None
    }
    return Ballot.of({"branch": ballots[0].branch, "item": _POOLED, **counts, **columns}, extra)


def _shown(ballot: Ballot, votes: Sequence[int] | None, survey: Survey) -> Mapping[str, int | None]:
    """Return the votes by grade: what is known of them where not all are."""
    known: Sequence[int | None] = votes or [votes_given(ballot, grade) for grade in survey.grades]
    return dict(zip(survey.grades, known))


def _sum_if_known(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _figures_of(ballot: Ballot, survey: Survey) -> ItemFigures:
    votes = survey.votes_of(ballot)
    shown = _shown(ballot, votes, survey)
    valid = _valid(ballot, votes)
    returned = ballot.returned
    made_up = votes is not None and valid is not None and survey.make_up(votes, valid)
    counted = shares(votes, survey.counted) if votes and made_up else None
    return ItemFigures(
        item=ballot.item,
        due=ballot.due,
        issued=ballot.issued,
        returned=returned,
        valid=valid,
        invalid=returned - valid if returned is not None and valid is not None else None,
        **{name: shown.get(grade) for grade, name in COLUMNS.items()},
        votes=shown,
        shares=dict(zip(survey.grades, counted)) if counted else None,
        rate=_rate(votes, valid or 0, survey) if votes else None,
    )


def _valid(ballot: Ballot, votes: Sequence[int] | None) -> int | None:
    """Return the valid ballots; without a count of its own, an item got one grade from each of them."""
    return sum(votes) if ballot.valid is None and votes else ballot.valid


def _rate(votes: Sequence[int], valid: int, survey: Survey) -> Decimal | None:
    """Return the result by the unit's formula; ``None`` where there are no votes to count."""
    if survey.formula is not Formula.C:
        return percent(sum(votes[: survey.counted]), valid)
    known = sum(votes[: len(survey.points)])
    weighted = sum(vote * points for vote, points in zip(votes, survey.points))
    return rounded(Decimal(weighted) / known) if known else None
