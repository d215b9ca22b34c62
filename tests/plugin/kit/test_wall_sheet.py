"""Wall sheets: rows cut where a page ends, without losing or cutting a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docsmith.plugin.kit.layout import TextColumn
from docsmith.plugin.kit.wall_sheet import WallSheet

SHEET = WallSheet(TextColumn(10), first=4, later=8, lowest=2)


def test_rows_that_fit_stay_whole() -> None:
    rows = [[["甲"], []], [["乙"], ["丙"]]]
    assert list(SHEET.rows(rows)) == [(0, [["甲"], []]), (1, [["乙"], ["丙"]])]


def test_row_without_text_is_there_once() -> None:
    assert list(SHEET.rows([[[], []]])) == [(0, [[], []])]


def test_tall_row_fills_what_is_left_of_the_page_and_goes_on() -> None:
    texts = [str(number) for number in range(14)]
    parts = [part[0] for _position, part in SHEET.rows([[texts]])]
    assert [len(part) for part in parts] == [4, 8, 2]


def test_row_does_not_begin_in_a_small_rest_of_a_page() -> None:
    sheet = WallSheet(TextColumn(10), first=4, later=9, lowest=2)
    rows = list(sheet.rows([[["甲"]], [["一", "二", "三", "四", "五"]]]))
    assert rows == [(0, [["甲"]]), (1, [["一", "二", "三", "四", "五"]])]


@given(
    st.lists(
        st.lists(st.lists(st.text("长短", max_size=60), max_size=12), min_size=2, max_size=2), max_size=4
    )
)
def test_no_text_is_lost_or_moved_to_another_cell(rows: list[list[list[str]]]) -> None:
    put_together: list[list[list[str]]] = [[[], []] for _row in rows]
    for position, part in SHEET.rows(rows):
        for cell, texts in zip(put_together[position], part, strict=True):
            cell.extend(texts)
    assert put_together == rows
