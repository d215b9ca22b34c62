"""Estimates for long tables, and words set for narrow columns."""

from __future__ import annotations

import pytest

from docsmith.model.dates import PartialDate
from docsmith.plugin.kit.layout import TablePages, date_lines, empty_rows, name_lines, row_height


def test_empty_rows_fill_what_is_left_of_the_page() -> None:
    row = row_height(1)
    assert empty_rows([], 5 * row + 1) == 5
    assert empty_rows([row, row_height(4)], 5 * row + 1) == int((4 * row + 1 - row_height(4)) // row)


def test_last_rows_stand_on_the_page_of_what_comes_below_them() -> None:
    pages = TablePages(first=30, later=50, kept=2, below=20)
    assert pages.of_rows([10, 10, 10]) == [0, 1, 1]
    assert pages.of_rows([5, 5]) == [0, 0]
    assert pages.of_rows([]) == []


def test_last_rows_that_no_page_holds_stand_where_there_is_room() -> None:
    assert TablePages(first=30, later=50, kept=2, below=20).of_rows([10, 30, 30]) == [0, 1, 2]


def test_full_page_gets_no_empty_rows() -> None:
    assert empty_rows([100.0], 80) == 0


@pytest.mark.parametrize(
    ("date", "shown"),
    [(PartialDate(2026, 12, 8), "2026年\n12月8日"), (PartialDate(2026, 6), "2026年\n6月")],
)
def test_date_breaks_behind_the_year(date: PartialDate, shown: str) -> None:
    assert date_lines(date) == shown


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ("张三", "张　三"),
        ("张三、欧阳修文", "张　三\n欧阳修文"),
        ("张三，李四；王小明", "张　三\n李　四\n王小明"),
        ("买买提·艾力", "买买提·\n艾力"),
        ("阿·木尔", "阿·木尔"),
        ("买合木提江·阿布都克里木", "买合木提江·阿布都克里木"),
        ("各支委", "各支委"),
    ],
)
def test_names_stand_one_to_a_line(names: str, shown: str) -> None:
    assert name_lines(names) == shown
