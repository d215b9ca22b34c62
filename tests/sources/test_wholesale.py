"""Rows that are read together become what each becomes by itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.model.schema import Schema
from docsmith.model.values import CellError
from docsmith.sources import ImportRules
from docsmith.sources.binders import Binders
from docsmith.sources.binding import Bound, OwnedRow
from docsmith.sources.forms import Form, FormedTable
from docsmith.sources.notes import Notes
from docsmith.sources.recognise import recognise
from docsmith.sources.tables import RawTable

TITLES = ("支部", "类别", "日期", "时间", "主题", "应到", "备用")
CELLS = st.one_of(
    st.sampled_from(["党员大会", "支委会", "2026-03-05", "2026/3/5 14:30", "第一党支部", "18人", "", "无"]),
    st.sampled_from([None, 0, 1, True, 3.0, 18, dt.datetime(2026, 3, 5, 14, 30), dt.date(2026, 3, 5)]),
    st.text(max_size=5),
    st.lists(st.text(max_size=2), max_size=2),
)
GOOD = ("第一党支部", "党员大会", "2026-03-05 14:30", None, "学习", 18, None)
OWNERS = st.one_of(
    st.just("第一党支部"),
    st.just("第二党支部"),
    st.builds(CellError, st.just("x"), st.just("y"), st.just("")),
)
ROW = st.one_of(st.just(GOOD), st.tuples(*(CELLS for _title in TITLES)))


def table() -> FormedTable:
    schema = Schema.built_in()
    raw = RawTable("数据.xlsx", "组织生活", [TITLES])
    found = recognise(raw, schema, ImportRules(), Notes())
    assert found is not None
    assert found.layout is not None
    return FormedTable(raw.file, raw.sheet, Form.of(raw, found.sheet, found.layout))


TABLE = table()


def told(bound: Bound, notes: Notes) -> tuple[Any, ...]:
    records = [(record.values(), record.extra, record.origin) for record in bound.records]
    return repr(records), bound.failed, bound.failed_names, notes.findings


def bound_of(rows: list[OwnedRow], *, together: bool) -> tuple[Any, ...]:
    notes, whole = Notes(), Bound()
    binder = Binders(ImportRules()).of(TABLE.form)
    for piece in [rows] if together else [[row] for row in rows]:
        bound = binder.bind(TABLE, piece, notes)
        whole.records += bound.records
        whole.failed += bound.failed
        whole.failed_names += bound.failed_names
    return told(whole, notes)


@given(st.lists(st.tuples(ROW, OWNERS), max_size=40))
def test_rows_become_together_what_they_become_one_by_one(given_rows: Any) -> None:
    rows = [(index, row, owner) for index, (row, owner) in enumerate(given_rows, 1)]
    assert bound_of(rows, together=True) == bound_of(rows, together=False)


@pytest.mark.parametrize("at", [0, 7, 255, 256, 599])
def test_one_bad_cell_among_many_rows_fails_its_row_alone(at: int) -> None:
    rows: list[OwnedRow] = [(index, GOOD, "第一党支部") for index in range(1, 601)]
    rows[at] = (at + 1, (*GOOD[:2], "二月三十日", *GOOD[3:]), "第一党支部")
    notes = Notes()
    bound = Binders(ImportRules()).of(TABLE.form).bind(TABLE, rows, notes)
    assert [record.origin.row for record in bound.records] == [n + 1 for n in range(1, 601) if n != at + 1]
    assert [finding.place.cell for finding in notes.findings] == [f"C{at + 2}"]
    assert {record.values()["time"] for record in bound.records} == {"14:30"}
