"""A digest of raw rows tells apart whatever cells differ in, and nothing else."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.sources.digests import digest_of_values
from docsmith.sources.tables import BrokenCell

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(st.characters(), max_size=12),  # with lone surrogates, which a csv file may hold
    st.dates(),
    st.builds(BrokenCell, st.text(max_size=3)),
)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3).map(tuple), max_size=5)


def told(rows: Any) -> str:
    """Return what rows hold, with the types of the cells: 1 is neither 1.0 nor True."""
    return repr(rows)


@given(ROWS, ROWS)
def test_digest_is_the_same_for_the_same_rows_alone(one: Any, other: Any) -> None:
    assert (digest_of_values(one) == digest_of_values(other)) == (told(one) == told(other))


@given(ROWS)
def test_digest_does_not_depend_on_which_texts_are_one_object(rows: Any) -> None:
    assert digest_of_values(pickle.loads(pickle.dumps(rows))) == digest_of_values(rows)
    again = [tuple("".join(cell) if type(cell) is str else cell for cell in row) for row in rows]
    assert digest_of_values(again) == digest_of_values(rows)


def test_equal_texts_may_be_one_object_or_two() -> None:
    name = "第一党支部"
    copy = "".join(list(name))
    assert digest_of_values([(name, name)]) == digest_of_values([(name, copy)])


@pytest.mark.parametrize(
    ("one", "other"),
    [("1", 1), (1, 1.0), (1, True), ("", None), ("None", None), (dt.date(2026, 3, 5), "2026-03-05")],
)
def test_cells_of_different_types_have_different_digests(one: object, other: object) -> None:
    assert digest_of_values([(one,)]) != digest_of_values([(other,)])
