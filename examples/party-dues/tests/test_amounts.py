"""What is due, at the edges of each band, and amounts as a register writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from docsmith_party_dues.amounts import amount, in_capitals, monthly, written


@pytest.mark.parametrize(
    ("basis", "base", "due"),
    [
        ("在职", "3000", "15.00"),
        ("在职", "3000.01", "30.00"),
        ("在职", "5000", "50.00"),
        ("在职", "5001", "75.02"),
        ("在职", "10000", "150.00"),
        ("在职", "10001", "200.02"),
        ("离退休", "5000", "25.00"),
        ("离退休", "5001", "50.01"),
        ("定额", "0.2", "0.20"),
    ],
)
def test_dues_follow_the_bands_of_income(basis: str, base: str, due: str) -> None:
    assert str(monthly(basis, Decimal(base))) == due


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.60", "陆角整"),
        ("10", "壹拾元整"),
        ("102.50", "壹佰零贰元伍角整"),
        ("1000.03", "壹仟元零叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("100500", "壹拾万零伍佰元整"),
        ("100000000", "壹亿元整"),
    ],
)
def test_amount_in_capitals_reads_as_on_a_cheque(yuan: str, text: str) -> None:
    assert in_capitals(Decimal(yuan)) == text


@pytest.mark.parametrize("text", ["", "（待补充）", "八百", "-5.00", "1.234", "12e3"])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert amount(text) is None


def test_amount_is_read_as_it_was_written() -> None:
    assert amount(written(Decimal("1250.5"))) == Decimal("1250.50")
