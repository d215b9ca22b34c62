from decimal import Decimal

import pytest

from docsmith.model.figures import compute
from docsmith.model.survey import USUAL_SURVEY, Formula
from tests.rules.branches import dossier

VOTES = {"satisfied": 12, "mostly_satisfied": 4, "dissatisfied": 1, "unknown": 1}


def _satisfaction(*ballots, formula=Formula.B):
    survey = USUAL_SURVEY._replace(formula=formula)
    return compute(dossier(ballots=list(ballots), survey=survey)).satisfaction


@pytest.mark.parametrize(
    ("formula", "rate"),
    [
        (Formula.A, "66.7"),  # 12 of 18
        (Formula.B, "88.9"),  # 16 of 18
        (Formula.C, "88.8"),  # (1200 + 280 + 30) / 17
    ],
)
def test_each_formula_gives_its_own_result(formula, rate):
    found = _satisfaction({"item": "队伍", "returned": 19, "valid": 18, **VOTES}, formula=formula)
    assert (found.items[0].rate, found.items[0].invalid) == (Decimal(rate), 1)
    assert found.formula == USUAL_SURVEY._replace(formula=formula).worded


def test_share_of_the_best_grade_is_the_rate_of_formula_a():
    votes = {"item": "队伍", "valid": 17, "satisfied": 14, "mostly_satisfied": 3}
    item = _satisfaction(votes, formula=Formula.A).items[0]
    assert (item.shares["满意"], item.rate) == (Decimal("82.4"), Decimal("82.4"))


def test_shares_of_the_satisfied_grades_add_up_to_the_rate_of_formula_b():
    votes = {"satisfied": 1, "mostly_satisfied": 1, "dissatisfied": 4, "unknown": 0}
    item = _satisfaction({"item": "队伍", **votes}).items[0]
    assert item.shares["满意"] + item.shares["基本满意"] == item.rate == Decimal("33.3")


def test_votes_that_do_not_make_up_the_valid_ones_have_no_shares():
    assert _satisfaction({"item": "队伍", "valid": 17, **VOTES}).items[0].shares is None


def test_shares_of_an_item_add_up():
    item = _satisfaction({"item": "队伍", **VOTES}).items[0]
    assert sum(item.shares.values()) == 100
    assert item.shares["满意"] == Decimal("66.7")


def test_an_empty_cell_is_a_zero_where_the_votes_are_complete_without_it():
    item = _satisfaction({"item": "队伍", "valid": 18, "satisfied": 16, "mostly_satisfied": 2}).items[0]
    assert (item.dissatisfied, item.rate) == (0, Decimal("100.0"))


def test_an_empty_cell_is_unknown_where_votes_are_lacking():
    item = _satisfaction({"item": "队伍", "valid": 18, "satisfied": 16}).items[0]
    assert (item.satisfied, item.dissatisfied, item.rate, item.shares) == (16, None, None, None)


def test_the_overall_result_is_what_the_survey_asks():
    found = _satisfaction({"item": "队伍", **VOTES}, {"item": "总体评价", **VOTES, "satisfied": 30})
    assert (found.overall.item, found.overall.satisfied) == ("总体评价", 30)


def test_without_such_an_item_all_votes_are_put_together():
    found = _satisfaction({"item": "队伍", **VOTES}, {"item": "班子", **VOTES, "satisfied": 10})
    assert (found.overall.item, found.overall.satisfied, found.overall.valid) == ("各项合计", 22, 34)


def test_without_tallies_there_is_no_result():
    assert _satisfaction().overall is None


@pytest.mark.parametrize("formula", Formula)
def test_no_votes_give_no_rate(formula):
    item = _satisfaction({"item": "队伍", "valid": 0}, formula=formula).items[0]
    assert item.rate is None
