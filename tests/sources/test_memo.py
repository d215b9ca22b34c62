"""What is remembered of cells is never taken for what another cell says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.model.columns import Column, Kind
from docsmith.model.values import CellError, read_cell
from docsmith.sources.cells import CellReader
from docsmith.sources.memo import Memo, Memos
from docsmith.sources.tables import BrokenCell

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 2_000_000),
    st.floats(allow_nan=False),
    st.text(max_size=60),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.sampled_from([0.0, 1.0, 2.0, "1", "True", "2026-03-05", "无", "　张　三 "]),
)


def told(read: Callable[[Any], Any], cell: object) -> tuple[object, ...]:
    """Return what a reader says of a cell: a value and its type, or what is wrong."""
    try:
        value = read(cell)
    except CellError as error:
        return error.code, error.message
    return type(value), value


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CHOICE])
@given(cells=st.lists(CELLS, max_size=12))
def test_memo_gives_what_reading_gives_whatever_came_before(kind: Kind, cells: list[object]) -> None:
    column = Column("one", "一", kind)
    memo = Memo(CellReader(column))
    for cell in (*cells, *cells):
        assert told(memo.__getitem__, cell) == told(lambda one: read_cell(one, column), cell)


def test_memo_reads_once_and_keeps_no_long_text() -> None:
    read: list[object] = []
    memo = Memo(lambda cell: read.append(cell) or cell)
    for cell in ("短", "短", "长" * 100, "长" * 100, dt.date(2026, 3, 5), dt.date(2026, 3, 5)):
        memo[cell]
    assert read == ["短", "长" * 100, "长" * 100, dt.date(2026, 3, 5)]


def test_memo_stays_small_however_many_names_there_are() -> None:
    memo = Memo(CellReader(Column("one", "一", Kind.NAME)))
    for number in range(12_000):
        memo[f"张{number}"]
    assert len(memo) <= 4_000


def test_memo_raises_for_what_is_no_value() -> None:
    memo = Memo(CellReader(Column("one", "一", Kind.TEXT)))
    with pytest.raises(TypeError):
        memo[["张三"]]
    with pytest.raises(CellError):
        memo[BrokenCell("#REF!")]


def test_columns_that_read_alike_share_a_memo_and_others_do_not() -> None:
    memos = Memos()
    born, joined = Column("born_on", "出生", Kind.DATE), Column("joined_on", "入党", Kind.DATE)
    assert memos.of(born, {}) is memos.of(joined, {})
    assert memos.of(born, {}) is not memos.of(joined._replace(required=True), {})
    answer = Column("answer", "答", Kind.CHOICE, choices={"是": ("对",)})
    assert memos.of(answer, {}) is not memos.of(answer._replace(choices={"是": ()}), {})
    assert memos.of(answer, {"在": "是"})["在"] == "是"
