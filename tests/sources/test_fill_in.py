"""The fill-in workbook: what a secretary finds in it, and that it comes back as it was meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from docsmith.errors import OutputError
from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.findings import Severity
from docsmith.model.records import BranchRecord
from docsmith.model.rows import Record
from docsmith.model.schema import Schema, derive_record
from docsmith.sources import load
from docsmith.sources.fill_in import PREPARED_ROWS, write_blank

SCHEMA = Schema.built_in()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("blank") / "数据.xlsx"
    write_blank(made, SCHEMA)
    return made


@pytest.fixture(scope="module")
def workbook(path: Path) -> Workbook:
    return load_workbook(path)


def test_blank_has_the_sheets_in_the_order_of_the_schema(workbook: Workbook) -> None:
    titles = [sheet.title for sheet in SCHEMA.sheets.values()]
    assert workbook.sheetnames == ["填写说明", *titles, "选项"]
    assert workbook["选项"].sheet_state == "hidden"
    assert workbook.active.title == "填写说明"


def test_blank_instructions_name_every_sheet_and_its_required_columns(workbook: Workbook) -> None:
    page = workbook["填写说明"]
    lines = {row[0]: row[2] for row in page.iter_rows(values_only=True)}
    assert lines["党员"] == "支部、姓名"
    assert {sheet.title for sheet in SCHEMA.sheets.values()} <= set(lines)


def test_blank_headers_are_the_titles_with_required_ones_starred(workbook: Workbook) -> None:
    header = [cell.value for cell in workbook["党员"][1]]
    assert header[:3] == ["*支部", "*姓名", "性别"]
    assert workbook["党员"].freeze_panes == "A2"


def test_blank_header_notes_give_example_and_choices(workbook: Workbook) -> None:
    note = workbook["组织生活"]["B1"].comment.text
    assert "必填" in note
    assert "支部党员大会、支委会" in note
    assert "示例：支部党员大会" in note
    assert "不填视为“普通支部”" in workbook["支部"]["C1"].comment.text


def test_blank_code_columns_are_text_and_dates_are_dates(workbook: Workbook) -> None:
    page = workbook["党员"]
    for row in (2, 100, PREPARED_ROWS + 1):
        assert page[f"F{row}"].number_format == "@"
        assert page[f"E{row}"].number_format == "yyyy-mm-dd"


def test_blank_dropdowns_go_through_named_ranges(workbook: Workbook) -> None:
    for title in ("支部", "党员", "组织生活", "问题清单"):
        for rule in workbook[title].data_validations.dataValidation:
            name = rule.formula1.lstrip("=")
            assert name in workbook.defined_names


def test_blank_dropdown_offers_the_choices_of_its_column(workbook: Workbook) -> None:
    area = workbook.defined_names["choices_members_gender"].attr_text
    title, cells = area.replace("'", "").replace("$", "").split("!")
    assert [cell.value for (cell,) in workbook[title][cells]] == ["男", "女"]


def test_blank_branch_columns_offer_the_branches_without_insisting(workbook: Workbook) -> None:
    for sheet in SCHEMA.sheets.values():
        if issubclass(sheet.record, BranchRecord):
            (rule,) = (r for r in _rules(workbook, sheet) if r.formula1 == "=branch_names")
            assert str(rule.sqref).startswith("A2:A")
            assert not rule.showErrorMessage
    assert "支部" in workbook.defined_names["branch_names"].attr_text


def test_blank_free_columns_have_no_dropdown(workbook: Workbook) -> None:
    ranges = [str(rule.sqref) for rule in workbook["谈心谈话"].data_validations.dataValidation]
    assert len(ranges) == 1


def test_blank_is_read_as_empty_and_only_lacks_the_unit(path: Path) -> None:
    dataset = load([path], SCHEMA)
    assert not any(dataset.tables.values())
    wrong = {(f.place.sheet, f.place.cell) for f in dataset.findings if f.severity is Severity.ERROR}
    assert wrong <= {("单位", "B2"), ("单位", "B4")}
    assert not [f for f in dataset.findings if f.code == "sheet-unknown"]


def test_blank_is_the_same_file_every_time(path: Path, tmp_path: Path) -> None:
    write_blank(tmp_path / "again.xlsx", SCHEMA)
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_blank_holds_only_the_sheets_asked_for(tmp_path: Path) -> None:
    write_blank(tmp_path / "few.xlsx", SCHEMA, ["members", "unit"])
    workbook = load_workbook(tmp_path / "few.xlsx")
    assert workbook.sheetnames == ["填写说明", "单位", "党员", "选项"]
    assert "=branch_names" not in [rule.formula1 for rule in _rules(workbook, SCHEMA.sheets["members"])]


def test_blank_has_what_a_document_type_declares(tmp_path: Path) -> None:
    schema = SCHEMA.with_columns("members", [Column("hobby", "爱好", Kind.TEXT)])
    items = derive_record(Record, [Column("number", "编号", Kind.CODE, required=True, example="1")])
    schema = schema.with_sheet(Sheet("check_items", "自查项目", items, note="不填则用示例项目。"))
    write_blank(tmp_path / "more.xlsx", schema)
    workbook = load_workbook(tmp_path / "more.xlsx")
    assert workbook["党员"].cell(1, workbook["党员"].max_column).value == "爱好"
    assert workbook["自查项目"]["A1"].value == "*编号"
    instructions = {row[0]: row[1] for row in workbook["填写说明"].iter_rows(values_only=True)}
    assert instructions["自查项目"] == "不填则用示例项目。"


def test_blank_rows_are_filled_in_as_a_person_would_type_them(tmp_path: Path) -> None:
    rows = {
        "unit": [{"name": "某单位", "year": "2026"}],
        "branches": [
            {"name": "甲支部", "code": "007", "founded_on": "2015-06", "term_started_on": "2024-06-18"}
        ],
        "members": [{"branch": "甲支部", "name": "=cmd", "born_on": "1990-01-02"}],
    }
    write_blank(tmp_path / "filled.xlsx", SCHEMA, rows=rows)
    workbook = load_workbook(tmp_path / "filled.xlsx")
    assert workbook["党员"]["B2"].data_type == "s"
    dataset = load([tmp_path / "filled.xlsx"], SCHEMA)
    (branch,) = dataset.branches
    (member,) = dataset.tables["members"]
    assert (dataset.unit.year, branch.code, str(branch.founded_on)) == (2026, "007", "2015年6月")
    assert str(branch.term_started_on) == "2024年6月18日"
    assert (member.name, str(member.born_on)) == ("=cmd", "1990年1月2日")
    assert dataset.findings[0].code == "row-example"


def test_blank_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="could not be written"):
        write_blank(tmp_path / "file" / "数据.xlsx", SCHEMA)


def _rules(workbook: Workbook, sheet: Sheet) -> list[Any]:
    return list(workbook[sheet.title].data_validations.dataValidation)
