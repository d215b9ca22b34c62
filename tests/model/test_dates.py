"""Dates of day and month precision: order, arithmetic, and the official form."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.model.dates import PartialDate

days = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 12, 31)).map(PartialDate.of)
months = days.map(lambda date: PartialDate(date.year, date.month))
partial = days | months


@given(partial)
def test_iso_form_comes_back_the_same(date):
    assert PartialDate.from_iso(date.iso()) == date


@given(partial, partial)
def test_order_is_that_of_the_first_day_meant(one, other):
    assert (one < other) == ((one.first, one.day or 0) < (other.first, other.day or 0))
    assert one.first <= one.last


@given(partial)
def test_printed_form_has_no_leading_zeros(date):
    day = f"{date.day}日" if date.day else ""
    assert str(date) == f"{date.year}年{date.month}月{day}"


@pytest.mark.parametrize("parts", [(2026, 2, 30), (2026, 13, None), (2026, 0, 1), (0, 1, 1)])
def test_date_that_the_calendar_lacks_is_refused(parts):
    with pytest.raises(ValueError, match=r"month|day|year"):
        PartialDate(*parts)


@pytest.mark.parametrize("text", ["2026", "2026-1-1-1", "2026/01/01", ""])
def test_other_forms_are_no_iso_date(text):
    with pytest.raises(ValueError, match=r".*"):
        PartialDate.from_iso(text)


def test_leap_day_moves_to_the_28th():
    assert PartialDate(2024, 2, 29).plus_years(3) == PartialDate(2027, 2, 28)
    assert PartialDate(2024, 2, 29).plus_years(4) == PartialDate(2028, 2, 29)
    assert PartialDate(2024, 2).plus_years(1) == PartialDate(2025, 2)


@pytest.mark.parametrize(
    ("born", "at", "age"),
    [
        (PartialDate(1990, 3, 5), PartialDate(2026, 3, 4), 35),
        (PartialDate(1990, 3, 5), PartialDate(2026, 3, 5), 36),
        (PartialDate(1990, 3), PartialDate(2026, 2, 28), 35),
        (PartialDate(1990, 3), PartialDate(2026, 3, 1), 36),
    ],
)
def test_age_counts_completed_years(born, at, age):
    assert born.full_years_until(at) == age
