"""What a unit has decided of its satisfaction survey: the grades (等次), and how the votes are counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from docsmith.model.records import Ballot
from docsmith.model.values import CellError, as_count
from docsmith.model.wording import percent, rounded

# The grades that the sheet 测评 has columns for; others are read from the columns that a unit adds.
COLUMNS: Mapping[str, str] = {
    "满意": "satisfied",
    "基本满意": "mostly_satisfied",
    "不满意": "dissatisfied",
    "不了解": "unknown",
}


class Formula(StrEnum):
    """The three ways of counting in use.

    A: the votes for the best grade by the valid ones; B: those for the satisfied grades by the valid ones,
    both in percent; C: the average points of the votes that have points.
    """

    A = "A"
    B = "B"
    C = "C"


class Survey(NamedTuple):
    """What the table ``[survey]`` of a unit's ``docsmith.toml`` decides.

    ``grades`` are listed best first; ``satisfied`` are the first of them, which formula B counts. ``points``
    are what a vote is worth in formula C, by grade; the grades after them (不了解) have none.
    """

    grades: tuple[str, ...] = tuple(COLUMNS)
    satisfied: tuple[str, ...] = ("满意", "基本满意")
    points: tuple[int, ...] = (100, 70, 30)
    formula: Formula = Formula.B

    @property
    def counted(self) -> int:
        """How many grades, from the best on, make the rate; none where points are averaged."""
        return {Formula.A: 1, Formula.B: len(self.satisfied), Formula.C: 0}[self.formula]

    @property
    def measure(self) -> str:
        """What the result is called: 满意率, or 满意度 where it is in points."""
        return "满意度" if self.formula is Formula.C else "满意率"

    @property
    def worded(self) -> str:
        """The formula in the unit's grades: what documents print beside a result."""
        votes = [f"{grade}票" for grade in self.grades]
        if self.formula is not Formula.C:
            return f"满意率={_sum_of(votes[: self.counted])}÷有效票×100%"
        weighted = _sum_of(f"{vote}×{points}" for vote, points in zip(votes, self.points))
        return f"满意度={weighted}÷{_sum_of(votes[: len(self.points)])}"

    def printed(self, result: Decimal) -> str:
        """Return a result as documents print it: 94.4%, or 88.8分 where it is in points."""
        return f"{rounded(result)}分" if self.formula is Formula.C else percent(result)

    def votes_of(self, ballot: Ballot) -> tuple[int, ...] | None:
        """Return the votes by grade; ``None`` where a cell is empty that need not be a zero.

        An empty cell is a zero only if the votes that are given already make up all the valid ones.
        """
        given = [votes_given(ballot, grade) for grade in self.grades]
        if None in given and (ballot.valid is None or sum(vote or 0 for vote in given) != ballot.valid):
            return None
        return tuple(vote or 0 for vote in given)

    def make_up(self, votes: Sequence[int], valid: int) -> bool:
        """Tell whether votes by grade are as many as the valid ballots.

        By formula C a vote without points (不了解) may be counted among the valid ones, or left out of them.
        """
        left_out = self.formula is Formula.C and valid == sum(votes[: len(self.points)])
        return left_out or valid == sum(votes)


# Where a unit has decided nothing: the grades of the sheet 测评, and formula B.
USUAL_SURVEY = Survey()


def votes_given(ballot: Ballot, grade: str) -> int | None:
    """Return the votes that a row states for a grade; ``None`` where its cell is empty or no number."""
    if grade in COLUMNS:
        given: int | None = getattr(ballot, COLUMNS[grade])
        return given
    try:
        return as_count(ballot.extra.get(grade))
    except CellError:
        return None


def _sum_of(terms: Iterable[str]) -> str:
    listed = list(terms)
    return f"（{'+'.join(listed)}）" if len(listed) > 1 else listed[0]
