"""Numbers, dates and names as Chinese offices write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from docsmith.model import wording
from docsmith.model.dates import PartialDate


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "零"), (1, "一"), (10, "十"), (11, "十一"), (12, "十二"), (20, "二十"),
        (21, "二十一"), (99, "九十九"),
        (100, "一百"), (105, "一百零五"), (110, "一百一十"), (115, "一百一十五"), (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"), (2026, "二千零二十六"), (10_000, "一万"), (10_010, "一万零一十"),
        (12_345, "一万二千三百四十五"),
        (100_000, "十万"), (105_000, "十万五千"), (20_000_001, "二千万零一"),
    ],
)  # fmt: skip
def test_chinese_number_reads_as_it_is_said(number: int, expected: str) -> None:
    assert wording.chinese_number(number) == expected


@pytest.mark.parametrize("number", [-1, 10**8])
def test_chinese_number_refuses_what_it_has_no_words_for(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        wording.chinese_number(number)


def test_dates_have_four_forms() -> None:
    day, month = dt.date(2026, 11, 21), PartialDate(1993, 10)
    assert [wording.official_date(day), wording.official_date(month)] == ["2026年11月21日", "1993年10月"]
    assert [wording.dotted_date(day), wording.dotted_date(month)] == ["2026.11.21", "1993.10"]
    assert [wording.official_month(day), wording.official_month(month)] == ["2026年11月", "1993年10月"]
    assert wording.chinese_date(day) == "二〇二六年十一月二十一日"
    assert wording.chinese_date(month) == "一九九三年十月"


@pytest.mark.parametrize(
    ("name", "padded"),
    [
        ("张三", "张\u3000三"),
        ("王小二", "王小二"),
        ("欧阳锋", "欧阳锋"),
        ("Li", "Li"),
        ("李", "李"),
        ("𠮷田", "𠮷\u3000田"),
        ("", ""),
    ],
)
def test_names_of_two_characters_are_padded(name: str, padded: str) -> None:
    assert wording.pad_name(name) == padded


@pytest.mark.parametrize(
    ("number", "places", "expected"),
    [
        ("40", 1, "40.0%"), ("100.0", 1, "100.0%"), ("0", 1, "0.0%"), ("96.45", 1, "96.5%"),
        ("12.5", 0, "13%"), ("66.666", 2, "66.67%"),
    ],
)  # fmt: skip
def test_percent_rounds_half_up_and_keeps_its_decimals(number: str, places: int, expected: str) -> None:
    assert wording.percent(Decimal(number), places) == expected


def test_names_are_joined_without_the_empty_ones() -> None:
    assert wording.join_names(["甲", "", "乙"]) == "甲、乙"
