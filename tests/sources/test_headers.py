"""Headers are found and understood wherever they stand and however they are worded."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.model.findings import Severity
from docsmith.model.schema import Schema
from docsmith.sources.headers import keys_of
from docsmith.sources.keys import header_key
from tests.sources.making import BRANCHES, UNIT, by_code, found, read, read_sheets

TITLES = sorted({c.title for sheet in Schema.built_in().sheets.values() for c in sheet.columns})
MARKED = [
    "*{}",
    "{}*",
    "★{}",
    "{}：",
    "{}（必填）",
    "{}\n(年月日)",
    "{}【填全称】",
    " {} ",
    "　{}　",
    "1.{}",
    "{}（未闭合",
]


@given(st.sampled_from(TITLES), st.lists(st.sampled_from(MARKED), max_size=2, unique=True))
def test_header_is_understood_with_every_mark_around_it(title: str, marks: list[str]) -> None:
    text = title
    for mark in marks:
        text = mark.format(text)
    assert header_key(text) == title


@given(st.sampled_from(TITLES), st.integers(1, 6))
def test_header_is_understood_with_blanks_inside_it(title: str, at: int) -> None:
    assert header_key(f"{title[:at]} 　{title[at:]}") == title


@pytest.mark.parametrize(
    ("sheet", "header", "name"),
    [
        ("members", "入党时间", "joined_on"),
        ("members", "转正时间", "full_on"),
        ("members", "身份证号码", "id_number"),
        ("members", "公民身份号码", "id_number"),
        ("members", "手机", "mobile"),
        ("members", "手机号", "mobile"),
        ("members", "联系电话", "mobile"),
        ("members", "所在党支部", "branch"),
        ("members", "党支部", "branch"),
        ("members", "支部名称", "branch"),
        ("members", "党籍状态（正式党员或预备党员）", "status"),
        ("activities", "会议类型", "kind"),
        ("activities", "活动类型", "kind"),
        ("activities", "会议时间", "date"),
        ("activities", "活动时间", "date"),
        ("activities", "会议名称", "topic"),
        ("activities", "活动主题", "topic"),
    ],
)
def test_synonyms_of_the_contract_are_known(sheet: str, header: str, name: str) -> None:
    assert keys_of(Schema.built_in().sheets[sheet])[header_key(header)][1].name == name


@pytest.mark.parametrize(
    "header",
    [
        "【姓名】",
        "▲姓名",
        "一、姓名",
        "2. 姓名",
        "姓名必填",
        "姓名-选填项",
        "“姓名”",
        "姓名？",
        "* 姓\u3000名（必填",
    ],
)
def test_marks_numbers_and_hints_are_no_part_of_a_header(header: str) -> None:
    assert header_key(header) == "姓名"


def test_pattern_of_a_date_is_no_part_of_a_header() -> None:
    assert {header_key(text) for text in ("出生日期 yyyy-mm-dd", "出生日期YYYY/MM", "出生日期")} == {
        "出生日期"
    }


@pytest.mark.parametrize(
    "header", ["入党时所在党支部", "所在党支部编码", "所在分党委", "转正时所在党支部", "入党介绍人"]
)
def test_near_misses_are_not_taken_for_a_column(header: str) -> None:
    assert header_key(header) not in keys_of(Schema.built_in().sheets["members"])


def test_title_hints_and_empty_rows_above_and_below_the_header_are_passed_over(tmp_path: Path) -> None:
    rows = [
        ("党员基本情况登记表",),
        (),
        ("必填", "必填", "选填"),
        ("所在党支部", "*姓  名", "出生日期\n（年月日）"),
        ("下拉选择", "必填", "如1985-03-05"),
        (),
        ("第一党支部", "方可", "1985.3.5"),
        (),
        ("第二党支部", "简宁", "1979年4月"),
        ("  ", None, "　"),
    ]
    dataset = read_sheets(tmp_path, {"党员": rows})
    assert [(m.branch, m.name, m.where("name").cell) for m in dataset.tables["members"]] == [
        ("第一党支部", "方可", "B7"),
        ("第二党支部", "简宁", "B9"),
    ]
    assert found(dataset) == []


def test_sheet_that_does_not_start_at_a1_keeps_its_cells(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "支部"
    sheet["D7"], sheet["E7"], sheet["D8"], sheet["E8"] = "支部名称", "成立时间", "第一党支部", "不详"
    sheet["D9"] = "第二党支部"
    made.save(tmp_path / "a.xlsx")
    dataset = read(tmp_path / "a.xlsx")
    assert ("date-unreadable", "E8") in found(dataset)
    assert [branch.where("name").cell for branch in dataset.branches] == ["D9"]


def test_cells_merged_downwards_give_their_value_to_every_row(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.title = "支部"
    for row in BRANCHES:
        made.active.append(row)
    sheet = made.create_sheet("党员")
    for row in [("党员名册",), ("支部", "姓名"), ("第一党支部", "方可"), (None, "简宁"), (None, None)]:
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("A3:A5")
    made.save(tmp_path / "a.xlsx")
    members = read(tmp_path / "a.xlsx").tables["members"]
    assert [(m.branch, m.name) for m in members] == [("第一党支部", "方可"), ("第一党支部", "简宁")]


def test_header_of_two_rows_with_merged_cells_is_read(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "党员"
    for row in [
        ("支部", "姓名", "入党情况", None),
        (None, None, "入党时间", "转正时间"),
        ("一支部", "方可", "2010.7", "2011.7"),
    ]:
        sheet.append(row)
    for cells in ("A1:A2", "B1:B2", "C1:D1"):
        sheet.merge_cells(cells)
    made.save(tmp_path / "a.xlsx")
    (member,) = read(tmp_path / "a.xlsx").tables["members"]
    assert (member.name, member.full_on.iso()) == ("方可", "2011-07")


@pytest.mark.parametrize(
    "row",
    [
        ("示例", "张三"),
        ("例", "张三"),
        ("例1：第一党支部", "张三"),
        ("填表示例", "张三"),
        ("示例：第一党支部", "张三"),
        ("第一党支部", "示例：张三"),
        ("第一党支部", "张三（示例）"),
        ("（示例）第一党支部", "张三"),
        ("示例（本行请删除）", "张三"),
        ("第一党支部", "张三", "示例"),
    ],
)
def test_example_row_is_left_out_and_said(tmp_path: Path, row: tuple[object, ...]) -> None:
    dataset = read_sheets(tmp_path, {"党员": [("支部", "姓名", "备注"), row, ("第一党支部", "方可", "无")]})
    assert [m.name for m in dataset.tables["members"]] == ["方可"]
    assert [f.severity for f in by_code(dataset.findings, "row-example")] == [Severity.INFO]


def test_word_example_in_real_data_is_no_mark(tmp_path: Path) -> None:
    rows = [("支部", "姓名", "所在部门", "备注"), ("第一党支部", "方可", "示例研究所", "示例：见附件")]
    assert len(read_sheets(tmp_path, {"党员": rows}).tables["members"]) == 1


def test_note_below_the_table_is_said_and_not_an_error(tmp_path: Path) -> None:
    rows = [("支部", "姓名"), ("第一党支部", "方可"), ("填写说明：\n1. 请勿改动表头",), ("合计", None)]
    dataset = read_sheets(tmp_path, {"党员": rows})
    assert len(dataset.tables["members"]) == 1
    assert len(by_code(dataset.findings, "row-note")) == 2
    assert found(dataset) == []


@pytest.mark.parametrize("mark", ["合计", "总　计", "共计1人", "小计："])
def test_total_is_a_note_wherever_it_stands_first(tmp_path: Path, mark: str) -> None:
    rows = [("序号", "支部", "姓名"), (1, "第一党支部", "方可"), (mark, None, "1人"), (None, mark, "1人")]
    dataset = read_sheets(tmp_path, {"党员": rows})
    assert [m.name for m in dataset.tables["members"]] == ["方可"]
    assert found(dataset) == []
    assert [f.place.cell for f in by_code(dataset.findings, "row-note")] == ["A3", "B4"]


def test_signatures_below_a_table_are_a_note(tmp_path: Path) -> None:
    rows = [
        ("支部", "活动类型", "日期", "地点"),
        ("第一党支部", "支部党员大会", "2026-03-05", "会议室"),
        ("填表人：方可", "审核人：简宁", "填报日期：2026年12月8日", ""),
    ]
    dataset = read_sheets(tmp_path, {"支部": [("支部名称",), ("第一党支部",)], "组织生活": rows})
    assert len(dataset.tables["activities"]) == 1
    assert [f.place.cell for f in by_code(dataset.findings, "row-note")] == ["A3"]


def test_title_of_a_further_page_is_a_note(tmp_path: Path) -> None:
    rows = [
        ("党员花名册",),
        ("支部", "姓名"),
        ("第一党支部", "方可"),
        ("党员花名册（续）",),
        ("第二党支部", "简宁"),
    ]
    dataset = read_sheets(tmp_path, {"党员": rows})
    assert [m.name for m in dataset.tables["members"]] == ["方可", "简宁"]
    assert [f.place.cell for f in by_code(dataset.findings, "row-note")] == ["A4"]


@pytest.mark.parametrize(
    "hints",
    [
        ("文本", "文本", "单选", "日期"),
        ("下拉选", "姓名", "男/女", "yyyy.mm"),
        ("18位", "（文本）", "是/否", "无"),
    ],
)
def test_row_of_hints_below_the_header_is_no_data(tmp_path: Path, hints: tuple[str, ...]) -> None:
    rows = [("支部", "姓名", "性别", "出生日期"), hints, ("第一党支部", "方可", "男", "1980.5")]
    dataset = read_sheets(tmp_path, {"党员": rows})
    assert [m.name for m in dataset.tables["members"]] == ["方可"]
    assert found(dataset) == []


def test_bad_rows_that_speak_of_filling_in_are_still_errors(tmp_path: Path) -> None:
    rows = [
        ("支部", "存在问题", "整改措施", "整改时限"),
        ("别的党支部", "会议记录填写不规范", "统一格式后重新填写", None),
        ("第一党支部", "台账填写不及时", "按格式补填写", "2026-13-45"),
    ]
    dataset = read_sheets(tmp_path, {"问题清单": rows})
    assert found(dataset) == [("branch-unknown", "A2"), ("date-impossible", "D3")]


def test_rows_with_only_a_running_number_are_empty(tmp_path: Path) -> None:
    rows = [("序号", "支部", "姓名"), (1, "第一党支部", "方可"), (2, None, None)]
    dataset = read_sheets(tmp_path, {"党员": rows})
    assert len(dataset.tables["members"]) == 1
    assert found(dataset) == []


def test_header_repeated_on_every_page_is_no_row(tmp_path: Path) -> None:
    rows = [("支部", "姓名", "性别", "民族"), ("第一党支部", "方可", "男", "汉族")]
    dataset = read_sheets(tmp_path, {"党员": [*rows, rows[0], ("第一党支部", "简宁", "女", "汉族")]})
    assert [m.name for m in dataset.tables["members"]] == ["方可", "简宁"]
    assert found(dataset) == []


def test_unknown_column_is_kept_and_reported_once(tmp_path: Path) -> None:
    rows = [("支部", "姓名", "爱好\n特长", None, "空列")]
    rows += [("第一党支部", name, dt.date(2026, 3, 5), 12.0, None) for name in ("方可", "简宁")]
    dataset = read_sheets(tmp_path, {"党员": rows})
    assert dataset.tables["members"][1].extra == {"爱好 特长": "2026-03-05", "D列": "12"}
    assert [f.place.cell for f in by_code(dataset.findings, "column-unknown")] == ["C1", "D1"]


def test_two_columns_of_one_meaning_lose_nothing(tmp_path: Path) -> None:
    rows = [("支部", "姓名", "联系电话", "手机号码", "手机号码"), ("第一党支部", "方可", "1", "2", "3")]
    dataset = read_sheets(tmp_path, {"党员": rows})
    (member,) = dataset.tables["members"]
    assert (member.mobile, member.extra) == ("2", {"联系电话": "1", "手机号码": "3"})
    assert [(f.place.cell, f.severity) for f in by_code(dataset.findings, "column-duplicate")] == [
        ("C1", Severity.INFO),  # another title: two numbers, one of which is used
        ("E1", Severity.WARNING),  # the same title: one of the two is a mistake
    ]


def test_required_column_that_is_missing_is_one_error_and_fails_its_rows(tmp_path: Path) -> None:
    rows = [("支部", "性别"), ("第一党支部", "男"), ("第一党支部", "女"), ("第二党支部", "女")]
    dataset = read_sheets(tmp_path, {"党员": rows})
    (finding,) = by_code(dataset.findings, "column-missing")
    assert "姓名" in finding.message
    assert {failed.branches for failed in dataset.failed} == {("第一党支部",), ("第二党支部",)}


def test_kind_is_found_by_its_values_and_said(tmp_path: Path) -> None:
    rows = [
        ("所在党支部", "活动名称", "实际时间"),
        ("第一党支部", "支部党员大会", "2026/2/3  14:30"),
        ("第一党支部", "党课", "2026.3.1"),
    ]
    dataset = read_sheets(tmp_path, {"组织生活": rows})
    first, second = dataset.tables["activities"]
    assert (first.kind, first.topic, first.time, second.kind) == ("支部党员大会", None, "14:30", "党课")
    assert [f.place.cell for f in by_code(dataset.findings, "column-by-values")] == ["B1"]


def test_column_whose_values_are_not_all_kinds_is_not_taken_for_one(tmp_path: Path) -> None:
    rows = [
        ("支部", "活动名称", "日期"),
        ("第一党支部", "党课", "2026.3.1"),
        ("第一党支部", "春游", "2026.3.2"),
    ]
    dataset = read_sheets(tmp_path, {"组织生活": rows})
    assert dataset.tables["activities"] == ()
    assert by_code(dataset.findings, "column-missing")


def test_paired_unit_sheet_is_read_with_its_extra_items(tmp_path: Path) -> None:
    rows = [
        ("单位情况",),
        (),
        (None, "项目", "内容"),
        (None, "*单位名称", "科技馆　"),
        (None, "年份", "２０２６年"),
        (None, "邮编", "010"),
    ]
    unit = read_sheets(tmp_path, {"单位": rows}).unit
    assert (unit.name, unit.year, unit.extra) == ("科技馆", 2026, {"邮编": "010"})
    assert unit.where("year").cell == "C5"


def test_unit_below_a_header_row_is_read(tmp_path: Path) -> None:
    dataset = read_sheets(tmp_path, {"单位": [("单位名称", "年度", "邮编"), ("科技馆", 2026, "010")]})
    assert (dataset.unit.name, dataset.unit.year) == ("科技馆", 2026)
    assert UNIT[0] == ("项目", "内容")
