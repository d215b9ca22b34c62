from decimal import Decimal

import pytest

from docsmith.model.figures import Formula, compute
from tests.rules.branches import dossier

VOTES = {"satisfied": 12, "mostly_satisfied": 4, "dissatisfied": 1, "unknown": 1}


def _satisfaction(*ballots):
    return compute(dossier(ballots=list(ballots))).satisfaction


def test_each_formula_gives_its_own_result():
    item = _satisfaction({"item": "队伍", "returned": 19, "valid": 18, **VOTES}).items[0]
    assert item.rate(Formula.A) == Decimal("66.7")  # 12 of 18
    assert item.rate(Formula.B) == Decimal("88.9")  # 16 of 18
    assert item.rate(Formula.C) == Decimal("88.8")  # (1200 + 280 + 30) / 17
    assert item.invalid == 1


def test_shares_of_an_item_add_up():
    item = _satisfaction({"item": "队伍", **VOTES}).items[0]
    assert sum(item.shares.values()) == 100
    assert item.shares["满意"] == Decimal("66.7")


def test_an_empty_cell_is_a_zero_where_the_votes_are_complete_without_it():
    item = _satisfaction({"item": "队伍", "valid": 18, "satisfied": 16, "mostly_satisfied": 2}).items[0]
    assert (item.dissatisfied, item.rate_a) == (0, Decimal("88.9"))


def test_an_empty_cell_is_unknown_where_votes_are_lacking():
    item = _satisfaction({"item": "队伍", "valid": 18, "satisfied": 16}).items[0]
    assert (item.satisfied, item.dissatisfied, item.rate_a, item.shares) == (16, None, None, None)


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
    item = _satisfaction({"item": "队伍", "valid": 0}).items[0]
    assert item.rate(formula) is None
