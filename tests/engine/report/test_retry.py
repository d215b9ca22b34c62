"""The workbook of failed rows: what was given comes back the same, and what was wrong can be mended there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsmith.engine.report import RetryRows, retry_workbook
from docsmith.engine.report import retry as retry_module
from docsmith.model.dataset import Dataset
from docsmith.model.findings import Finding, Place, Severity
from docsmith.model.schema import Schema
from docsmith.sources import ImportRules, load
from docsmith.sources.detect import Format
from docsmith.sources.opening import open_source
from docsmith.sources.shares import RawPart
from docsmith.sources.tables import BrokenCell
from docsmith.sources.workbook import read_workbook
from tests.sources.making import workbook

COMMAND = "docsmith batch --data 失败.xlsx"
SCHEMA = Schema.built_in()
MESSY = Path(__file__).parents[3] / "fixtures" / "messy" / "数据"
RED = "00FFC7CE"

# What is wrong in the data below, and what it should be.
MENDED = {
    "1960-02-30": "1960-02-28",
    "男性别": "男",
    "第九党支部": "第二党支部",
    "十来人": 12,
    "#REF!": dt.datetime(2026, 3, 5),
    "20X6": 2026,
}


def messy(folder: Path, *, mended: bool = False) -> Path:
    """Write a workbook and a csv with titles of their own, unknown columns, and everything in MENDED."""

    def cell(value: str) -> Any:
        return MENDED[value] if mended else value

    first = {
        "单位": [("项目", "内容"), ("单位名称", "云屏县科技馆"), ("年度", cell("20X6")), ("口号", "@一心")],
        "支部": [
            ("支部编码", "支部名称", "备注"),
            ("0201", "第一党支部", "+86 010"),
            ("0202", "第二党支部", " 两边有空格 "),
            ("0203", "第三党支部", None),
        ],
        "党员": [
            ("支部", "姓名", "性别", "出生日期", "联系电话", "工号"),
            ("第一党支部", "张三", "男", cell("1960-02-30"), "013812345678", "007"),
            ("第一党支部", "李四", cell("男性别"), dt.datetime(1970, 5, 6), 13812345678, 7.5),
            (cell("第九党支部"), "王五", "女", "1970-05", None, True),
            ("第三党支部", "赵六", "女", "1971-05", None, None),
        ],
        "组织生活": [
            ("支部", "活动类型", "日期", "时间", "应到人数"),
            ("第二党支部", "支部党员大会", dt.datetime(2026, 3, 5, 14, 30), None, cell("十来人")),
            ("第二党支部", "党课", cell("#REF!"), dt.time(9, 5), 10),
        ],
    }
    second = """姓名,所在党支部,籍贯,性别,编号
孙七,第二党支部,云屏,男,007
周八,第一党支部,_x0041_,女,=cmd|'/C calc'!A1
"""
    folder.mkdir()
    workbook(folder / "甲.xlsx", first)
    (folder / "党员.csv").write_text(second, encoding="utf-8")
    return folder


def retry_of(
    data: Path, path: Path, only: Collection[str] | None = None, imports: ImportRules | None = None
) -> Path:
    """Write the workbook of failed rows for branches of some data (all of them by default)."""
    with RetryRows() as rows:
        source = open_source([data], SCHEMA, imports or ImportRules())
        names = [name for name in source.names() if only is None or name in only]
        for ticket in source.tickets(names, 1):
            rows.add(source.reader().read(ticket).raw(ticket.branches))
        rows.add(source.raw_shared(), shared=True)
        source.close()
        retry_workbook.write_retry_workbook(
            rows, path, load([data], SCHEMA, imports or ImportRules()).findings, SCHEMA, COMMAND
        )
    return path


def red_cells(path: Path) -> Iterable[Any]:
    for sheet in openpyxl.load_workbook(path):
        yield from (cell for row in sheet for cell in row if cell.fill.fgColor.rgb == RED)


def errors(dataset: Dataset) -> list[tuple[str, str, str]]:
    """Return the errors without their places, and without the names of files within the messages."""
    return sorted(
        (f.code, f.message.partition(" 支部!")[0].rpartition(" in ")[0] or f.message, f.branch)
        for f in dataset.findings
        if f.severity is Severity.ERROR
    )


def records(dataset: Dataset) -> dict[str, list[Any]]:
    tables = {
        sheet: sorted(repr((dict(record.values()), dict(record.extra))) for record in rows)
        for sheet, rows in dataset.tables.items()
    }
    return {**tables, "unit": [dict(dataset.unit.values()), dict(dataset.unit.extra)]}


def test_what_was_wrong_is_as_wrong_in_the_workbook(tmp_path: Path) -> None:
    data = messy(tmp_path / "数据")
    again = load([retry_of(data, tmp_path / "失败.xlsx")], SCHEMA)
    assert errors(again) == errors(load([data], SCHEMA))
    assert len(errors(again)) == len(MENDED)


def test_mended_cells_give_the_records_of_the_mended_data(tmp_path: Path) -> None:
    path = retry_of(messy(tmp_path / "数据"), tmp_path / "失败.xlsx")
    book = openpyxl.load_workbook(path)
    for red in red_cells(path):
        assert book[red.parent.title][red.coordinate].comment is not None
        book[red.parent.title][red.coordinate].value = MENDED[red.value]
    book.save(path)
    again, mended = load([path], SCHEMA), load([messy(tmp_path / "好", mended=True)], SCHEMA)
    assert errors(again) == []
    assert records(again) == records(mended)


def test_every_wrong_cell_is_red_and_no_other(tmp_path: Path) -> None:
    path = retry_of(messy(tmp_path / "数据"), tmp_path / "失败.xlsx")
    assert sorted(str(cell.value) for cell in red_cells(path)) == sorted(MENDED)


def test_the_messy_fixture_comes_back_with_its_records_and_errors(tmp_path: Path) -> None:
    given_data = load([MESSY], SCHEMA)
    again = load([retry_of(MESSY, tmp_path / "失败.xlsx")], SCHEMA)
    assert records(again) == records(given_data)
    # A formula without a result is one with an error now, and a sheet that nobody knows has no rows.
    gone = {"formula-uncomputed": "cell-error", "sheet-unknown": ""}
    codes = sorted(gone.get(code, code) for code, _message, _branch in errors(given_data))
    assert [code for code in codes if code] == sorted(code for code, _message, _branch in errors(again))


def test_only_the_branches_asked_for_and_rows_of_no_branch_are_there(tmp_path: Path) -> None:
    path = retry_of(messy(tmp_path / "数据"), tmp_path / "失败.xlsx", only={"第一党支部"})
    again = load([path], SCHEMA)
    assert again.branch_names == ("第一党支部",)
    assert sorted(row[0] for row in rows_of(path)) == ["周八", "张三", "李四", "王五"]


def test_titles_that_the_settings_explain_are_read_without_them(tmp_path: Path) -> None:
    sheets = {
        "单位": [("项目", "内容"), ("单位名称", "科技馆"), ("年度", 2026)],
        "支部": [("支部名称",), ("第一党支部",)],
        "党员": [("支部", "姓名", "性别", "哪天入党"), ("第一党支部", "张三", "男", "1993-13")],
    }
    imports = ImportRules(columns={"members": {"哪天入党": "joined_on"}})
    path = retry_of(workbook(tmp_path / "a.xlsx", sheets), tmp_path / "失败.xlsx", imports=imports)
    header = [cell.value for cell in openpyxl.load_workbook(path)["党员"][1]]
    assert header == ["支部", "姓名", "性别", SCHEMA.sheets["members"].column("joined_on").title]


def test_english_names_are_shown_by_their_chinese_titles(tmp_path: Path) -> None:
    unit = RawPart("unit", "数据.json", "unit", ("项目", "内容"), ("", ""), ((1, ("name", "科技馆")),))
    members = part(titles=("branch", "name", "nickname"), columns=("branch", "name", ""))
    book = openpyxl.load_workbook(written(tmp_path, [unit, members]))
    assert [cell.value for cell in book["单位"][2]] == ["单位名称", "科技馆"]
    assert [cell.value for cell in book["党员"][1]] == ["支部", "姓名", "nickname"]


def test_the_first_sheet_says_what_could_be_marked_nowhere(tmp_path: Path) -> None:
    finding = Finding(Severity.ERROR, "没有“姓名”列", "请补上这一列。", Place("数据.xlsx", "党员", "A3"))
    warning = Finding(Severity.WARNING, "可疑", "", Place("数据.xlsx", "党员", "A9"))
    path = written(tmp_path, [part()], [finding, warning])
    page = openpyxl.load_workbook(path).worksheets[0]
    said = [str(cell.value) for row in page for cell in row if cell.value]
    assert "没有“姓名”列" in said
    assert "数据.xlsx 党员!A3" in said
    assert "可疑" not in said


def part(*rows: tuple[Any, ...], **changes: Any) -> RawPart:
    """Return rows of the sheet 党员 as they stand below a header in row 1."""
    cells = rows or (("第一党支部", "张三", "男"),)
    titles, columns = ("支部", "姓名", "性别"), ("branch", "name", "gender")
    numbered = tuple(enumerate(cells, start=2))
    return RawPart("members", "数据.xlsx", "党员", titles, columns, numbered)._replace(**changes)


def written(folder: Path, parts: Iterable[RawPart], findings: Iterable[Finding] = ()) -> Path:
    with RetryRows() as rows:
        rows.add(parts)
        retry_workbook.write_retry_workbook(rows, folder / "失败.xlsx", findings, SCHEMA, COMMAND)
    return folder / "失败.xlsx"


def rows_of(path: Path) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(path)["党员"]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_rows_given_twice_stand_there_once_and_in_order(tmp_path: Path) -> None:
    late = part(("第二党支部", "王五", "女"))._replace(rows=((1, ("第二党支部", "王五", "女")),))
    path = written(tmp_path, [part(), late, part()])
    assert [row[1] for row in rows_of(path)] == ["王五", "张三"]


def test_a_row_of_objects_is_marked_by_its_key(tmp_path: Path) -> None:
    given_part = part(titles=("branch", "name", "gender"), rows=((3, ("第一党支部", "张三", "?")),))
    finding = Finding(Severity.ERROR, "性别", "", Place("数据.xlsx", "党员", "3.gender"))
    assert [cell.value for cell in red_cells(written(tmp_path, [given_part], [finding]))] == ["?"]


def test_rows_of_a_database_stay_in_order_and_are_marked_by_their_keys(tmp_path: Path) -> None:
    first = part(rows=(("id=9", ("一", "a", "?")), ("id=10", ("一", "b", "男"))))
    second = part(rows=(("id=2", ("二", "c", "男")), ("id=3, 子=x", ("二", "d", "?"))))
    findings = [
        Finding(Severity.ERROR, "性别", "", Place("数据.xlsx", "党员", f"{key} 性别"))
        for key in ("id=9", "id=3, 子=x")
    ]
    path = written(tmp_path, [first, second], findings)
    assert [row[1] for row in rows_of(path)] == ["a", "b", "c", "d"]
    assert [cell.coordinate for cell in red_cells(path)] == ["C2", "C5"]


def test_what_no_cell_can_hold_stays_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, [part(("第一党支部", BrokenCell("=A1", computed=False), {"a": 1}))])
    assert [cell.value for cell in red_cells(path)] == ["#N/A", "#N/A"]


def test_branches_that_do_not_fit_are_left_out_whole_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry_module, "MOST_ROWS", 4)
    with RetryRows() as rows:
        rows.add([part(("一", "a", "男"), ("一", "b", "男"))])
        rows.add([part(file="乙.xlsx"), part(("二", "c", "男"), ("二", "d", "男"), file="丙.xlsx")])
        rows.add([part(("三", "e", "男"), file="丁.xlsx")])
        retry_workbook.write_retry_workbook(rows, tmp_path / "失败.xlsx", (), SCHEMA, COMMAND)
        assert rows.left_out == 3
    assert [row[1] for row in rows_of(tmp_path / "失败.xlsx")] == ["a", "b", "e"] or [
        row[1] for row in rows_of(tmp_path / "失败.xlsx")
    ] == ["e", "a", "b"]
    page = openpyxl.load_workbook(tmp_path / "失败.xlsx").worksheets[0]
    assert any("3 further rows" in str(row[0].value) for row in page)


def test_more_comments_than_anybody_reads_are_left_out_and_the_cells_are_red(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry_workbook, "MOST_COMMENTS", 1)
    finding = Finding(Severity.ERROR, "性别", "", Place("数据.xlsx", "党员", "C2"))
    findings = [finding, finding._replace(place=finding.place._replace(cell="C3"))]
    path = written(tmp_path, [part(("一", "a", "?"), ("一", "b", "?"))], findings)
    assert [bool(cell.comment) for cell in red_cells(path)] == [True, False]


def test_choices_are_offered_where_they_are_typed(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path, [part()]))["党员"]
    offered = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert offered["C2:C1048576"] == "=choices_members_gender"


def test_a_date_that_is_mended_by_month_stays_a_month(tmp_path: Path) -> None:
    titles, columns = ("支部", "姓名", "出生日期"), ("branch", "name", "born_on")
    cells = (("一", "a", "1993.13"), ("一", "b", 1993.1), ("一", "c", dt.date(1993, 10, 1)))
    path = written(tmp_path, [part(*cells, titles=titles, columns=columns)])
    formats = [row[2].number_format for row in openpyxl.load_workbook(path)["党员"].iter_rows(min_row=2)]
    assert formats == ["@", "@", "yyyy-mm-dd"]


# Values as the readers of files give them: whatever a workbook holds comes back from it.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(lambda text: f"甲{text}乙")
VALUES = st.one_of(
    TEXT,
    st.sampled_from(
        ["=1+1", "+86", "-", "@x", "007", "1E5", "  x ", "TRUE", "2026-03-05", "a\nb", "_x0041_"]
    ),
    st.integers(-(10**14), 10**14).map(float),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 6)),
    st.booleans(),
    st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)),
    st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0, second=1)
    ),
    st.none(),
)


@settings(max_examples=20, deadline=None)
@given(values=st.lists(VALUES, min_size=1, max_size=12))
def test_values_come_back_as_they_were_given(
    tmp_path_factory: pytest.TempPathFactory, values: list[Any]
) -> None:
    path = written(tmp_path_factory.mktemp("a"), [part(*(("第一党支部", "张三", value) for value in values))])
    (table,) = (one for one in read_workbook(path.read_bytes(), Format.XLSX, "a") if one.sheet == "党员")
    came = [row[2] for row in table.rows[1:]]
    assert [_empty_as_none(value) for value in came] == [_empty_as_none(value) for value in values]
    assert [type(_empty_as_none(value)) for value in came] == [type(_empty_as_none(v)) for v in values]


def _empty_as_none(value: Any) -> Any:
    return None if value == "" else value
