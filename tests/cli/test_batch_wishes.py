"""What a batch makes of its documents, whom it is for, and where it stops: through the command."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from docsmith.engine.ledger import Ledger
from docsmith.engine.writing import Status, Writer
from tests.cli.conftest import Docsmith
from tests.cli.office import spoil, write_workbook
from tests.pdf.samples import needs_libreoffice
from tests.plugins_for_tests import make_plugin

SUPERIORS = ("东校区总支", "西校区总支", "东校区总支")


def _branch(number: int) -> dict[str, str]:
    kind = "联合支部" if number % 2 else "普通支部"
    superior = SUPERIORS[number % len(SUPERIORS)]
    return {"name": f"第{number}党支部", "code": f"B{number}", "kind": kind, "superior": superior}


def _fill(workspace: Path, branches: int) -> None:
    tables: dict[str, list[dict[str, str]]] = {
        "unit": [{"name": "研究所", "year": "2026"}],
        "branches": [_branch(number) for number in range(branches)],
    }
    write_workbook(workspace / "数据.xlsx", tables)


@pytest.fixture
def six(workspace: Path) -> Path:
    """A workspace of six branches and two types, each of which prints the code of the branch."""
    _fill(workspace, 6)
    make_plugin(workspace / "文种", "first", "甲表", text="{{ 支部.支部编码 }} first")
    make_plugin(workspace / "文种", "second", "乙表", text="{{ 支部.支部编码 }} second")
    settings = "data = '数据.xlsx'\nplugins = '文种'\npack = ['甲表', '乙表']\n"
    (workspace / "docsmith.toml").write_text(settings, encoding="utf-8")
    return workspace


def _files(out: Path) -> dict[str, int]:
    """Return what people find in an output folder, reports aside, and when each was written."""
    files = (path for path in out.rglob("*") if path.is_file())
    times = {path.relative_to(out).as_posix(): path.stat().st_mtime_ns for path in files}
    return {name: time for name, time in times.items() if not name.startswith((".docsmith", "批量报告"))}


def _pages(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded().strip() for page in document]


def _done(answer: dict[str, Any]) -> list[tuple[str, str, str]]:
    return sorted((one["branch"], one["document_type"], one["status"]) for one in answer["documents"])


@needs_libreoffice
def test_pdfs_the_pack_and_archives_are_made_told_kept_and_undone(docsmith: Docsmith, six: Path) -> None:
    asked = ("batch", "--limit", "3", "--pdf", "--print-pack", "--zip", "--durable", "--json")
    done = docsmith(*asked)
    assert done.code == 0, done.err
    answer = done.json
    branches = ["第0党支部", "第1党支部", "第2党支部"]
    kinds = ["first", "first.pdf", "second", "second.pdf"]
    assert _done(answer) == [(branch, kind, "written") for branch in branches for kind in kinds]
    assert all(Path(one["path"]).is_file() for one in answer["documents"])

    (pack,) = map(Path, answer["print_pack"])
    expected = [f"B{number} {kind}" for number in range(3) for kind in ("first", "second")]
    assert [page for page in _pages(pack) if page] == expected

    members = {}
    for path in map(Path, answer["archives"]):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            members[path.stem] = archive.namelist()
    assert members == {
        superior: [
            f"{branch}/{branch}-{title}.{suffix}"
            for branch in of
            for title in ("甲表", "乙表")
            for suffix in ("docx", "pdf")
        ]
        for superior, of in {
            "东校区总支（部分）": [branches[0], branches[2]],
            "西校区总支（部分）": [branches[1]],
        }.items()
    }

    made = _files(six / "输出")
    assert len(made) == 12 + 1 + 2
    again = docsmith(*asked).json
    assert _done(again) == [(branch, kind, "unchanged") for branch in branches for kind in kinds]
    assert (again["print_pack"], again["archives"]) == (answer["print_pack"], answer["archives"])
    assert _files(six / "输出") == made

    assert docsmith("undo").code == 0
    assert _files(six / "输出") == {}


def test_a_branch_fits_only_where_all_conditions_are_true(docsmith: Docsmith, six: Path) -> None:
    asked = ("batch", "甲表", "--json", "--where", "kind=普通支部", "--where", "上级党组织=东校区总支")
    documents = docsmith(*asked).json["documents"]
    assert [one["branch"] for one in documents] == ["第0党支部", "第2党支部"]


def test_a_branch_whose_row_is_unreadable_fails_by_name_whatever_the_condition(
    docsmith: Docsmith, six: Path
) -> None:
    cells = spoil(six / "数据.xlsx", "支部", "任期年数", {"第1党支部": "很久"})
    done = docsmith("batch", "甲表", "--json", "--where", "kind=普通支部")
    assert done.code == 1
    documents = {one["branch"]: one for one in done.json["documents"]}
    failed = documents.pop("第1党支部")
    assert {name: one["status"] for name, one in documents.items()} == {
        "第0党支部": "written",
        "第2党支部": "written",
        "第4党支部": "written",
    }
    assert failed["status"] == "failed"
    (finding,) = failed["findings"]
    assert (finding["sheet"], finding["cell"]) == ("支部", cells["第1党支部"])


def test_a_table_that_goes_midway_ends_the_run_after_three_tickets_with_what_is_wrong(
    docsmith: Docsmith, six: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    databases = pytest.importorskip("tests.sources.databases", reason="SQLAlchemy is not installed")
    _fill(six, 12)
    url = databases.sqlite(six / "党建.db", databases.rows_of(six / "数据.xlsx"))
    monkeypatch.setattr("docsmith.engine.batch.loop._BRANCHES_A_TICKET", 1)
    place_all = Writer.place_all

    def place_and_drop(writer: Writer, documents: Any) -> Any:
        with sqlite3.connect(six / "党建.db") as connection:
            connection.execute("DROP TABLE IF EXISTS 支部")
        connection.close()
        return place_all(writer, documents)

    monkeypatch.setattr(Writer, "place_all", place_and_drop)
    done = docsmith("batch", "甲表", "--data", url, "--jobs", "1")
    assert done.code == 3
    assert "支部" in done.err
    assert list(_files(six / "输出")) == ["2026/第0党支部/第0党支部-甲表.docx"]
    with Ledger(six / "输出", read_only=True) as ledger:
        statuses = [row.status for row in ledger.results(1)]
    assert statuses == [Status.WRITTEN, *[Status.FAILED] * 3]


def test_render_puts_documents_where_batch_does_after_the_list_has_grown(
    docsmith: Docsmith, six: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docsmith.engine.path_pattern.MOST_IN_FOLDER", 8)
    docsmith("batch", "甲表", "--branch", "第4党支部")
    _fill(six, 12)
    made = _paths(docsmith("batch", "甲表", "--json").json)
    rendered = _paths(docsmith("render", "甲表", "--json").json)
    assert rendered == made
    folders = {name: path.parent.parent.name for name, path in made.items()}
    assert folders["第4党支部"] == "2026"
    assert folders["第11党支部"] == "000009-000016"


def _paths(answer: dict[str, Any]) -> dict[str, Path]:
    return {one["branch"]: Path(one["path"]).resolve() for one in answer["documents"]}
