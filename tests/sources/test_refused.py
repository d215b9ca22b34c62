"""What must not be opened, or cannot be: one clear line each, and something to do about it."""

import contextlib
import io
import json
import struct
import zipfile
from pathlib import Path

import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from docsmith.errors import SourceError
from tests.sources.making import BRANCHES, read, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


def _refused(path: Path, data: bytes) -> SourceError:
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read(path)
    assert path.name in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\0" * 2000, "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"{\\rtf1 ...", "RTF"),
        (b"\x89PNG\r\n", "picture"),
        (b"<html><table><tr><td>\xd0\xd5</td></tr></table>", "web page"),
        (b"\xef\xbb\xbf<!-- x --><HTML xmlns:o='urn'><table></table></HTML>", "web page"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web page"),
        (b"PK\x03\x04 cut off", "damaged"),
        (OLE, "damaged"),
        (OLE + "EncryptedPackage".encode("utf-16-le") + b"\0\0", "password"),
        (OLE + "WordDocument".encode("utf-16-le") + b"\0\0", "Word document"),
        (b"\xff\x00\x80\x81 binary \x00", "neither"),
    ],
)
def test_file_that_is_no_workbook_is_named_for_what_it_is(tmp_path: Path, data: bytes, word: str) -> None:
    assert word in _refused(tmp_path / "党员.xlsx", data).message


def test_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no file 没有\.xlsx"):
        read(tmp_path / "没有.xlsx")


def test_folder_without_data_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no data file"):
        read(tmp_path)


def test_folder_of_nothing_but_bad_files_is_refused(tmp_path: Path) -> None:
    for name in ("甲.xlsx", "乙.xlsx"):
        (tmp_path / name).write_bytes(b"%PDF")
    with pytest.raises(SourceError, match=r"甲\.xlsx"):
        read(tmp_path)


def _zip(parts: dict[str, bytes], pack: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", pack) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_word_document_called_xlsx_is_refused(tmp_path: Path) -> None:
    assert "Word document" in _refused(tmp_path / "a.xlsx", _zip({"word/document.xml": b"<a/>"})).message


def test_zip_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    bomb = _zip({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * (60 << 20)})
    assert len(bomb) < 100_000
    assert "unpack" in _refused(tmp_path / "a.xlsx", bomb).message


@pytest.mark.parametrize("pack", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_packed_so_that_python_unpacks_it_without_a_bound_is_refused(
    tmp_path: Path, pack: int
) -> None:
    data = _zip({"xl/workbook.xml": b"<a/>"}, pack)
    assert "unpack" in _refused(tmp_path / "a.xlsx", data).message


def test_part_longer_than_the_directory_says_is_refused(tmp_path: Path) -> None:
    data = bytearray(workbook(tmp_path / "b.xlsx", {"支部": BRANCHES}).read_bytes())
    # The size of the first part, in its entry of the central directory (APPNOTE 4.3.12).
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<L", 10)
    assert "damaged" in _refused(tmp_path / "a.xlsx", bytes(data)).message


def test_truncated_workbook_is_refused(tmp_path: Path) -> None:
    data = workbook(tmp_path / "b.xlsx", {"支部": BRANCHES}).read_bytes()
    assert "damaged" in _refused(tmp_path / "a.xlsx", data[: len(data) // 2]).message


def test_flipped_byte_is_refused(tmp_path: Path) -> None:
    data = bytearray(workbook(tmp_path / "b.xlsx", {"支部": BRANCHES}).read_bytes())
    start = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[start] ^= 0xFF
    assert "damaged" in _refused(tmp_path / "a.xlsx", bytes(data)).message


def test_one_cell_at_the_far_corner_is_refused_before_memory_is_asked_for(tmp_path: Path) -> None:
    made = Workbook()
    made.active["A1"] = "支部名称"
    made.active["XFD1048576"] = "x"
    buffer = io.BytesIO()
    made.save(buffer)
    error = _refused(tmp_path / "a.xlsx", buffer.getvalue())
    assert "million cells" in error.message
    assert "Ctrl+End" in error.hint


@pytest.mark.parametrize(
    "reference",
    [
        b"r='XFD1048576'",
        b'r = "XFD1048576"',
        b'r="xfd1048576"',
        b'r="XFD1048576"',
        b'r="XFD1048576" x="/>"',
        b'x=">" r="XFD1048576"',
    ],
)
def test_far_cell_in_a_row_that_says_otherwise_is_refused(tmp_path: Path, reference: bytes) -> None:
    source = workbook(tmp_path / "b.xlsx", {"支部": BRANCHES})
    with zipfile.ZipFile(source) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'r="B3"', reference)
    assert "million cells" in _refused(tmp_path / "a.xlsx", _zip(parts)).message


def test_formats_alone_at_the_far_corner_do_no_harm(tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    sheet.title = "支部"
    sheet.append(["支部名称"])
    sheet.append(["第一党支部"])
    sheet["XFD1048576"].number_format = "@"
    made.save(tmp_path / "a.xlsx")
    assert [branch.name for branch in read(tmp_path / "a.xlsx").branches] == ["第一党支部"]


def test_ods_whose_cells_repeat_without_end_is_refused(tmp_path: Path) -> None:
    made = OpenDocumentSpreadsheet()
    table = Table(name="支部")
    row = TableRow(numberrowsrepeated=1_000_000)
    cell = TableCell(numbercolumnsrepeated=16_000, valuetype="string")
    cell.addElement(P(text="x"))
    row.addElement(cell)
    table.addElement(row)
    made.spreadsheet.addElement(table)
    buffer = io.BytesIO()
    made.write(buffer)
    assert "unpack" in _refused(tmp_path / "a.ods", buffer.getvalue()).message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[{"name": "a", "name": "b"}]', ["twice"]),
        ('[{"covered_units": NaN}]', ["NaN"]),
        ("[" * 100_000, ["line 1"]),
        (json.dumps([[[[[[[[[[1]]]]]]]]]]), ["deeply"]),
        ('{"branches": [', ["line 1", "valid JSON"]),
        ("", ["empty"]),
    ],
)
def test_json_that_cannot_be_trusted_is_refused(tmp_path: Path, text: str, words: str) -> None:
    message = _refused(tmp_path / "a.json", text.encode()).message
    assert all(word in message for word in words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &x [1]\nb: *x\n", ["line 1", "aliases"]),
        ("a: !!python/object/apply:os.system [ls]\n", ["line 1", "tags"]),
        ("a: 1\nb: 2\na: 3\n", ["line 3", "twice"]),
        ("a: [1\nb", ["line", "valid YAML"]),
        ("a: {" * 30 + "}" * 30, ["deeply"]),
        ("a: 1\n---\nb: 2\n", ["second document"]),
        ("? [1, 2]\n: 3\n", ["key"]),
    ],
)
def test_yaml_that_cannot_be_trusted_is_refused(tmp_path: Path, text: str, words: str) -> None:
    message = _refused(tmp_path / "a.yaml", text.encode()).message
    assert all(word in message for word in words)


def test_csv_with_a_quote_that_never_closes_is_refused(tmp_path: Path) -> None:
    text = '支部,姓名\n第一党支部,方可\n第一党支部,"简宁\n第二党支部,池北\n'
    assert "row 3" in _refused(tmp_path / "党员.csv", text.encode()).message


def _old_workbook() -> bytes:
    made = xlwt.Workbook()
    made.add_sheet("支部").write(0, 0, "支部名称")
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_old_workbook_that_states_an_impossible_size_is_refused_before_memory_is_asked_for(
    tmp_path: Path,
) -> None:
    data = bytearray(_old_workbook())
    dimensions = data.index(b"\x00\x02\x0e\x00")
    struct.pack_into("<IIHH", data, dimensions + 4, 0, 0xFFFFFFFF, 0, 0xFFFF)
    assert "damaged" in _refused(tmp_path / "a.xls", bytes(data)).message


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=5))
def test_old_workbook_with_changed_bytes_is_read_or_refused(
    tmp_path: Path, changes: list[tuple[int, int]]
) -> None:
    data = bytearray(_old_workbook())
    for at, value in changes:
        data[at % len(data)] = value
    (tmp_path / "a.xls").write_bytes(data)
    with contextlib.suppress(SourceError):
        read(tmp_path / "a.xls")
