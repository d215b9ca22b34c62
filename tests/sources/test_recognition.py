"""Tables of other systems are recognised by name, file or headers; what is not certain is said."""

from pathlib import Path
from typing import Any

import pytest

from docsmith.errors import UsageError
from docsmith.model.findings import Severity
from docsmith.model.schema import Schema
from docsmith.sources import ImportRules
from tests.beside import SHARED
from tests.sources.making import by_code, found, read, read_sheets, workbook

MEMBERS = [("所在党支部", "姓名", "性别", "入党时间"), ("第一党支部", "方可", "男", "2010.7")]
CORPUS = SHARED / "corpus" / "party-system"


@pytest.mark.parametrize(
    "title", ["党员", "members", "党员名册", " 党 员（在职）", "党员花名册2026", "Sheet1", "附件1"]
)
def test_members_are_recognised_whatever_the_sheet_is_called(tmp_path: Path, title: str) -> None:
    assert len(read_sheets(tmp_path, {title: MEMBERS}).tables["members"]) == 1


def test_file_name_says_what_sheet1_is(tmp_path: Path) -> None:
    rows = [("支部", "日期", "主持人", "主要内容", "类型"), ("一支部", "2026-03-05", "方可", "学习", "党课")]
    path = workbook(tmp_path / "三会一课录入样表.xlsx", {"Sheet1": rows})
    dataset = read(path, year=2026)
    assert [a.kind for a in dataset.tables["activities"]] == ["党课"]
    assert "组织生活" in by_code(dataset.findings, "sheet-recognised")[0].message


def test_table_that_could_be_two_sheets_lists_both(tmp_path: Path) -> None:
    rows = [("支部", "责任人", "措施", "工作任务", "主要问题"), ("第一党支部", "方可", "学", "学习", "少")]
    dataset = read_sheets(tmp_path, {"Sheet1": rows})
    (finding,) = by_code(dataset.findings, "sheet-ambiguous")
    assert "工作计划" in finding.message
    assert "问题清单" in finding.message
    assert dataset.tables["plans"] == dataset.tables["problems"] == ()


@pytest.mark.parametrize(
    ("file", "header"),
    [
        ("党费.xlsx", ("学工号", "姓名", "所在党支部", "缴费类型", "起始月份", "金额", "备注")),
        ("党员民主评议.xlsx", ("学工号", "姓名", "所在党支部", "党籍状态", "评议结果")),
        ("党员培训情况.xlsx", ("姓名", "所在党支部", "性别", "职务", "培训时间", "学时")),
    ],
)
def test_table_that_only_names_members_is_not_read_as_the_members(
    tmp_path: Path, file: str, header: tuple[str, ...]
) -> None:
    row = tuple("方可" if title == "姓名" else "第一党支部" for title in header)
    dataset = read(workbook(tmp_path / file, {"Sheet1": [header, row]}))
    assert dataset.tables["members"] == ()
    (finding,) = by_code(dataset.findings, "sheet-ambiguous")
    assert (finding.severity, finding.place.file) == (Severity.ERROR, file)
    assert "党员" in finding.message
    assert "[import.files]" in finding.hint


def test_unit_is_known_by_its_labels_whatever_their_wording(tmp_path: Path) -> None:
    labels = [
        ("基本情况表",),
        ("填报单位", "云屏县科技馆"),
        ("填报年度", "2026年"),
        ("填报时间", "2026.12.1"),
    ]
    unit = read(workbook(tmp_path / "a.xlsx", {"基本情况": labels})).unit
    assert (unit.name, unit.year) == ("云屏县科技馆", 2026)


@pytest.mark.parametrize(
    ("settings", "nearest"),
    [
        ({"fils": {}}, "files"),
        ({"files": {"a.xlsx": "党圆"}}, "党员"),
        ({"columns": {"党员": {"电话": "手机号"}}}, "手机号码"),
        ({"values": {"党员": {"党籍状态": {"在册": "在编"}}}}, "正式党员"),
    ],
)
def test_setting_that_names_nothing_known_is_refused_with_the_nearest(
    settings: dict[str, Any], nearest: str
) -> None:
    with pytest.raises(UsageError) as caught:
        ImportRules.from_table(settings, Schema.built_in())
    assert nearest in caught.value.hint


def test_people_on_their_way_keep_their_stage_and_the_branch_that_guides_them(tmp_path: Path) -> None:
    rows = [
        ("学工号", "姓名", "联系党支部", "提交书面申请书时间", "入党时间", "当前发展阶段", "备注"),
        ("2017001", "方可", "第一党支部", "2016.3.1", None, "列入发展计划", "外出"),
    ]
    (member,) = read(workbook(tmp_path / "发展党员录入样表.xlsx", {"Sheet1": rows})).tables["members"]
    assert (member.branch, member.status) == ("第一党支部", "发展对象")


def test_table_that_is_nothing_known_is_an_error_and_notes_are_not(tmp_path: Path) -> None:
    menu = [("早餐", "午餐"), ("豆浆", "米饭")]
    dataset = read_sheets(tmp_path, {"食谱": menu, "填写说明": [("请先填写支部",), ("再填党员",)]})
    assert [f.place.sheet for f in by_code(dataset.findings, "sheet-unknown") if f.severity == "error"] == [
        "食谱"
    ]


def test_named_sheet_without_its_header_is_an_error(tmp_path: Path) -> None:
    dataset = read_sheets(tmp_path, {"党员": [("甲", "乙"), ("1", "2")]})
    assert found(dataset) == [("header-missing", "")]


def test_import_rules_say_sheet_column_and_value(tmp_path: Path) -> None:
    rules = ImportRules.from_table(
        {
            "files": {"*.xlsx/Sheet1": "党员"},
            "columns": {"党员": {"人员姓名（全）": "姓名", "组织": "支部"}},
            "values": {"党员": {"党籍状态": {"在册": "正式党员"}}},
        },
        Schema.built_in(),
    )
    rows = [("组织", "人员姓名", "党籍状态"), ("第一党支部", "方可", "在册")]
    dataset = read_sheets(tmp_path, {"Sheet1": rows}, imports=rules)
    (member,) = dataset.tables["members"]
    assert (member.name, member.status, found(dataset)) == ("方可", "正式党员", [])


@pytest.mark.parametrize(
    "table",
    [
        {"file": {}},
        {"files": {"a": "没有"}},
        {"files": {"a": 1}},
        {"columns": {"党员": {"a": "没有"}}},
        {"columns": {"党员": "姓名"}},
        {"values": {"党员": {"没有": {"a": "b"}}}},
        {"values": []},
    ],
)
def test_wrong_import_rules_are_refused(table: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        ImportRules.from_table(table, Schema.built_in())


@pytest.mark.skipif(
    not CORPUS.is_dir(), reason="needs the two real import sheets, which are not ours to ship"
)
def test_real_import_sheets_are_read_and_what_they_lack_is_named() -> None:
    dataset = read(CORPUS)
    (member,) = dataset.tables["members"]
    (activity,) = dataset.tables["activities"]
    assert (member.name, member.joined_on.iso(), member.full_on.iso()) == ("张三", "2017-06-09", "2018-06-09")
    assert member.branch == "教育学部高精尖党支部"
    assert member.extra["学工号"] == "11312018275"
    assert (activity.kind, activity.date.iso(), activity.time) == ("支部党员大会", "2019-02-03", "14:30")
    assert [branch.code for branch in dataset.branches] == ["020100080", "00000011"]
    said = " ".join(f.message for f in dataset.findings)
    assert all(word in said for word in ("类型", "活动名称", "应到人数", "身份证号"))
    assert [code for code, _cell in found(dataset)] == ["branches-missing", "unit-missing", "year-from-dates"]
