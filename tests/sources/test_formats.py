"""Every format that people send is read, and by what it is, not by what it is called."""

import contextlib
import csv
import datetime as dt
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from docsmith.errors import SourceError
from docsmith.model.dates import PartialDate
from docsmith.model.findings import Severity
from docsmith.model.schema import Schema
from docsmith.sources import load
from docsmith.sources.detect import Format, format_of
from docsmith.sources.formulas import marked
from docsmith.sources.notes import Notes
from docsmith.sources.structured import read_objects
from docsmith.sources.text_tables import read_csv
from tests.sources.making import BRANCHES, UNIT, by_code, found, read, workbook

MEMBERS = [("支部", "姓名", "出生日期"), ("第一党支部", "方可", dt.date(1985, 3, 5))]
SHEETS = {"单位": UNIT, "支部": BRANCHES, "党员": MEMBERS}
CSV = '支部,姓名,备注\r\n第一党支部,方可,一\r\n第一党支部,䶮小满,"二，\n三"\r\n'


def _xls(path: Path) -> Path:
    made = xlwt.Workbook(encoding="utf-8")
    date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for title, rows in SHEETS.items():
        sheet = made.add_sheet(title)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                sheet.write(i, j, value, date) if isinstance(value, dt.date) else sheet.write(i, j, value)
    made.save(str(path))
    return path


def _ods(path: Path) -> Path:
    made = OpenDocumentSpreadsheet()
    for title, rows in SHEETS.items():
        table = Table(name=title)
        for row in rows:
            line = TableRow()
            for value in row:
                kind = {"valuetype": "string"}
                if isinstance(value, dt.date):
                    kind = {"valuetype": "date", "datevalue": value.isoformat()}
                elif isinstance(value, int):
                    kind = {"valuetype": "float", "value": str(value)}
                cell = TableCell(**kind)
                cell.addElement(P(text=str(value)))
                line.addElement(cell)
            table.addElement(line)
        made.spreadsheet.addElement(table)
    made.save(str(path))
    return path


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("数据.xlsx", lambda path: workbook(path, SHEETS)),
        ("数据.xls", _xls),
        ("数据.et", _xls),
        ("数据.ods", _ods),
        ("其实是xlsx.xls", lambda path: workbook(path, SHEETS)),
        ("其实是xls.xlsx", _xls),
        ("其实是xlsx.csv", lambda path: workbook(path, SHEETS)),
    ],
)
def test_workbook_is_read_whatever_its_format_and_ending(
    tmp_path: Path, name: str, make: Callable[[Path], Path]
) -> None:
    dataset = read(make(tmp_path / name))
    (member,) = dataset.tables["members"]
    assert (member.branch, member.name, member.born_on) == ("第一党支部", "方可", PartialDate(1985, 3, 5))
    assert dataset.unit.year == 2026
    assert [branch.code for branch in dataset.branches] == ["0201", "0202"]
    assert found(dataset) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_csv_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "党员.csv").write_bytes(CSV.encode(encoding))
    dataset = read(tmp_path / "党员.csv")
    assert [(m.name, m.note) for m in dataset.tables["members"]] == [("方可", "一"), ("䶮小满", "二，\n三")]


@pytest.mark.parametrize("separator", [",", "\t", ";", "，"])
def test_csv_separator_is_found(tmp_path: Path, separator: str) -> None:
    (tmp_path / "党员.csv").write_text(f"支部{separator}姓名\n第一党支部{separator}方可\n", encoding="utf-8")
    assert [m.name for m in read(tmp_path / "党员.csv").tables["members"]] == ["方可"]


def test_a_table_of_one_column_keeps_the_commas_of_its_text(tmp_path: Path) -> None:
    text = "党支部\n工会，妇联联合支部\n机关第一，第二支部\n"
    (tmp_path / "支部.csv").write_text(text, encoding="utf-8")
    assert read(tmp_path / "支部.csv").branch_names == ("工会，妇联联合支部", "机关第一，第二支部")


def test_full_width_commas_in_a_title_are_of_the_title(tmp_path: Path) -> None:
    (tmp_path / "支部.csv").write_text(
        "支部名称,所在单位（处，室，组，科）\n第一，第二联合支部,一，二，三，四\n", encoding="utf-8"
    )
    (branch,) = read(tmp_path / "支部.csv").branches
    assert (branch.name, branch.based_at) == ("第一，第二联合支部", "一，二，三，四")


def test_a_comma_of_the_title_separates_no_cells(tmp_path: Path) -> None:
    text = "某局党员名册，二〇二六年\n支部,姓名\n第一党支部,方可\n"
    (tmp_path / "党员.csv").write_text(text, encoding="utf-8")
    assert [m.name for m in read(tmp_path / "党员.csv").tables["members"]] == ["方可"]


def test_csv_called_xls_is_read(tmp_path: Path) -> None:
    (tmp_path / "党员.xls").write_bytes(CSV.encode("gb18030"))
    assert len(read(tmp_path / "党员.xls").tables["members"]) == 2


def test_csv_row_with_a_comma_too_many_is_an_error_not_a_shifted_record(tmp_path: Path) -> None:
    (tmp_path / "党员.csv").write_text("支部,姓名,学历\n第一党支部,方可,大学,法学\n", encoding="utf-8")
    dataset = read(tmp_path / "党员.csv")
    assert dataset.tables["members"] == ()
    assert ("row-too-long", "D2") in found(dataset)
    assert [failed.branches for failed in dataset.failed if failed.sheet == "members"] == [("第一党支部",)]


@given(
    rows=st.lists(
        st.lists(st.text(st.characters(codec="gb18030", exclude_characters="\0\r")), min_size=2, max_size=2),
        min_size=1,
        max_size=5,
    ),
    encoding=st.sampled_from(["utf-8-sig", "utf-16", "gb18030"]),
)
def test_csv_fields_come_back_as_they_were(rows: list[list[str]], encoding: str) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["支部", "姓名"])
    writer.writerows([[marked(cell) for cell in row] for row in rows])
    data = buffer.getvalue().encode(encoding)
    (table,) = read_csv(data, "a.csv")
    assert [list(row) for row in table.rows[1:]] == rows


def test_json_of_convert_is_read_with_its_extra_fields(tmp_path: Path) -> None:
    content = {
        "unit": {"name": "科技馆", "year": 2026, "extra": {"邮编": "010"}},
        "branches": [{"name": "第一党支部", "other_members": ["张三", "李四"], "term_years": 3}],
        "members": [{"branch": "第一党支部", "name": "方可", "born_on": "1993-10", "extra": {"工号": "007"}}],
    }
    (tmp_path / "a.json").write_text(json.dumps(content), encoding="utf-8")
    dataset = read(tmp_path / "a.json")
    assert dataset.unit.extra == {"邮编": "010"}
    assert dataset.branches[0].other_members == ("张三", "李四")
    assert dataset.tables["members"][0].extra == {"工号": "007"}
    assert dataset.tables["members"][0].born_on == PartialDate(1993, 10)
    assert found(dataset) == []


def test_json_place_names_the_row_and_the_key(tmp_path: Path) -> None:
    rows = [{"支部": "第一党支部", "姓名": "方可", "出生日期": "不详"}]
    (tmp_path / "党员.json").write_text(json.dumps(rows), encoding="utf-8")
    assert ("date-unreadable", "1.出生日期") in found(read(tmp_path / "党员.json"))


def test_yaml_keeps_leading_zeros_and_words(tmp_path: Path) -> None:
    text = "branches:\n- code: 0201\n  name: 第一党支部\n  based_at: NO\n  secretary: ~\n  note: 12:30:45\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    (branch,) = read(tmp_path / "a.yaml").branches
    assert (branch.code, branch.based_at, branch.secretary, branch.note) == ("0201", "NO", None, "12:30:45")


@pytest.mark.parametrize("key", ["单位", "unit"])
def test_unit_is_read_from_pairs_as_the_workbook_has_them(tmp_path: Path, key: str) -> None:
    pairs = [("单位名称", "云屏县科技馆"), ("年度", 2026), ("邮编", "850000")]
    content = {key: [{"项目": item, "内容": value} for item, value in pairs]}
    (tmp_path / "a.json").write_text(json.dumps(content), encoding="utf-8")
    unit = read(tmp_path / "a.json").unit
    assert (unit.name, unit.year, unit.extra) == ("云屏县科技馆", 2026, {"邮编": "850000"})


def test_lone_surrogates_in_values_and_keys_become_visible(tmp_path: Path) -> None:
    content = {
        "unit": {"name": "科技馆\ud800", "year": 2026, "extra": {"\ud800邮编": "8\x01"}},
        "members": [{"branch": "一支部", "name": "方\x00可", "\udc00特长": "a&<>"}],
    }
    (tmp_path / "a.json").write_text(json.dumps(content), encoding="utf-8")
    dataset = read(tmp_path / "a.json")
    assert (dataset.unit.name, dataset.unit.extra) == ("科技馆\ufffd", {"\ufffd邮编": "8\ufffd"})
    (member,) = dataset.tables["members"]
    assert (member.name, member.extra) == ("方\ufffd可", {"\ufffd特长": "a&<>"})
    assert "".join(f"{f.message}{f.place}" for f in dataset.findings).encode("utf-8")


def test_unknown_key_of_an_object_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        '{"members": [], "branches": [{"name": "一"}], "foo": []}', encoding="utf-8"
    )
    assert [f.place.sheet for f in by_code(read(tmp_path / "a.json").findings, "sheet-unknown")] == ["foo"]


def test_list_where_text_is_expected_is_an_error_at_its_key(tmp_path: Path) -> None:
    content = {"branches": [{"name": ["一", "二"]}]}
    (tmp_path / "a.json").write_text(json.dumps(content), encoding="utf-8")
    assert ("value-nested", "1.name") in found(read(tmp_path / "a.json"))


def test_folder_is_merged_and_locks_hidden_files_and_output_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "汇总"
    (folder / "一支部").mkdir(parents=True)
    (folder / "输出").mkdir()
    workbook(folder / "一支部" / "甲.xlsx", {"单位": UNIT, "支部": BRANCHES})
    workbook(folder / "乙.xlsx", {"党员": MEMBERS})
    for name in ("~$乙.xlsx", ".隐藏.xlsx", "输出/结果.xlsx"):
        (folder / name).write_bytes(b"not a workbook")
    (folder / "说明.docx").write_bytes(b"no data")
    dataset = read(folder)
    assert [m.where("name").file for m in dataset.tables["members"]] == ["乙.xlsx"]
    assert dataset.branches[0].where().file == "一支部/甲.xlsx"
    assert found(dataset) == []


def test_bad_file_in_a_folder_is_a_finding_and_the_others_are_read(tmp_path: Path) -> None:
    workbook(tmp_path / "甲.xlsx", SHEETS)
    (tmp_path / "乙.xlsx").write_bytes(b"%PDF-1.7")
    dataset = read(tmp_path)
    assert len(dataset.tables["members"]) == 1
    assert dataset.partial
    (finding,) = by_code(dataset.findings, "file-unreadable")
    assert (finding.severity, finding.place.file) == (Severity.ERROR, "乙.xlsx")


def test_several_paths_are_merged_in_their_order(tmp_path: Path) -> None:
    one = workbook(tmp_path / "甲.xlsx", {"单位": UNIT, "支部": BRANCHES})
    two = workbook(tmp_path / "乙.xlsx", {"党员": MEMBERS})
    copy = shutil.copy(two, tmp_path / "丙.xlsx")
    dataset = load([one, two, Path(copy)], Schema.built_in())
    assert [m.where("name").file for m in dataset.tables["members"]] == ["乙.xlsx", "丙.xlsx"]
    assert ("member-duplicate", "B2") in found(dataset)


@given(st.binary(max_size=300))
def test_random_bytes_give_a_table_or_a_source_error(data: bytes) -> None:
    with contextlib.suppress(SourceError):
        kind = format_of(data, "a.csv")
        if kind is Format.CSV:
            read_csv(data, "a.csv")
        elif kind in (Format.JSON, Format.YAML):
            read_objects(data, kind, "a.csv", Schema.built_in(), Notes())
