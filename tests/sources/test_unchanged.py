"""Cells that are read a column at a time become what each becomes by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docsmith.model.columns import Column, Kind
from docsmith.model.values import CellError
from docsmith.sources.cells import CellReader
from docsmith.sources.memo import Memo
from docsmith.sources.wholesale import reader_of_column

TEXTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["", "张三", " 张　三 ", "无", "/", "一\r\n二", "一\x0b二", "\xa0", "1E5", "11010519491231002x"]
    ),
)
COLUMN_OF_TEXTS = st.lists(TEXTS | st.none(), max_size=8)
COLUMN_OF_CELLS = st.lists(TEXTS | st.none() | st.booleans() | st.integers(0, 9), max_size=8)


def told(read: Callable[[], list[Any]]) -> list[Any] | str:
    try:
        return read()
    except CellError as error:
        return error.code


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CHOICE])
@pytest.mark.parametrize(("required", "default"), [(False, None), (True, None), (False, "默认")])
@given(cells=COLUMN_OF_TEXTS | COLUMN_OF_CELLS)
@example(cells=["张三", None, "李四"])
@example(cells=["张三", "", "李四"])
@example(cells=["一 二", "　三"])
def test_a_column_reads_as_its_cells_do(
    kind: Kind, required: bool, default: str | None, cells: list[Any]
) -> None:
    column = Column("one", "一", kind, required=required, default=default)
    read_one = CellReader(column)
    together = told(lambda: list(reader_of_column(column, {}, Memo(CellReader(column)))(cells)))
    assert together == told(lambda: [read_one(cell) for cell in cells])


def test_the_words_of_a_unit_are_understood_in_a_column() -> None:
    column, meant = Column("one", "一", Kind.TEXT), {"甲": "第一"}
    assert reader_of_column(column, meant, Memo(CellReader(column, meant)))(["甲", "乙"]) == ["第一", "乙"]
