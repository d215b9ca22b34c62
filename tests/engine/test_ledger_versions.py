"""A ledger of docsmith 0.2, which knew one document of a type for a branch, goes on to be used."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from docsmith._files import digest_of
from docsmith.engine.ledger import Change, CopySet, Entry, Ledger, Origin, ResultRow, Status
from docsmith.engine.undo import undo
from docsmith.engine.writing import Document, Writer
from tests.engine.output import run_with

PATH = "2026/甲/表.docx"
_TABLES = """
CREATE TABLE written (
    path TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, previous TEXT NOT NULL, document_type TEXT NOT NULL,
    branch TEXT NOT NULL, template TEXT NOT NULL, version TEXT NOT NULL, inputs TEXT NOT NULL DEFAULT '',
    year INTEGER NOT NULL DEFAULT 0, to_fill_in INTEGER NOT NULL DEFAULT 0,
    beside INTEGER NOT NULL DEFAULT 0, run INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX written_of_branch ON written (branch, year);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, command TEXT NOT NULL, arguments TEXT NOT NULL,
    started TEXT NOT NULL, finished TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'running'
);
CREATE TABLE changes (
    run INTEGER NOT NULL, number INTEGER NOT NULL, path TEXT NOT NULL, before TEXT NOT NULL,
    after TEXT NOT NULL, kept TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (run, number)
) WITHOUT ROWID;
CREATE TABLE results (
    run INTEGER NOT NULL, position INTEGER NOT NULL, document_type TEXT NOT NULL, branch TEXT NOT NULL,
    status TEXT NOT NULL, path TEXT NOT NULL, beside TEXT NOT NULL, to_fill_in INTEGER NOT NULL,
    findings TEXT NOT NULL, PRIMARY KEY (run, position)
) WITHOUT ROWID;
CREATE TABLE folders (
    year INTEGER NOT NULL, branch TEXT NOT NULL, folder TEXT NOT NULL, run INTEGER NOT NULL,
    PRIMARY KEY (year, branch)
) WITHOUT ROWID;
PRAGMA user_version = 2;
"""


@pytest.fixture
def version_2(tmp_path: Path) -> Path:
    """An output folder in which docsmith 0.2 wrote a document twice, in two runs."""
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_bytes(b"two")
    kept = tmp_path / ".docsmith/history/2/0/1"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"one")
    one, two = digest_of(b"one"), digest_of(b"two")
    before = [PATH, one, "", "notice", "甲", "template", "0.2.0", "digest", 2026, 3, False, 1]
    now = [PATH, two, one, *before[3:-1], 2]
    connection = sqlite3.connect(tmp_path / ".docsmith/ledger.sqlite3")
    connection.executescript(_TABLES)
    with connection:
        connection.execute(f"INSERT INTO written VALUES ({', '.join('?' * 12)})", now)
        for run in (1, 2):
            values = (run, "batch", "{}", "2026-01-01T00:00:00+08:00", "", "done")
            connection.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?)", values)
        connection.execute(
            "INSERT INTO changes VALUES (2, 1, ?, ?, ?, 'history/2/0/1', ?)",
            (PATH, one, two, json.dumps(before, ensure_ascii=False)),
        )
        connection.execute("INSERT INTO changes VALUES (1, 1, '2026', '', 'folder', '', '')")
        connection.execute(
            "INSERT INTO results VALUES (2, 0, 'notice', '甲', 'written', ?, '', 3, '[]')", (PATH,)
        )
        connection.execute("INSERT INTO folders VALUES (2026, '甲', '甲', 1)")
    connection.close()
    return tmp_path


def test_everything_that_it_knows_is_known(version_2: Path) -> None:
    with Ledger(version_2) as ledger:
        assert ledger.known(2026, ["甲"]) == {("notice", "甲"): Entry(PATH, digest_of(b"two"), "digest", 3)}
        assert ledger.folders(2026) == {"甲": "甲"}
        (change,) = ledger.changes(2, 10)
        assert isinstance(change, Change)
        assert change.entry is not None
        assert (change.entry.sha256, change.entry.copy, change.entry.row) == (digest_of(b"one"), "", "")
        assert list(ledger.results(2)) == [ResultRow(0, "notice", "甲", Status.WRITTEN, PATH, "", 3, ())]


def test_what_it_wrote_is_replaced_as_docsmiths_own(version_2: Path) -> None:
    run_with(version_2, {PATH: b"three"})
    assert (version_2 / PATH).read_bytes() == b"three"


def test_its_runs_can_be_undone(version_2: Path) -> None:
    assert [one.path for one in undo(version_2)] == [version_2 / PATH]
    assert (version_2 / PATH).read_bytes() == b"one"
    with Ledger(version_2) as ledger:
        assert ledger.known(2026, ["甲"])["notice", "甲"].sha256 == digest_of(b"one")


def test_it_is_read_and_left_as_it_is_by_who_only_reads(version_2: Path) -> None:
    file = version_2 / ".docsmith/ledger.sqlite3"
    before = file.read_bytes()
    with Ledger(version_2, read_only=True) as ledger:
        assert ledger.copies(2026, ["甲"]) == {}
        assert ledger.known(2026, ["甲"])
    assert file.read_bytes() == before


def test_one_that_a_kill_left_with_its_log_is_read_as_well(version_2: Path) -> None:
    file = version_2 / ".docsmith/ledger.sqlite3"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    with connection:
        connection.execute("UPDATE written SET to_fill_in = 7")
    with Ledger(version_2, read_only=True) as ledger:  # the log is there as long as the other is open
        assert file.with_name(f"{file.name}-wal").exists()
        assert ledger.known(2026, ["甲"])["notice", "甲"].to_fill_in == 7
    connection.close()


def _document(out: Path, copy: str, content: bytes, row: str = "", inputs: str = "") -> Document:
    origin = Origin("talk", "甲", "template", "1.0", inputs, 2026, copy=copy, row=row)
    return Document(out / f"2026/甲/谈话/{copy}.docx", content, origin)


def test_several_documents_of_a_branch_are_known_by_their_names(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger, ledger.running("test", {}):
        writer = Writer(tmp_path, ledger)
        writer.place_all([_document(tmp_path, "张三", b"1", "a"), _document(tmp_path, "李四", b"2", "b")])
        copies = ledger.copies(2026, ["甲", "乙"])["talk", "甲"]
        assert {copy: one.row for copy, one in copies.items()} == {"张三": "a", "李四": "b"}
        assert ledger.agrees(copies["张三"].entry)
        assert ledger.known(2026, ["甲"]) == {}


def test_a_new_version_beside_an_edited_document_says_which_row_it_is_of(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger, ledger.running("test", {}):
        writer = Writer(tmp_path, ledger)
        writer.place_all([_document(tmp_path, "张三", b"1", "a")])
        path = tmp_path / "2026/甲/谈话/张三.docx"
        path.write_bytes(b"edited")
        writer.place_all([_document(tmp_path, "张三", b"2", "b")])
        known = ledger.copies(2026, ["甲"])["talk", "甲"]["张三"]
        assert (known.row, known.is_beside, known.entry.path) == ("b", True, "2026/甲/谈话/张三.docx")
        assert not ledger.agrees(known.entry)
    assert path.read_bytes() == b"edited"


def test_a_document_does_not_take_the_place_of_another_row(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger, ledger.running("test", {}):
        writer = Writer(tmp_path, ledger)
        first, second = _document(tmp_path, "张三", b"1"), _document(tmp_path, "李四", b"2")
        _placed, refused = writer.place_all([first, second._replace(path=first.path)])
        assert "place of two documents" in str(refused)
    assert first.path.read_bytes() == b"1"


def test_the_set_of_a_branch_is_kept_until_there_is_another(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.keep_sets(
            2026, {("talk", "甲"): CopySet("one", ("张三",)), ("talk", "乙"): CopySet("two", ())}
        )
        ledger.keep_sets(2026, {("talk", "甲"): CopySet("three", ("张三", "李四"))})
        assert ledger.sets(2026, ["甲", "乙"]) == {
            ("talk", "甲"): CopySet("three", ("张三", "李四")),
            ("talk", "乙"): CopySet("two", ()),
        }
        assert ledger.sets(2025, ["甲"]) == {}


def test_a_set_of_version_3_is_of_the_last_run(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger, ledger.running("test", {}):
        ledger.keep_sets(2026, {("talk", "甲"): CopySet("one", ("张三",))})
    connection = sqlite3.connect(tmp_path / ".docsmith/ledger.sqlite3")
    connection.executescript("ALTER TABLE sets DROP COLUMN run; PRAGMA user_version = 3;")
    connection.close()
    with Ledger(tmp_path) as ledger:
        assert ledger.sets(2026, ["甲"]) == {("talk", "甲"): CopySet("one", ("张三",), run=1)}
