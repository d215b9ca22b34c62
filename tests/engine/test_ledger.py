from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsmith._files import digest_of
from docsmith.engine.ledger import Entry, Ledger, Origin, ResultRow, Status
from docsmith.engine.ledger.runs import KEPT_RUNS
from docsmith.engine.writing import Document, Writer
from docsmith.errors import OutputError
from docsmith.model.findings import Citation, Finding, Place, Severity
from tests.engine.output import VERSION_1, run_with

PATH = "2026/甲/表.docx"


def _document(out: Path, path: str, content: bytes, **origin: object) -> Document:
    of = Origin("notice", Path(path).parent.name, "template", "1.0")._replace(year=2026, **origin)
    return Document(out / path, content, of)


def _version_1(out: Path, path: str, content: bytes) -> None:
    (out / path).parent.mkdir(parents=True)
    (out / path).write_bytes(content)
    (out / ".docsmith").mkdir()
    connection = sqlite3.connect(out / ".docsmith" / "ledger.sqlite3")
    with connection:
        connection.execute(VERSION_1)
        row = (path, digest_of(content), "", "notice", "甲", "template", "0.1.0")
        connection.execute("INSERT INTO written VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    connection.close()


def test_a_ledger_of_version_1_keeps_what_it_knows(tmp_path: Path) -> None:
    _version_1(tmp_path, PATH, b"one")
    with Ledger(tmp_path) as ledger:
        assert ledger.known(2026, ["甲"]) == {("notice", "甲"): Entry(PATH, digest_of(b"one"), "", 0)}
    run_with(tmp_path, {PATH: b"two"})
    assert (tmp_path / PATH).read_bytes() == b"two"


def test_a_read_only_ledger_of_version_1_is_read_and_left_as_it_is(tmp_path: Path) -> None:
    _version_1(tmp_path, PATH, b"one")
    before = (tmp_path / ".docsmith" / "ledger.sqlite3").read_bytes()
    with Ledger(tmp_path, read_only=True) as ledger:
        assert ledger.rows([PATH])[PATH].template == "template"
    assert (tmp_path / ".docsmith" / "ledger.sqlite3").read_bytes() == before


@pytest.mark.parametrize("read_only", [False, True])
def test_a_ledger_of_a_newer_docsmith_is_refused(tmp_path: Path, read_only: bool) -> None:
    run_with(tmp_path, {PATH: b"one"})
    connection = sqlite3.connect(tmp_path / ".docsmith" / "ledger.sqlite3")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(OutputError, match="newer docsmith"):
        Ledger(tmp_path, read_only=read_only)


def test_known_tells_what_each_document_was_made_from(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin("test", {})
        origin = {"inputs": "digest of data", "to_fill_in": 3}
        Writer(tmp_path, ledger).place_all(
            [_document(tmp_path, PATH, b"one", **origin), _document(tmp_path, "2026/乙/表.docx", b"two")]
        )
        found = ledger.known(2026, ["甲", "丙"])
        assert found == {("notice", "甲"): Entry(PATH, digest_of(b"one"), "digest of data", 3)}
        assert ledger.known(2025, ["甲"]) == {}


def test_known_names_the_document_and_not_the_new_version_beside_it(tmp_path: Path) -> None:
    run_with(tmp_path, {PATH: b"one"})
    (tmp_path / PATH).write_bytes(b"edited")
    run_with(tmp_path, {PATH: b"two"})
    with Ledger(tmp_path) as ledger:
        assert ledger.known(2026, ["甲"])["notice", "甲"].path == PATH


def test_known_names_the_latest_place_of_a_document_that_moved(tmp_path: Path) -> None:
    for path in ("b/甲/表.docx", "a/甲/表.docx"):
        run_with(tmp_path, {path: b"one"})
    with Ledger(tmp_path) as ledger:
        assert ledger.known(2026, ["甲"])["notice", "甲"].path == "a/甲/表.docx"


def test_known_names_the_place_that_a_document_came_back_to(tmp_path: Path) -> None:
    places = ("a/甲/表.docx", "b/甲/表.docx", "a/甲/表.docx")
    for path in places:
        run_with(tmp_path, {path: b"one"})
    with Ledger(tmp_path) as ledger:
        assert ledger.known(2026, ["甲"])["notice", "甲"].path == "a/甲/表.docx"
        changes = ledger.runs()[-1].changes
    run_with(tmp_path, {places[-1]: b"one"})
    with Ledger(tmp_path) as ledger:
        assert (changes, ledger.runs()[-1].changes) == (1, 0)


def test_the_same_bytes_from_other_data_are_known_by_that_data(tmp_path: Path) -> None:
    for inputs in ("first", "second"):
        with Ledger(tmp_path) as ledger, ledger.running("test", {}):
            (placed,) = Writer(tmp_path, ledger).place_all([_document(tmp_path, PATH, b"one", inputs=inputs)])
            assert ledger.known(2026, ["甲"])["notice", "甲"].inputs == inputs
    assert not isinstance(placed, OutputError)
    assert placed.status is Status.UNCHANGED


@pytest.mark.parametrize("now", ["same", "edited", "deleted", "link", "folder"])
def test_an_entry_agrees_only_with_the_very_file(tmp_path: Path, now: str) -> None:
    run_with(tmp_path, {PATH: b"one"})
    file = tmp_path / PATH
    if now == "edited":
        file.write_bytes(b"eno")
    elif now != "same":
        file.rename(tmp_path / "elsewhere")
    if now == "link":
        file.symlink_to(tmp_path / "elsewhere")
    elif now == "folder":
        file.mkdir()
    with Ledger(tmp_path) as ledger:
        (entry,) = ledger.known(2026, ["甲"]).values()
        assert ledger.agrees(entry) is (now == "same")


def test_a_folder_is_given_once_and_then_kept(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin("test", {})
        ledger.give_folders(2026, {"甲": "001", "乙": "002"})
        ledger.give_folders(2026, {"甲": "another", "丙": "003"})
    with Ledger(tmp_path) as ledger:
        assert ledger.folders(2026) == {"甲": "001", "乙": "002", "丙": "003"}
        assert ledger.folders(2027) == {}


def test_a_run_tells_its_command_and_how_it_ended(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        first = ledger.begin("batch", {"jobs": 2, "out": tmp_path})
        ledger.finish(first, "done")
        second = ledger.begin("render", {})
        (one, two) = ledger.runs()
    assert (one.id, one.command, one.state) == (first, "batch", "done")
    assert one.arguments == {"jobs": 2, "out": str(tmp_path)}
    assert one.started <= one.finished
    assert (two.id, two.state, two.finished) == (second, "running", "")


def test_a_run_that_never_ended_was_interrupted(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin("batch", {})
    with Ledger(tmp_path) as ledger:
        ledger.begin("batch", {})
        assert [run.state for run in ledger.runs()] == ["interrupted", "running"]


def test_a_block_that_fails_was_an_interrupted_run(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        with pytest.raises(KeyboardInterrupt), ledger.running("render", {}):
            raise KeyboardInterrupt
        assert ledger.runs()[-1].state == "interrupted"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
findings = st.builds(
    Finding,
    st.sampled_from(Severity),
    texts,
    texts,
    st.builds(Place, texts, texts, texts),
    texts,
    texts,
    st.none() | st.builds(Citation, texts, texts),
)
results = st.lists(
    st.builds(
        ResultRow,
        st.integers(0, 10**6),
        texts,
        texts,
        st.sampled_from(Status),
        texts,
        texts,
        st.integers(0, 99),
        st.lists(findings, max_size=3).map(tuple),
    ),
    unique_by=lambda row: row.position,
)


@settings(deadline=None, max_examples=30)
@given(results)
def test_results_come_back_as_they_were_recorded_by_position(rows: list[ResultRow]) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder)) as ledger:
        run = ledger.begin("test", {})
        ledger.record(run, rows)
        assert list(ledger.results(run)) == sorted(rows, key=lambda row: row.position)
        for status in Status:
            expected = {row.position for row in rows if row.status is status}
            assert {row.position for row in ledger.results(run, status)} == expected


def test_a_result_that_is_recorded_again_replaces_the_first(tmp_path: Path) -> None:
    row = ResultRow(1, "notice", "甲", Status.FAILED, "", "", 0, ())
    with Ledger(tmp_path) as ledger:
        run = ledger.begin("test", {})
        for status in (Status.FAILED, Status.WRITTEN):
            ledger.record(run, [row._replace(status=status)])
        assert [one.status for one in ledger.results(run)] == [Status.WRITTEN]


def test_only_the_last_runs_are_remembered_in_full(tmp_path: Path) -> None:
    row = ResultRow(1, "notice", "甲", Status.WRITTEN, PATH, "", 0, ())
    first = run_with(tmp_path, {PATH: b"one"})
    for _run in range(KEPT_RUNS + 2):
        with Ledger(tmp_path) as ledger, ledger.running("test", {}) as run:
            ledger.record(run, [row])
    with Ledger(tmp_path) as ledger:
        runs = [entry.id for entry in ledger.runs()]
        assert runs == [first, *range(runs[-1] - KEPT_RUNS, runs[-1] + 1)]
        assert [run for run in runs if list(ledger.results(run))] == runs[1:]
        assert ledger.runs()[0].changes  # the only one that changed something can still be undone


def test_others_can_read_while_a_run_writes(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger, ledger.running("test", {}) as run:
        Writer(tmp_path, ledger).place_all([_document(tmp_path, PATH, b"one")])
        with Ledger(tmp_path, read_only=True) as reader:
            assert PATH in reader.rows([PATH])
            assert reader.runs()[-1].id == run


def test_a_folder_that_is_copied_away_takes_its_memory_along(tmp_path: Path) -> None:
    run_with(tmp_path / "out", {PATH: b"one"})
    assert not list((tmp_path / "out" / ".docsmith").glob("*-wal"))
    shutil.copytree(tmp_path / "out", tmp_path / "copy")
    run_with(tmp_path / "copy", {PATH: b"two"})
    assert (tmp_path / "copy" / PATH).read_bytes() == b"two"


def test_nothing_is_written_outside_a_run(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger, pytest.raises(ValueError, match="begin"):
        Writer(tmp_path, ledger).place(tmp_path / PATH, b"one", Origin("notice", "甲", "", ""))
    assert not (tmp_path / PATH).exists()
