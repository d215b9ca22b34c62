"""The satisfaction survey in numbers; every way of counting has a name that the form prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from docsmith.model.dataset import Dossier
from docsmith.model.figures.percent import percent, rounded, shares
from docsmith.model.records import Ballot

GRADES = ("satisfied", "mostly_satisfied", "dissatisfied", "unknown")
_GRADE_TITLES = ("满意", "基本满意", "不满意", "不了解")
_WEIGHTS = (100, 70, 30)
_OVERALL_ITEMS = frozenset(("总体评价", "总体满意度", "总体满意率", "综合评价"))
_POOLED = "各项合计"

Votes = tuple[int, int, int, int]


class Formula(StrEnum):
    """The three ways of counting in use; its text is what the note of the form says."""

    A = "满意率=满意票÷有效票×100%"
    B = "满意率=（满意票+基本满意票）÷有效票×100%"
    C = "满意度=（满意票×100+基本满意票×70+不满意票×30）÷（有效票-不了解票）"


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One item of the survey, or the whole of it.

    ``shares`` are the votes of each grade in percent, by the grade's Chinese name, adding up to 100.0.
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


def satisfied_rate(votes: Votes, valid: int) -> Decimal | None:
    """Return the result of formula A: satisfied by valid votes, in percent."""
    return percent(votes[0], valid)


def satisfied_or_mostly_rate(votes: Votes, valid: int) -> Decimal | None:
    """Return the result of formula B: satisfied and mostly satisfied by valid votes, in percent."""
    return percent(votes[0] + votes[1], valid)


def weighted_score(votes: Votes) -> Decimal | None:
    """Return the result of formula C: 100, 70 and 30 points a vote.

    Votes for 不了解 are not counted as valid. ``None`` where nobody knows.
    """
    known = votes[:3]
    if not sum(known):
        return None
    return rounded(Decimal(sum(map(int.__mul__, known, _WEIGHTS))) / sum(known))


def votes_of(ballot: Ballot) -> Votes | None:
    """Return the votes by grade; ``None`` where a cell is empty that need not be a zero.

    An empty cell is a zero only if the votes that are given already make up all the valid ones.
    """
    given = [getattr(ballot, grade) for grade in GRADES]
    if None in given and (ballot.valid is None or sum(vote or 0 for vote in given) != ballot.valid):
        return None
    satisfied, mostly, dissatisfied, unknown = (vote or 0 for vote in given)
    return satisfied, mostly, dissatisfied, unknown


def count_satisfaction(dossier: Dossier) -> SatisfactionFigures:
    """Return the figures of the sheet 测评."""
    items = tuple(map(_figures_of, dossier.ballots))
    asked = [item for item in items if item.item in _OVERALL_ITEMS]
    if asked:
        return SatisfactionFigures(items, asked[-1])
    return SatisfactionFigures(items, _figures_of(_pooled(dossier.ballots)) if items else None)


def _pooled(ballots: Sequence[Ballot]) -> Ballot:
    names = ("due", "issued", "returned", "valid", *GRADES)
    rows = [_with_zeros(ballot) for ballot in ballots]
    sums = {name: _sum_if_known([row[name] for row in rows]) for name in names}
    return Ballot(branch=ballots[0].branch, item=_POOLED, **sums)


def _with_zeros(ballot: Ballot) -> Mapping[str, int | None]:
    votes = votes_of(ballot)
    grades = dict(zip(GRADES, votes)) if votes else {}
    return {**ballot.model_dump(include={"due", "issued", "returned", "valid", *GRADES}), **grades}


def _sum_if_known(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _figures_of(ballot: Ballot) -> ItemFigures:
    votes = votes_of(ballot)
    # Every valid ballot gives one grade to each item, so that without a count of its own it is their sum.
    valid = ballot.valid if ballot.valid is not None else votes and sum(votes)
    returned = ballot.returned
    counted = shares(votes) if votes else None
    shown = votes or tuple(getattr(ballot, grade) for grade in GRADES)
    return ItemFigures(
        item=ballot.item,
        due=ballot.due,
        issued=ballot.issued,
        returned=returned,
        valid=valid,
        invalid=returned - valid if returned is not None and valid is not None else None,
        satisfied=shown[0],
        mostly_satisfied=shown[1],
        dissatisfied=shown[2],
        unknown=shown[3],
        shares=dict(zip(_GRADE_TITLES, counted)) if counted else None,
        rate_a=satisfied_rate(votes, valid) if votes and valid else None,
        rate_b=satisfied_or_mostly_rate(votes, valid) if votes and valid else None,
        score_c=weighted_score(votes) if votes else None,
    )
