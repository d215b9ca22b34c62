"""The grades of a survey, whichever a unit has, and votes that do not add up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from docsmith.model.figures.grades import FOUR_GRADES, Formula, Scale
from docsmith.model.figures.miscounts import miscounts
from docsmith.model.figures.satisfaction import count_satisfaction
from docsmith.model.records import Ballot
from tests.rules.branches import dossier

THREE = Scale(("好", "一般", "差"), satisfied=1, points=(100, 60, 0))


def ballot(**columns: object) -> Ballot:
    return Ballot(branch="第一党支部", item="总体评价", **columns)


def test_votes_of_other_grades_come_from_the_columns_of_that_name() -> None:
    votes = THREE.votes_of(ballot(extra={"好": "16", "一般": "1", "差": "1"}))
    assert votes == (16, 1, 1)


def test_unreadable_votes_are_unknown() -> None:
    assert THREE.votes_of(ballot(extra={"好": "16", "一般": "一两张", "差": "1"})) is None


def test_each_formula_counts_the_grades_of_the_scale() -> None:
    votes = (12, 4, 2)
    rates = THREE.rate_a(votes, 18), THREE.rate_b(votes, 18), THREE.score_c(votes)
    assert rates == (Decimal("66.7"), Decimal("66.7"), Decimal("80.0"))


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (Formula.A, "满意率=好票÷有效票×100%"),
        (Formula.B, "满意率=好票÷有效票×100%"),
        (Formula.C, "满意度=（好票×100+一般票×60+差票×0）÷（好票+一般票+差票）"),
    ],
)
def test_formula_is_worded_in_the_grades_of_the_scale(formula: Formula, text: str) -> None:
    assert formula.worded(THREE) == text


@pytest.mark.parametrize("formula", Formula)
def test_text_of_a_formula_is_its_wording_with_four_grades(formula: Formula) -> None:
    assert formula.worded(FOUR_GRADES) == formula.value


def test_items_are_added_up_in_the_grades_of_the_scale() -> None:
    rows = [
        {"item": item, "valid": 18, "extra": {"好": "16", "一般": "1", "差": "1"}}
        for item in ("班子", "队伍")
    ]
    overall = count_satisfaction(dossier(ballots=rows), THREE).overall
    assert overall is not None
    assert (dict(overall.votes), overall.rate_a) == ({"好": 32, "一般": 2, "差": 2}, Decimal("88.9"))


def test_wrong_sum_names_the_grades_that_ought_to_make_it_up() -> None:
    wrong = list(miscounts(ballot(valid=18, extra={"好": "16", "一般": "1", "差": "3"}), THREE))
    assert [(one.field, "好 + 一般 + 差" in one.hint) for one in wrong] == [("valid", True)]


def test_row_that_adds_up_has_no_miscount() -> None:
    right = ballot(due=20, issued=19, returned=18, valid=18, extra={"好": "16", "一般": "1", "差": "1"})
    assert list(miscounts(right, THREE, Formula.A)) == []
