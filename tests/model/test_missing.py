"""The mark of a missing value: what a template may do with it without a mistake."""

from __future__ import annotations

import datetime as dt

import pytest

from docsmith.model.dates import PartialDate
from docsmith.model.missing import MISSING_TEXT, Missing


def test_a_mark_is_false_and_prints() -> None:
    mark = Missing("支部.书记")
    assert not mark
    assert str(mark) == MISSING_TEXT


@pytest.mark.parametrize("other", [3, 2.5, "文", dt.date(2026, 3, 5), PartialDate(2026, 3)])
def test_a_mark_is_neither_before_nor_after_anything(other: object) -> None:
    mark = Missing("x")
    assert not mark < other
    assert not mark > other
    assert not mark <= other
    assert not other < mark  # type: ignore[operator]


def test_a_part_of_a_mark_is_the_mark() -> None:
    mark = Missing("x")
    assert mark[0] is mark
    assert mark[:2] is mark
