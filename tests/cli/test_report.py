from __future__ import annotations

import pytest

from docsmith.cli.findings import MANY_ALIKE, MOST_LINES_PER_SHEET, show_findings
from docsmith.cli.report import show_results
from docsmith.cli.say import aligned, width
from docsmith.engine.run import Result
from docsmith.engine.writing import Status
from docsmith.model.findings import Citation, Finding, Place, Severity


def test_columns_stand_below_each_other_where_chinese_and_latin_mix() -> None:
    lines = aligned([("id", "标题", "x"), ("self-check", "自检自查表", "y")])
    assert [width(line[: line.index(mark)]) for line, mark in zip(lines, "xy")] == [24, 24]
    assert lines[0] == "id          标题        x"


def test_a_name_that_is_far_too_long_moves_no_other_row() -> None:
    lines = aligned([("长" * 120, "x"), ("短", "y")])
    assert lines == ["长" * 120 + "  x", "短  y"]


def test_findings_are_by_file_and_sheet_and_in_the_order_of_the_cells(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cells = [("乙.xlsx", "B2"), ("甲.xlsx", "AA3"), ("甲.xlsx", "B3"), ("甲.xlsx", "C2"), ("甲.xlsx", "A10")]
    show_findings(Finding(Severity.ERROR, "wrong", place=Place(file, "党员", cell)) for file, cell in cells)
    lines = [line.strip() for line in capsys.readouterr().out.splitlines() if line]
    assert lines == [
        "乙.xlsx 党员",
        "× B2  wrong",
        "甲.xlsx 党员",
        "× C2  wrong",
        "× B3  wrong",
        "× AA3  wrong",
        "× A10  wrong",
    ]


def test_a_finding_names_its_branch_its_hint_and_its_article(capsys: pytest.CaptureFixture[str]) -> None:
    citation = Citation("R-08", "第十一条")
    show_findings([Finding(Severity.INFO, "no meeting", "hold one", branch="第一党支部", citation=citation)])
    assert capsys.readouterr().out.splitlines() == [
        "In general",
        "  · 第一党支部: no meeting",
        "    hold one",
        "    R-08  第十一条",
        "",
    ]


def test_of_very_many_findings_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    many = MOST_LINES_PER_SHEET + 7
    show_findings(Finding(Severity.ERROR, "wrong", place=Place("x", "y", f"A{row}")) for row in range(many))
    out = capsys.readouterr().out
    assert out.count("wrong") == MOST_LINES_PER_SHEET
    assert "7 more" in out


def test_sheets_stand_in_the_order_of_the_workbook(capsys: pytest.CaptureFixture[str]) -> None:
    show_findings(Finding(Severity.ERROR, "wrong", place=Place("x", name, "A2")) for name in ("单位", "党员"))
    out = capsys.readouterr().out
    assert out.index("单位") < out.index("党员")


def test_a_note_that_says_the_same_of_many_cells_is_printed_once(capsys: pytest.CaptureFixture[str]) -> None:
    show_findings(
        Finding(Severity.INFO, "an example", place=Place("x", f"s{number}", "A2"))
        for number in range(MANY_ALIKE)
    )
    lines = [line.strip() for line in capsys.readouterr().out.splitlines() if line]
    assert lines == ["· an example", "x s0!A2、x s1!A2"]


def _failed(branch: str, finding: Finding) -> Result:
    return Result("notice", branch, None, Status.FAILED, (finding,))


def test_what_stops_several_documents_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = Finding(Severity.ERROR, "no year", "such as 2026", Place("x", "单位", "B4"))
    show_results([_failed("甲", wrong), _failed("乙", wrong)], {"notice": "通知"})
    assert [line.strip() for line in capsys.readouterr().out.splitlines()] == [
        "×  通知  甲  failed",
        "x 单位!B4: no year",
        "such as 2026",
        "×  通知  乙  failed",
        "as above: x 单位!B4",
    ]


def test_a_message_of_several_lines_stands_below_its_document(capsys: pytest.CaptureFixture[str]) -> None:
    show_results([_failed("甲", Finding(Severity.ERROR, "2 mistakes\n- one\n- two"))], {"notice": "通知"})
    assert capsys.readouterr().out.splitlines()[1:] == ["     2 mistakes", "     - one", "     - two"]
