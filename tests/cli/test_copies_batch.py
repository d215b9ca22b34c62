"""A batch of documents for rows: what it need not do, its reports, bundles, and folders."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Docsmith
from tests.cli.copies import (
    FIRST,
    MEMBERS,
    SECOND,
    TALKS,
    documents,
    files,
    make_type,
    statuses,
    talks,
    write_csv,
    write_talks,
)
from tests.pdf.samples import needs_libreoffice


def test_what_is_as_it_was_is_not_read_again(
    docsmith: Docsmith, rows_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docsmith("batch")

    def fail(*_args: object, **_named: object) -> None:
        raise AssertionError("it was read again")

    monkeypatch.setattr("docsmith.sources.file_shares.FilePortion.dataset", fail)
    done = docsmith("batch", "--json")
    assert done.code == 0, done.err
    assert set(statuses(done).values()) == {"unchanged"}
    assert len(documents(done)) == 9


def test_a_missing_document_has_all_of_its_branch_and_type_looked_at_again(
    docsmith: Docsmith, rows_office: Path
) -> None:
    docsmith("batch", "谈话单")
    before = talks(rows_office)
    (rows_office.parent / "输出/2026" / FIRST / "谈话单/王五-谈话单.docx").unlink()
    done = docsmith("batch", "谈话单", "--json")
    assert [one["status"] for one in documents(done)] == ["unchanged", "written", "unchanged", "unchanged"]
    assert talks(rows_office) == before


def test_undo_brings_back_the_documents_of_rows(docsmith: Docsmith, rows_office: Path) -> None:
    docsmith("batch", "谈话单", "名单表")
    before = files(rows_office)
    write_talks(
        rows_office, f"{FIRST},2026-01-01,张三,李四", *(row.replace("06-01", "06-11") for row in TALKS)
    )
    write_csv(rows_office, "党员", MEMBERS, f"{FIRST},孙八,男,正式党员")
    docsmith("batch", "谈话单", "名单表")
    assert files(rows_office) != before
    assert docsmith("undo").code == 0
    assert files(rows_office) == before
    assert docsmith("undo").code == 0
    assert files(rows_office) == {}


def test_the_report_lists_each_document_and_what_was_left(docsmith: Docsmith, rows_office: Path) -> None:
    docsmith("batch", "谈话单", "名单表")
    write_talks(rows_office, *TALKS[1:])
    done = docsmith("batch", "谈话单", "名单表")
    assert "left 1" in re.sub(" +", " ", done.out)
    report = max(rows_office.parent.glob("输出/批量报告/*/报告.xlsx"))
    book = load_workbook(report)
    everything = [[cell.value for cell in row] for row in book.worksheets[-1].iter_rows(min_row=2)]
    assert len(everything) == 5
    assert ["名单表", "研究所", "unchanged"] in [row[:3] for row in everything]
    assert any("not deleted" in str(cell.value) for row in book["Remarks"].iter_rows() for cell in row)


def test_the_workbook_of_what_failed_mends_the_rows_of_a_branch(
    docsmith: Docsmith, rows_office: Path
) -> None:
    write_talks(rows_office, TALKS[0].replace("2026-03-01", "三月"), *TALKS[1:])
    failed = docsmith("batch", "谈话单", "名单表", "--json")
    retry = Path(failed.json["retry"])
    book = load_workbook(retry)
    at = next(cell for row in book["谈心谈话"].iter_rows() for cell in row if cell.value == "三月")
    at.value = "2026-03-01"
    book.save(retry)
    (command,) = re.findall(r"(docsmith batch .*失败支部\.xlsx.*)", docsmith("batch", "谈话单", "名单表").out)
    assert "名单表" not in command
    assert "test-roster" not in command
    mended = docsmith("batch", "test-talks", "--data", str(retry), "--json")
    assert mended.code == 0, mended.err
    assert set(statuses(mended).values()) == {"written", "unchanged"}
    assert len(talks(rows_office)) == 3


def test_archives_keep_the_documents_of_rows_in_their_folder(docsmith: Docsmith, rows_office: Path) -> None:
    docsmith("batch", "谈话单", "名单表", "通知单", "--zip")
    (archive,) = rows_office.parent.glob("输出/2026/压缩包/*.zip")
    with zipfile.ZipFile(archive) as content:
        assert content.namelist() == [
            f"{FIRST}/谈话单/李四-谈话单.docx",
            f"{FIRST}/谈话单/王五-谈话单.docx",
            f"{FIRST}/谈话单/李四-谈话单（2）.docx",
            f"{FIRST}/{FIRST}-通知单.docx",
            f"{SECOND}/谈话单/李四-谈话单.docx",
            f"{SECOND}/{SECOND}-通知单.docx",
            "研究所/研究所-名单表.docx",
        ]


def test_many_documents_of_a_branch_are_dealt_out_to_folders(docsmith: Docsmith, rows_office: Path) -> None:
    talks = [f"{FIRST},2026-03-01,张三,李四{'甲乙丙丁戊己庚辛壬癸'[n % 10]},{n}" for n in range(1_002)]
    write_talks(rows_office, *talks)
    assert docsmith("batch", "谈话单").code == 0
    folders = list((rows_office.parent / "输出/2026" / FIRST / "谈话单").iterdir())
    assert sorted(path.name for path in folders) == ["000001-000500", "000501-001000", "001001-001500"]
    assert max(len(list(path.iterdir())) for path in folders) == 500


def test_a_path_without_the_name_of_the_file_has_it_for_rows(docsmith: Docsmith, rows_office: Path) -> None:
    settings = "data = '数据'\nplugins = '文种'\npath = '{年度}/{文种}/{支部名称}'\n"
    (rows_office.parent / "docsmith.toml").write_text(settings, encoding="utf-8")
    assert docsmith("batch", "谈话单", "通知单", "名单表").code == 0
    assert set(files(rows_office)) == {
        f"谈话单/{FIRST}/李四-谈话单.docx",
        f"谈话单/{FIRST}/李四-谈话单（2）.docx",
        f"谈话单/{FIRST}/王五-谈话单.docx",
        f"谈话单/{SECOND}/李四-谈话单.docx",
        f"通知单/{FIRST}.docx",
        f"通知单/{SECOND}.docx",
        "名单表/研究所.docx",
    }


def test_render_and_batch_make_the_same(docsmith: Docsmith, rows_office: Path) -> None:
    docsmith("batch", "谈话单", "名单表", "承诺单", "--out", "甲")
    docsmith("render", "谈话单", "名单表", "承诺单", "--out", "乙")
    first, second = (
        {
            path.relative_to(rows_office.parent / out): path.read_bytes()
            for path in (rows_office.parent / out).rglob("*.docx")
        }
        for out in ("甲", "乙")
    )
    assert first == second
    assert len(first) == 7


def test_types_of_one_title_have_folders_of_their_own(docsmith: Docsmith, rows_office: Path) -> None:
    for plugin_id in ("first-note", "second-note"):
        make_type(rows_office.parent / "更多", plugin_id, "便条", "talks", "{{ 记录.谈话对象 }}", plugin_id)
    done = docsmith(
        "render", "first-note", "second-note", "--plugin-dir", "更多", "--branch", SECOND, "--json"
    )
    assert [Path(one["path"]).parent.name for one in documents(done)] == [
        "便条-first-note",
        "便条-second-note",
    ]


@needs_libreoffice
def test_pdfs_and_the_print_pack_come_by_branch_and_type_and_document(
    docsmith: Docsmith, rows_office: Path
) -> None:
    asked = ("batch", "谈话单", "通知单", "名单表", "--print-pack", "--json")
    done = docsmith(*asked)
    assert done.code == 0, done.err
    (pack,) = done.json["print_pack"]
    with pypdfium2.PdfDocument(pack) as document:
        pages = [page.get_textpage().get_text_bounded().replace(" ", "").strip() for page in document]
    assert [page for page in pages if page] == [
        f"{FIRST}2026年3月1日李四无",
        f"{FIRST}2026年3月5日王五无",
        f"{FIRST}2026年6月1日李四无",
        FIRST,
        f"{SECOND}2026年4月1日李四无",
        SECOND,
        f"{FIRST}；{SECOND}；王五、赵六、钱七、",
    ]
    again = docsmith(*asked)
    assert set(statuses(again).values()) == {"unchanged"}
    write_talks(rows_office, *TALKS[1:])
    left = docsmith(*asked)
    kinds = [(one["document_type"], one["status"]) for one in documents(left) if one["status"] != "unchanged"]
    assert kinds == [("test-talks", "left")]
