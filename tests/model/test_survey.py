"""The grades of a survey, whichever a unit has, and votes that do not add up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from docsmith.model.figures import compute
from docsmith.model.figures.miscounts import miscounts
from docsmith.model.records import Ballot
from docsmith.model.survey import USUAL_SURVEY, Formula, Survey
from tests.rules.branches import dossier

THREE = Survey(("好", "一般", "差"), satisfied=("好",), points=(100, 60, 0))


def ballot(**columns: object) -> Ballot:
    return Ballot(branch="第一党支部", item="总体评价", **columns)


def test_votes_of_other_grades_come_from_the_columns_of_that_name() -> None:
    votes = THREE.votes_of(ballot(extra={"好": "16", "一般": "1", "差": "1"}))
    assert votes == (16, 1, 1)


def test_unreadable_votes_are_unknown() -> None:
    assert THREE.votes_of(ballot(extra={"好": "16", "一般": "一两张", "差": "1"})) is None


@pytest.mark.parametrize(
    ("survey", "formula", "text"),
    [
        (THREE, Formula.A, "满意率=好票÷有效票×100%"),
        (THREE, Formula.B, "满意率=好票÷有效票×100%"),
        (THREE, Formula.C, "满意度=（好票×100+一般票×60+差票×0）÷（好票+一般票+差票）"),
        (USUAL_SURVEY, Formula.A, "满意率=满意票÷有效票×100%"),
        (USUAL_SURVEY, Formula.B, "满意率=（满意票+基本满意票）÷有效票×100%"),
        (
            USUAL_SURVEY,
            Formula.C,
            "满意度=（满意票×100+基本满意票×70+不满意票×30）÷（满意票+基本满意票+不满意票）",
        ),
    ],
)
def test_formula_is_worded_in_the_grades_of_the_unit(survey: Survey, formula: Formula, text: str) -> None:
    assert survey._replace(formula=formula).worded == text


@pytest.mark.parametrize(
    ("formula", "printed"), [("A", "满意率90.0%"), ("B", "满意率90.0%"), ("C", "满意度90.0分")]
)
def test_result_is_named_and_printed_by_its_formula(formula: str, printed: str) -> None:
    survey = THREE._replace(formula=Formula(formula))
    assert survey.measure + survey.printed(Decimal(90)) == printed


def test_items_are_added_up_in_the_grades_of_the_unit() -> None:
    rows = [
        {"item": item, "valid": 18, "extra": {"好": "16", "一般": "1", "差": "1"}}
        for item in ("班子", "队伍")
    ]
    overall = compute(dossier(ballots=rows, survey=THREE)).satisfaction.overall
    assert overall is not None
    assert (dict(overall.votes), overall.rate) == ({"好": 32, "一般": 2, "差": 2}, Decimal("88.9"))


def test_wrong_sum_names_the_grades_that_ought_to_make_it_up() -> None:
    wrong = list(miscounts(ballot(valid=18, extra={"好": "16", "一般": "1", "差": "3"}), THREE))
    assert [(one.field, "好 + 一般 + 差" in one.hint) for one in wrong] == [("valid", True)]


def test_row_that_adds_up_has_no_miscount() -> None:
    right = ballot(due=20, issued=19, returned=18, valid=18, extra={"好": "16", "一般": "1", "差": "1"})
    assert list(miscounts(right, THREE)) == []
