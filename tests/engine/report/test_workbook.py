"""The report as a workbook: what it says, that text stays text, and that its size costs no memory."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docsmith.engine.ledger import Status
from docsmith.engine.report import Report, spreadsheet, write_workbook
from docsmith.errors import OutputError
from docsmith.model.findings import Severity
from tests.engine.report.making import BAD_DATE, report, result

EVERY = [
    result(1),
    result(2, Status.FAILED),
    result(3, Status.KEPT, beside="2026/第3党支部/自检自查表（新）.docx"),
    result(4, Status.UNCHANGED, to_fill_in=3),
]


def opened(made: Report, path: Path) -> Any:
    write_workbook(made, path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # openpyxl warns of what a workbook lacks
        return openpyxl.load_workbook(path)


def lines(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_each_sheet_has_the_documents_that_belong_there(tmp_path: Path) -> None:
    book = opened(report(EVERY, tmp_path), tmp_path / "报告.xlsx")
    assert book.sheetnames == ["Summary", "Failed", "Kept", "To fill in", "All"]
    assert [row[1] for row in lines(book["Failed"])] == ["第2党支部"]
    assert [row[1] for row in lines(book["Kept"])] == ["第3党支部"]
    assert [row[1:3] for row in lines(book["To fill in"])] == [["第4党支部", 3]]
    assert [row[2] for row in lines(book["All"])] == ["written", "failed", "kept", "unchanged"]


def test_a_list_of_nothing_has_no_sheet(tmp_path: Path) -> None:
    assert opened(report([result(1)], tmp_path), tmp_path / "报告.xlsx").sheetnames == ["Summary", "All"]
    assert opened(report([], tmp_path), tmp_path / "空.xlsx").sheetnames == ["Summary"]


def test_summary_counts_and_says_what_to_do(tmp_path: Path) -> None:
    again = "docsmith batch --data 失败支部.xlsx"
    made = report(EVERY, tmp_path, retry=tmp_path / "失败支部.xlsx", again=again)
    said = list(opened(made, tmp_path / "报告.xlsx")["Summary"].iter_rows(values_only=True))
    assert said[0][0] == "Documents of 云屏县科技馆, 2026"
    assert ("自检自查表", 1, 1, 1, 1, 4) in said
    assert ("Total", 1, 1, 1, 1, 4) in said
    text = "\n".join(str(row[0]) for row in said)
    assert f"run: {again}" in text
    assert "3 fields in 1 documents" in text
    assert "Interrupted" not in text


def test_an_interrupted_run_says_how_to_go_on(tmp_path: Path) -> None:
    made = report([result(1)], tmp_path, interrupted=True)
    rows = opened(made, tmp_path / "报告.xlsx")["Summary"].iter_rows(values_only=True)
    text = "\n".join(str(row[0]) for row in rows)
    assert "Interrupted at 2026-11-22 21:30" in text
    assert "Give the same command again" in text
    assert "nothing is left to do" not in text


def test_where_a_branch_has_several_documents_an_interrupted_run_counts_types_of_branches(
    tmp_path: Path,
) -> None:
    made = report([result(1)], tmp_path, interrupted=True, wanted=8, done=3, counts_branches=True)
    rows = opened(made, tmp_path / "报告.xlsx")["Summary"].iter_rows(values_only=True)
    text = "\n".join(str(row[0]) for row in rows)
    assert "when 3 of 8 were done, each a document type for a branch" in text


def test_documents_whose_row_is_gone_have_a_column_where_there_are_any(tmp_path: Path) -> None:
    left = result(9, Status.LEFT, findings=(BAD_DATE._replace(message="of no row"),))
    made = report([*EVERY, left], tmp_path, remarked=lambda: iter([left]))
    book = opened(made, tmp_path / "报告.xlsx")
    said = list(book["Summary"].iter_rows(values_only=True))
    assert ("Document type", "written", "unchanged", "kept", "left", "failed", "Total") in said
    assert ("自检自查表", 1, 1, 1, 1, 1, 5) in said
    assert "1 documents are of no row of the data any more" in "\n".join(str(row[0]) for row in said)
    assert [row[:3] for row in lines(book["Remarks"])] == [["自检自查表", "第9党支部", "of no row"]]


def test_a_document_of_the_unit_is_listed_as_the_units(tmp_path: Path) -> None:
    made = report([result(1, branch="")], tmp_path)
    assert lines(opened(made, tmp_path / "报告.xlsx")["All"])[0][:2] == ["自检自查表", "云屏县科技馆"]


def test_a_failure_names_sheet_and_cell_for_each_error(tmp_path: Path) -> None:
    other = BAD_DATE._replace(message="性别是“?”", place=BAD_DATE.place._replace(cell="E5"))
    failed = result(1, Status.FAILED, findings=(BAD_DATE, other))
    rows = lines(opened(report([failed], tmp_path), tmp_path / "报告.xlsx")["Failed"])
    assert [row[2:] for row in rows] == [
        [BAD_DATE.message, BAD_DATE.hint, "数据.xlsx", "党员", "D5"],
        ["性别是“?”", BAD_DATE.hint, "数据.xlsx", "党员", "E5"],
    ]


def test_findings_of_the_data_have_a_sheet_of_their_own(tmp_path: Path) -> None:
    book = opened(report(EVERY, tmp_path, findings=(BAD_DATE,)), tmp_path / "报告.xlsx")
    assert lines(book["Data"])[0][0] == BAD_DATE.message


def test_notes_of_the_data_are_not_reported(tmp_path: Path) -> None:
    note = BAD_DATE._replace(severity=Severity.INFO)
    assert "Data" not in opened(report(EVERY, tmp_path, findings=(note,)), tmp_path / "报告.xlsx").sheetnames


@pytest.mark.parametrize(
    ("folder", "way"), [("", ""), ("报告", "../"), ("报告/1", "../../")], ids=["beside", "below", "deep"]
)
def test_links_lead_from_the_report_to_the_document(tmp_path: Path, folder: str, way: str) -> None:
    book = opened(report([result(1)], tmp_path), tmp_path / folder / "报告.xlsx")
    path = "2026/第1党支部/自检自查表.docx"
    assert lines(book["All"])[0][4] == f'=HYPERLINK("{way}{path}","{path}")'


@pytest.mark.parametrize("path", ["a/#1.docx", f"{'长' * 300}.docx"], ids=["hash", "long"])
def test_paths_that_no_link_can_hold_stay_text(tmp_path: Path, path: str) -> None:
    book = opened(report([result(1, path=path)], tmp_path), tmp_path / "报告.xlsx")
    assert lines(book["All"])[0][4] == path


def test_a_path_cannot_leave_the_text_of_its_link(tmp_path: Path) -> None:
    path = '"&CALL("kernel32")&".docx'
    book = opened(report([result(1, path=path)], tmp_path), tmp_path / "报告.xlsx")
    quoted = '"""&CALL(""kernel32"")&"".docx"'
    assert lines(book["All"])[0][4] == f"=HYPERLINK({quoted},{quoted})"


def test_tables_have_a_frozen_header_a_filter_and_an_a4_page(tmp_path: Path) -> None:
    book = opened(report(EVERY, tmp_path), tmp_path / "报告.xlsx")
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_more_documents_than_a_sheet_holds_go_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 3)
    book = opened(report([result(number) for number in range(1, 6)], tmp_path), tmp_path / "报告.xlsx")
    assert book.sheetnames[-3:] == ["All", "All（2）", "All（3）"]
    found = [row[1] for sheet in book.worksheets[-3:] for row in lines(sheet)]
    assert found == [f"第{number}党支部" for number in range(1, 6)]


def test_a_report_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "报告.xlsx"
    path.write_bytes(b"old")

    def broken(_status: Status | None) -> Any:
        raise PermissionError(13, "denied")

    with pytest.raises(OutputError):
        write_workbook(report(EVERY, tmp_path)._replace(results=broken), path)
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["报告.xlsx"]


def test_the_same_report_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("甲.xlsx", "乙.xlsx"):
        write_workbook(report(EVERY, tmp_path), tmp_path / name)
    assert (tmp_path / "甲.xlsx").read_bytes() == (tmp_path / "乙.xlsx").read_bytes()


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@settings(max_examples=40, deadline=None)
@given(text=st.one_of(TEXT, TEXT.map(lambda text: f"={text}"), st.just("_x000D_"), st.just("<&>]]>")))
def test_text_stays_text_whatever_it_is(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("a") / "报告.xlsx"
    write_workbook(report([result(1, branch=text)], path.parent), path)
    with zipfile.ZipFile(path) as archive:
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    cell = sheet.find(".//{*}c[@r='B2']")
    assert cell is not None
    assert cell.get("t") == "inlineStr"
    assert cell.find("{*}f") is None
    shown = "".join(cell.itertext()).replace("_x005F_x", "_x")
    kept = "".join("\ufffd" if _is_control(one) else one for one in text)
    assert shown == kept.replace("\r\n", "\n").replace("\r", "\n")


def _is_control(character: str) -> bool:
    return (character < " " and character not in "\t\n\r") or character in "\ufffe\uffff"


def test_an_interruption_in_the_middle_of_a_sheet_stays_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_stream: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("zipfile._ZipWriteFile.close", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_workbook(report(EVERY, tmp_path), tmp_path / "报告.xlsx")
    assert list(tmp_path.iterdir()) == []
