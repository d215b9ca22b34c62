"""The grades of a satisfaction survey (等次), and the three ways of counting them that are in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from docsmith.model.figures.percent import percent, rounded
from docsmith.model.records import Ballot
from docsmith.model.values import CellError, as_count

# The grades that the sheet 测评 has columns for; others are read from the columns that a unit adds.
COLUMNS: Mapping[str, str] = {
    "满意": "satisfied",
    "基本满意": "mostly_satisfied",
    "不满意": "dissatisfied",
    "不了解": "unknown",
}


@dataclass(frozen=True, slots=True)
class Scale:
    """Grades, best first. ``satisfied`` counts those of them that formula B takes as satisfied.

    ``points`` are what a vote is worth in formula C, by grade; the grades after them (不了解) have none.
    """

    grades: tuple[str, ...] = tuple(COLUMNS)
    satisfied: int = 2
    points: tuple[int, ...] = (100, 70, 30)

    def votes_of(self, ballot: Ballot) -> tuple[int, ...] | None:
        """Return the votes by grade; ``None`` where a cell is empty that need not be a zero.

        An empty cell is a zero only if the votes that are given already make up all the valid ones.
        """
        given = [votes_given(ballot, grade) for grade in self.grades]
        if None in given and (ballot.valid is None or sum(vote or 0 for vote in given) != ballot.valid):
            return None
        return tuple(vote or 0 for vote in given)

    def rate_a(self, votes: Sequence[int], valid: int) -> Decimal | None:
        """Return the votes for the best grade by the valid ones, in percent."""
        return percent(votes[0], valid)

    def rate_b(self, votes: Sequence[int], valid: int) -> Decimal | None:
        """Return the votes for the satisfied grades by the valid ones, in percent."""
        return percent(sum(votes[: self.satisfied]), valid)

    def score_c(self, votes: Sequence[int]) -> Decimal | None:
        """Return the average points of the votes that have points; ``None`` where there is none."""
        known = votes[: len(self.points)]
        if not sum(known):
            return None
        return rounded(Decimal(sum(map(int.__mul__, known, self.points))) / sum(known))


FOUR_GRADES = Scale()


def votes_given(ballot: Ballot, grade: str) -> int | None:
    """Return the votes that a row states for a grade; ``None`` where its cell is empty or no number."""
    if grade in COLUMNS:
        given: int | None = getattr(ballot, COLUMNS[grade])
        return given
    try:
        return as_count(ballot.extra.get(grade))
    except CellError:
        return None


def _text_a(scale: Scale) -> str:
    return f"满意率={scale.grades[0]}票÷有效票×100%"


def _text_b(scale: Scale) -> str:
    satisfied = _sum_of(f"{grade}票" for grade in scale.grades[: scale.satisfied])
    return f"满意率={satisfied}÷有效票×100%"


def _text_c(scale: Scale) -> str:
    weighted = _sum_of(f"{grade}票×{points}" for grade, points in zip(scale.grades, scale.points))
    known = _sum_of(f"{grade}票" for grade in scale.grades[: len(scale.points)])
    return f"满意度={weighted}÷{known}"


def _sum_of(terms: Iterable[str]) -> str:
    listed = list(terms)
    return f"（{'+'.join(listed)}）" if len(listed) > 1 else listed[0]


class Formula(StrEnum):
    """The three ways of counting in use; its text is what the note of a form with four grades says."""

    A = _text_a(FOUR_GRADES)
    B = _text_b(FOUR_GRADES)
    C = _text_c(FOUR_GRADES)

    def worded(self, scale: Scale) -> str:
        """Return what the note says of a survey with other grades."""
        texts = {Formula.A: _text_a, Formula.B: _text_b, Formula.C: _text_c}
        return texts[self](scale)
