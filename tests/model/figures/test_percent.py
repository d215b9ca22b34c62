from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from docsmith.model.figures.percent import mean, percent, shares


def test_half_is_rounded_up():
    assert percent(1, 16) == Decimal("6.3")  # 6.25
    assert percent(17, 18) == Decimal("94.4")


def test_there_is_no_part_of_nothing():
    assert percent(0, 0) is None
    assert mean(()) is None
    assert shares((0, 0)) is None


def test_what_rounding_leaves_over_goes_to_the_largest_remainder():
    assert shares((1, 1, 1)) == (Decimal("33.4"), Decimal("33.3"), Decimal("33.3"))
    assert shares((2, 4, 1)) == (Decimal("28.6"), Decimal("57.1"), Decimal("14.3"))


def test_shares_of_counts_that_belong_together_add_up_to_their_rate():
    assert shares((14, 3), together=1) == (Decimal("82.4"), Decimal("17.6"))  # 82.35 and 17.65
    assert shares((16, 1, 1, 0), together=2) == (*map(Decimal, ("88.9", "5.5", "5.6", "0.0")),)  # 94.4


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6).filter(any), st.integers(0, 6))
def test_shares_add_up_and_stay_within_a_tenth(counts, together):
    found = shares(counts, together)
    assert sum(found) == 100
    assert sum(found[:together]) == percent(sum(counts[:together]), sum(counts))
    exact = [Decimal(count * 100) / sum(counts) for count in counts]
    assert all(abs(one - other) < Decimal("0.1") for one, other in zip(found, exact))
