"""Every problem of a row is found at its cell, at once, and stops nothing but that row."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from docsmith.model.dataset import Dataset
from docsmith.model.findings import Severity
from tests.sources.making import BRANCHES, by_code, found, read, read_sheets

MEMBER = ("支部", "姓名", "性别", "出生日期", "身份证号", "党籍状态", "入党时间", "备注")
ID = "11010519491231002X"


def _members(tmp_path: Path, *rows: tuple[object, ...], **options: Any) -> Dataset:
    return read_sheets(tmp_path, {"党员": [MEMBER, *rows]}, **options)


def test_all_problems_of_a_row_are_reported_at_their_cells(tmp_path: Path) -> None:
    dataset = _members(
        tmp_path, ("第一党支部", None, "南", "2026-02-30", 110105194912310021, "群众", "不详", "好")
    )
    assert found(dataset) == [
        ("required-empty", "B2"),
        ("choice-unknown", "C2"),
        ("date-impossible", "D2"),
        ("digits-lost", "E2"),
        ("choice-unknown", "F2"),
        ("date-unreadable", "G2"),
    ]
    assert {failed.branches for failed in dataset.failed} == {("第一党支部",)}
    finding = by_code(dataset.findings, "date-impossible")[0]
    assert (finding.place.file, finding.place.sheet, finding.branch) == ("数据.xlsx", "党员", "第一党支部")
    assert "2026-02-30" in finding.message
    assert "2026-03-05" in finding.hint


def test_good_rows_are_not_stopped_by_a_bad_one(tmp_path: Path) -> None:
    dataset = _members(tmp_path, ("第一党支部", "甲", "南"), ("第一党支部", "乙", "男"))
    assert [m.name for m in dataset.tables["members"]] == ["乙"]


def test_long_value_is_shortened_in_the_message_and_whole_in_the_record(tmp_path: Path) -> None:
    long = "好" * 10_000
    dataset = _members(
        tmp_path, ("第一党支部", "甲", long), ("第一党支部", "乙", "男", None, None, None, None, long)
    )
    assert len(by_code(dataset.findings, "choice-unknown")[0].message) < 200
    assert dataset.tables["members"][0].note == long


def test_vertical_tab_is_a_line_break_and_control_characters_are_named(tmp_path: Path) -> None:
    path = tmp_path / "党员.csv"
    path.write_text("支部,姓名,备注\n一支部,方可,甲\x0b乙\n一支部,简宁,丙\x07丁\x1f\n", encoding="utf-8")
    dataset = read(path)
    assert [m.note for m in dataset.tables["members"]] == ["甲\n乙", "丙\ufffd丁\ufffd"]
    (finding,) = by_code(dataset.findings, "character-illegal")
    assert (finding.severity, finding.place.cell) == (Severity.WARNING, "C3")
    assert "U+0007, U+001F" in finding.message
    assert "丙\ufffd丁\ufffd" in finding.message
    assert "U+0007, U+001F" in finding.message


def test_lone_surrogate_is_replaced_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"branches": [{"name": "一", "note": "a\\ud800b"}]}', encoding="utf-8")
    dataset = read(tmp_path / "a.json")
    assert dataset.branches[0].note == "a\ufffdb"
    assert "U+D800" in by_code(dataset.findings, "character-illegal")[0].message


def test_formula_without_a_value_and_error_values_are_found_at_their_cells(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "支部"
    sheet.append(("支部名称", "书记", "备注", "自定"))
    sheet.append(("第一党支部", "=A1&B1", None, "=1"))
    sheet.append(("第二党支部", "张三", "#REF!"))
    sheet.append(("第三党支部", "张三", "#N/A 是一种错误"))
    sheet["C3"].data_type = "e"
    made.save(tmp_path / "a.xlsx")
    dataset = read(tmp_path / "a.xlsx")
    assert [(code, cell) for code, cell in found(dataset) if cell] == [
        ("cell-error", "D2"),
        ("formula-uncomputed", "B2"),
        ("cell-error", "C3"),
    ]
    assert "=A1&B1" in by_code(dataset.findings, "formula-uncomputed")[0].message
    assert [branch.note for branch in dataset.branches] == ["#N/A 是一种错误"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("第一党支部", "甲", "男", "1949-12-31", "11010519491231002X"), [("id-gender", "C2")]),
        (("第一党支部", "甲", "女", "1949-12-30", "11010519491231002x"), [("id-birth-date", "D2")]),
        (("第一党支部", "甲", "女", "1949-12", "110105 19491231 002X"), []),
        (("第一党支部", "甲", None, None, "440524188001010014"), []),
        (("第一党支部", "甲", None, None, "110105194912310021"), [("id-checksum", "E2")]),
        (("第一党支部", "甲", None, None, "1101051949123100"), [("id-shape", "E2")]),
        (("第一党支部", "甲", None, None, "110105491231002"), [("id-shape", "E2")]),
    ],
)
def test_id_number_is_checked_against_itself_and_its_row(
    tmp_path: Path, row: tuple[object, ...], expected: list[tuple[str, str]]
) -> None:
    dataset = _members(tmp_path, row)
    assert found(dataset) == expected
    assert len(dataset.tables["members"]) == 1


def test_same_person_twice_and_one_number_for_two_are_warned_of(tmp_path: Path) -> None:
    dataset = _members(
        tmp_path,
        ("第一党支部", "甲", None, None, ID),
        ("第一支部", "甲", None, None, ID),
        ("第二党支部", "乙", None, None, ID),
        ("第二党支部", "丙", "男", "1980-01-01"),
        ("第二党支部", "丙", "女", "1990-01-01"),
    )
    assert found(dataset) == [("member-duplicate", "B3"), ("id-duplicate", "E4")]
    assert len(dataset.tables["members"]) == 5


def test_time_beside_a_date_is_kept(tmp_path: Path) -> None:
    rows = [
        ("支部", "类型", "日期"),
        ("第一党支部", "党课", dt.datetime(2026, 3, 5, 9, 5)),
        ("第一党支部", "党课", "2026/3/6  14:30"),
    ]
    activities = read_sheets(tmp_path, {"组织生活": rows}).tables["activities"]
    assert [(a.date.iso(), a.time) for a in activities] == [("2026-03-05", "09:05"), ("2026-03-06", "14:30")]


def test_pinyin_is_taken_out_only_on_request_and_listed(tmp_path: Path) -> None:
    row = ("第一党支部", "甲", None, None, None, None, None, "機(jī)關(guān)党建(好)")
    assert _members(tmp_path, row).tables["members"][0].note == row[-1]
    dataset = _members(tmp_path, row, clean_pinyin=True)
    assert dataset.tables["members"][0].note == "機關党建(好)"
    (finding,) = by_code(dataset.findings, "pinyin-removed")
    assert finding.place.cell == "H2"
    assert "(jī) (guān)" in finding.message


def test_year_is_that_of_the_sheet_else_the_callers_else_of_all_dates(tmp_path: Path) -> None:
    talks = [("支部", "日期", "谈话人", "谈话对象"), ("第一党支部", "2025-03-05", "甲", "乙")]
    nameless = [("项目", "内容"), ("单位名称", "科技馆"), ("年度", None)]
    assert read_sheets(tmp_path, {"谈心谈话": talks}, year=2024).unit.year == 2026
    assert read_sheets(tmp_path, {"单位": nameless, "谈心谈话": talks}, year=2024).unit.year == 2024
    dataset = read_sheets(tmp_path, {"单位": nameless, "谈心谈话": talks})
    assert dataset.unit.year == 2025
    assert found(dataset) == [("year-from-dates", "B3")]


def test_year_that_nothing_says_stops_every_document(tmp_path: Path) -> None:
    dataset = read_sheets(tmp_path, {"单位": [("项目", "内容"), ("单位名称", "科技馆"), ("年度", None)]})
    assert found(dataset) == [("required-empty", "B3")]
    assert [(f.sheet, f.branches) for f in dataset.failed] == [("unit", ())]


def test_year_that_cannot_be_read_is_one_finding(tmp_path: Path) -> None:
    dataset = read_sheets(tmp_path, {"单位": [("项目", "内容"), ("单位名称", "科技馆"), ("年度", "今年")]})
    assert found(dataset) == [("year-unreadable", "B3")]
    assert len(dataset.failed) == 1


def test_source_without_a_unit_is_read_and_the_name_is_missing(tmp_path: Path) -> None:
    from docsmith.model.missing import Missing

    path = tmp_path / "支部.csv"
    path.write_text("支部名称\n第一党支部\n", encoding="utf-8")
    dataset = read(path, year=2026)
    assert isinstance(dataset.unit.name, Missing)
    assert [f.code for f in dataset.findings] == ["unit-missing"]
    assert dataset.failed == ()


def test_units_of_several_files_are_compared(tmp_path: Path) -> None:
    from tests.sources.making import UNIT, workbook

    workbook(tmp_path / "甲.xlsx", {"单位": UNIT, "支部": BRANCHES})
    workbook(tmp_path / "乙.xlsx", {"单位": [*UNIT[:2], ("年度", 2025), ("填表人", "简宁")]})
    dataset = read(tmp_path)
    assert len(by_code(dataset.findings, "unit-contradiction")) == 1
    assert dataset.unit.filled_by == "简宁"


def test_error_values_of_an_xls_are_found_at_their_cells(tmp_path: Path) -> None:
    made = xlwt.Workbook()
    sheet = made.add_sheet("支部")
    for at, title in enumerate(("支部名称", "书记")):
        sheet.write(0, at, title)
    sheet.write(1, 0, "第一党支部")
    sheet.row(1).set_cell_error(1, "#REF!")
    made.save(str(tmp_path / "a.xls"))
    assert ("cell-error", "B2") in found(read(tmp_path / "a.xls"))


@pytest.mark.parametrize(
    "cell", ["2026年3月5日14:30", "2026-03-05T14:30:00", dt.datetime(2026, 3, 5, 14, 30)]
)
def test_time_behind_the_date_of_a_meeting_is_its_time(tmp_path: Path, cell: object) -> None:
    rows = [("支部", "会议类型", "会议时间"), ("第一党支部", "党课", cell)]
    (activity,) = read_sheets(tmp_path, {"组织生活": rows}).tables["activities"]
    assert (activity.date.iso(), activity.time) == ("2026-03-05", "14:30")


@pytest.mark.parametrize("year", ["20266", 20266, "26", "今年"])
def test_year_that_no_calendar_has_stops_at_its_cell(tmp_path: Path, year: object) -> None:
    dataset = read_sheets(tmp_path, {"单位": [("项目", "内容"), ("单位名称", "科技馆"), ("年度", year)]})
    assert found(dataset) == [("year-unreadable", "B3")]
    assert dataset.dossier(dataset.branches[0]).as_of.iso() == "1900-12-31"


def test_row_of_an_unknown_branch_is_not_said_to_be_of_the_nearest(tmp_path: Path) -> None:
    dataset = _members(tmp_path, ("第三党支部", "方可"))
    (finding,) = by_code(dataset.findings, "branch-unknown")
    assert finding.branch == ""
