"""The JSON Schema of data files: it agrees with what docsmith reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.dataset import Dataset
from docsmith.model.schema import Schema
from docsmith.sources import ImportRules, load
from docsmith.sources.data_schema import data_schema
from docsmith.sources.headers import keys_of
from docsmith.sources.keys import header_key
from tests.sources.making import write_dataset

SCHEMA = Schema.built_in().with_columns(
    "members", [Column("dues", "应缴党费", Kind.NUMBER), Column("photo", "照片", Kind.PICTURE)]
)
CHECKER = Draft202012Validator(data_schema(SCHEMA, SCHEMA.sheets, "数据"))
SAMPLE = Path(__file__).parents[2] / "fixtures" / "示例单位" / "数据.xlsx"
BRANCH = "第一党支部"
LEAST = {"unit": {"name": "示例研究所", "year": 2026}, "branches": [{"name": BRANCH}]}

TEXT = st.one_of(
    st.text("学习abc 一二三、。\n１２", max_size=12), st.integers(0, 10**9), st.booleans(), st.none()
)
COUNTS = ("18人", " 7", "１２", "3.0", "1,200", "", "5人次")
DATES = ("2026-03-05", "2026年3月", "二〇二六年三月五日", "2026.3.5 14:30", "２０２６/1/2", "无", "—", "")
VALUES: Mapping[Kind, st.SearchStrategy[Any]] = {
    Kind.COUNT: st.one_of(st.integers(0, 500), st.sampled_from(COUNTS), st.none()),
    Kind.YEAR: st.sampled_from((2026, "2026年", "二〇二六年度", "２０２６")),
    Kind.DATE: st.one_of(st.sampled_from((*DATES, 20260305, 2026.5)), st.none()),
    Kind.NAMES: st.one_of(TEXT, st.lists(st.sampled_from(("张三", "李四")))),
    Kind.NUMBER: st.one_of(
        st.sampled_from(("12.50元", "-3分", "１２.5", "1,200", "")), st.floats(0, 100, width=16), st.none()
    ),
    Kind.PICTURE: st.sampled_from(("照片/张三.jpg", "a.PNG", "无", "", None)),
    Kind.TIME: st.sampled_from(("14:30", "下午2点", "上午", None)),
}


def names_of(sheet: Sheet, column: Column) -> list[str]:
    """Return everything that a column may be called."""
    words = (column.name, column.title, *column.synonyms)
    return [word for word in words if word == column.name or keys_of(sheet)[header_key(word)][1] is column]


def value_of(column: Column) -> st.SearchStrategy[Any]:
    if column.name == "branch":
        return st.just(BRANCH)
    if column.choices:
        spelt = [*column.choices, *(one for others in column.choices.values() for one in others)]
        return st.sampled_from([*spelt, "", None, *([True, False] if "是" in column.choices else [])])
    return VALUES.get(column.kind, TEXT)


@st.composite
def rows_of(draw: st.DrawFn, sheet: Sheet) -> dict[str, Any]:
    """Draw one row: what it must have, and some of what it may, under any of the names."""
    row = {}
    for column in sheet.columns:
        if column.required or draw(st.integers(0, 2)) == 0:
            row[draw(st.sampled_from(names_of(sheet, column)))] = draw(value_of(column))
    return row


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a file with one more sheet than it needs; most of what is drawn can be read."""
    unit, sheet = SCHEMA.sheets["unit"], draw(st.sampled_from(list(SCHEMA.sheets.values())[2:]))
    row = draw(rows_of(sheet))
    return {
        draw(st.sampled_from(("unit", "单位"))): draw(rows_of(unit)),
        draw(st.sampled_from(("branches", "支部"))): draw(
            st.sampled_from(({"name": BRANCH}, [{"支部名称": BRANCH}]))
        ),
        draw(st.sampled_from((sheet.name, sheet.title))): draw(st.sampled_from(([row], row, [], None))),
    }


def read(folder: Path, content: object) -> Dataset:
    path = folder / "数据.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return load([path], SCHEMA, ImportRules())


def problems(content: object) -> list[str]:
    return [error.message for error in CHECKER.iter_errors(content)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(CHECKER.schema)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(files())
def test_what_is_read_without_a_finding_conforms(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, Any]
) -> None:
    dataset = read(tmp_path_factory.getbasetemp(), content)
    assume(not dataset.findings)
    assert problems(content) == []


@pytest.mark.parametrize(
    "content", [LEAST, {**LEAST, "$schema": "schema.json"}], ids=["plain", "with $schema"]
)
def test_the_least_that_is_read_without_a_finding_conforms(tmp_path: Path, content: dict[str, Any]) -> None:
    assert read(tmp_path, content).findings == ()
    assert problems(content) == []


def test_what_convert_writes_conforms(tmp_path: Path) -> None:
    write_dataset(load([SAMPLE], SCHEMA, ImportRules()), tmp_path / "out.json")
    assert problems(json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))) == []


WRONG: Mapping[str, dict[str, Any]] = {
    "an unknown sheet": {"成员": []},
    "an unknown column": {"members": [{"branch": BRANCH, "姓名": "张三", "血型": "A"}]},
    "a missing value": {"members": [{"branch": BRANCH}]},
    "an empty value": {"members": [{"branch": BRANCH, "name": " "}]},
    "no row": {"members": ["张三"]},
    "a text for a sheet": {"members": "张三"},
    "a value inside a value": {"members": [{"branch": BRANCH, "name": {"first": "三"}}]},
    "no date": {"talks": [{"branch": BRANCH, "日期": "明天", "谈话人": "张三", "谈话对象": "李四"}]},
    "no choice": {"members": [{"branch": BRANCH, "name": "张三", "性别": "未知"}]},
    "no number": {"ballots": [{"branch": BRANCH, "测评项目": "总体评价", "满意": "很多"}]},
    "no amount": {"members": [{"branch": BRANCH, "name": "张三", "应缴党费": "免"}]},
    "no picture": {"members": [{"branch": BRANCH, "name": "张三", "照片": "照片/张三.docx"}]},
    "less than nothing": {"ballots": [{"branch": BRANCH, "测评项目": "总体评价", "满意": -1}]},
    "no year": {"unit": {"name": "示例研究所", "year": "今年"}},
    "no unit": {"unit": None},
}


@pytest.mark.parametrize("sheets", WRONG.values(), ids=list(WRONG))
def test_both_refuse(tmp_path: Path, sheets: dict[str, Any]) -> None:
    content = {key: value for key, value in {**LEAST, **sheets}.items() if value is not None}
    assert problems(content)
    assert read(tmp_path, content).findings


def test_sheets_that_a_type_does_not_use_are_not_looked_into() -> None:
    checker = Draft202012Validator(data_schema(SCHEMA, ["members"], "名册"))
    assert list(checker.iter_errors({**LEAST, "谈心谈话": [{"anything": 1}]})) == []
    assert list(checker.iter_errors({**LEAST, "党员": [{"anything": 1}]}))


def test_an_editor_is_told_what_a_column_is() -> None:
    columns = CHECKER.schema["$defs"]
    assert columns["members.born_on"] == {
        "title": "出生日期",
        "examples": ["1985-03-05"],
        "type": ["string", "number", "null"],
        "pattern": columns["members.born_on"]["pattern"],
    }
    assert columns["members.gender"]["enum"][:2] == ["男", "女"]
    assert columns["branches.covered_units"]["description"] == "联合支部填写"
    assert columns["branches.term_years"]["default"] == 3
    assert columns["members.row"]["properties"]["党员姓名"]["deprecated"]


@pytest.mark.parametrize(
    "title", ["姓名（必填）", "*姓名", "姓 名", "姓名：", " 姓名 ", "姓名[与身份证一致]"]
)
def test_titles_with_blanks_stars_and_notes_conform_as_they_are_read(tmp_path: Path, title: str) -> None:
    content = {**LEAST, "members": [{title: "张三", "branch": BRANCH}]}
    assert [one.code for one in read(tmp_path, content).findings if one.code == "column-unknown"] == []
    assert not any("additional" in one.lower() or title in one for one in problems(content))
