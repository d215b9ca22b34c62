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


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6).filter(any))
def test_shares_add_up_and_stay_within_a_tenth(counts):
    found = shares(counts)
    assert sum(found) == 100
    exact = [Decimal(count * 100) / sum(counts) for count in counts]
    assert all(abs(one - other) < Decimal("0.1") for one, other in zip(found, exact))
