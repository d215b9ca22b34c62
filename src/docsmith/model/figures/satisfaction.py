"""The satisfaction survey in numbers; every way of counting has a name that the form prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from docsmith.model.dataset import Dossier
from docsmith.model.figures.grades import COLUMNS, FOUR_GRADES, Formula, Scale, votes_given
from docsmith.model.figures.percent import shares
from docsmith.model.records import Ballot

_COUNTS = ("due", "issued", "returned", "valid")
_OVERALL_ITEMS = frozenset(("总体评价", "总体满意度", "总体满意率", "综合评价"))
_POOLED = "各项合计"


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One item of the survey, or the whole of it.

    ``votes`` are what the sheet states, by the grade's Chinese name, and the zeros that follow from it;
    ``shares`` are the same in percent, adding up to 100.0.
    ``rate_a``, ``rate_b`` (percent) and ``score_c`` (points of 100) follow :class:`Formula`.
    """

    item: str = field(metadata={"title": "测评项目"})
    due: int | None = field(metadata={"title": "应参加"})
    issued: int | None = field(metadata={"title": "发出"})
    returned: int | None = field(metadata={"title": "收回"})
    valid: int | None = field(metadata={"title": "有效"})
    invalid: int | None = field(metadata={"title": "无效"})
    satisfied: int | None = field(metadata={"title": "满意"})
    mostly_satisfied: int | None = field(metadata={"title": "基本满意"})
    dissatisfied: int | None = field(metadata={"title": "不满意"})
    unknown: int | None = field(metadata={"title": "不了解"})
    votes: Mapping[str, int | None] = field(metadata={"title": "票数"})
    shares: Mapping[str, Decimal] | None = field(metadata={"title": "占比"})
    rate_a: Decimal | None = field(metadata={"title": "满意率甲"})
    rate_b: Decimal | None = field(metadata={"title": "满意率乙"})
    score_c: Decimal | None = field(metadata={"title": "满意度得分"})

    def rate(self, formula: Formula) -> Decimal | None:
        """Return the result by one of the formulas."""
        return {Formula.A: self.rate_a, Formula.B: self.rate_b, Formula.C: self.score_c}[formula]


@dataclass(frozen=True, slots=True)
class SatisfactionFigures:
    """Every item in the order of the sheet, and the overall result.

    ``overall`` is the item 总体评价 where the survey asks it; else the votes of all items together, under
    the name 各项合计. ``None`` where the branch has no tallies.
    """

    items: tuple[ItemFigures, ...] = field(metadata={"title": "各项"})
    overall: ItemFigures | None = field(metadata={"title": "总体"})


def count_satisfaction(dossier: Dossier, scale: Scale = FOUR_GRADES) -> SatisfactionFigures:
    """Return the figures of the sheet 测评, counted in the grades of ``scale``."""
    items = tuple(_figures_of(ballot, scale) for ballot in dossier.ballots)
    asked = [item for item in items if item.item in _OVERALL_ITEMS]
    if asked:
        return SatisfactionFigures(items, asked[-1])
    pooled = _figures_of(_pooled(dossier.ballots, scale), scale) if items else None
    return SatisfactionFigures(items, pooled)


def _pooled(ballots: Sequence[Ballot], scale: Scale) -> Ballot:
    """Return the sums over all items, empty where one item does not say."""
    counts = {name: _sum_if_known([getattr(ballot, name) for ballot in ballots]) for name in _COUNTS}
    stated = [_votes(ballot, scale) for ballot in ballots]
    votes = {grade: _sum_if_known([row[grade] for row in stated]) for grade in scale.grades}
    columns = {COLUMNS[grade]: number for grade, number in votes.items() if grade in COLUMNS}
    extra = {
        grade: str(number) for grade, number in votes.items() if grade not in COLUMNS and number is not None
    }
    return Ballot(branch=ballots[0].branch, item=_POOLED, extra=extra, **counts, **columns)


def _votes(ballot: Ballot, scale: Scale) -> Mapping[str, int | None]:
    votes = scale.votes_of(ballot) or [votes_given(ballot, grade) for grade in scale.grades]
    return dict(zip(scale.grades, votes))


def _sum_if_known(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _figures_of(ballot: Ballot, scale: Scale) -> ItemFigures:
    votes = scale.votes_of(ballot)
    shown = _votes(ballot, scale)
    # Every valid ballot gives one grade to each item, so that without a count of its own it is their sum.
    valid = sum(votes) if ballot.valid is None and votes else ballot.valid
    returned = ballot.returned
    counted = shares(votes) if votes else None
    return ItemFigures(
        item=ballot.item,
        due=ballot.due,
        issued=ballot.issued,
        returned=returned,
        valid=valid,
        invalid=returned - valid if returned is not None and valid is not None else None,
        **{name: shown.get(grade) for grade, name in COLUMNS.items()},
        votes=shown,
        shares=dict(zip(scale.grades, counted)) if counted else None,
        rate_a=scale.rate_a(votes, valid) if votes and valid else None,
        rate_b=scale.rate_b(votes, valid) if votes and valid else None,
        score_c=scale.score_c(votes) if votes else None,
    )
