from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from docsmith.engine.ledger import Ledger, Origin
from docsmith.engine.undo import Undoing, undo
from docsmith.engine.writing import Document, Writer
from docsmith.errors import OutputError, UsageError
from tests.engine.output import files_of, rows_of, run_with

A, B = "2026/甲/表.docx", "2026/乙/表.docx"


def _what(out: Path, run: int | None = None) -> dict[str, str]:
    return {one.path.relative_to(out).as_posix(): str(one.what) for one in undo(out, run)}


def test_what_a_run_made_goes_with_the_folders_that_it_made(tmp_path: Path) -> None:
    run_with(tmp_path, {A: b"a", B: b"b"})
    assert _what(tmp_path) == {A: "removed", B: "removed"}
    assert [path.name for path in tmp_path.iterdir()] == [".docsmith"]
    assert rows_of(tmp_path) == {}


def test_what_a_run_replaced_comes_back(tmp_path: Path) -> None:
    run_with(tmp_path, {A: b"a", B: b"b"})
    before = rows_of(tmp_path)
    run_with(tmp_path, {A: b"a2", B: b"b"})
    assert _what(tmp_path) == {A: "restored"}
    assert files_of(tmp_path) == {A: b"a", B: b"b"}
    assert rows_of(tmp_path) == before


def test_a_disk_without_hard_links_keeps_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    run_with(tmp_path, {A: b"a"})
    monkeypatch.setattr(os, "link", refused)
    run_with(tmp_path, {A: b"a2"})
    assert _what(tmp_path) == {A: "restored"}
    assert files_of(tmp_path) == {A: b"a"}


def test_a_document_that_was_edited_after_the_run_stays_and_is_named(tmp_path: Path) -> None:
    run_with(tmp_path, {A: b"a", B: b"b"})
    (tmp_path / A).write_bytes(b"edited")
    assert _what(tmp_path) == {A: "stays", B: "removed"}
    assert files_of(tmp_path) == {A: b"edited"}


def test_the_new_version_beside_an_edited_document_goes(tmp_path: Path) -> None:
    run_with(tmp_path, {A: b"a"})
    (tmp_path / A).write_bytes(b"edited")
    run_with(tmp_path, {A: b"a2"})
    assert _what(tmp_path) == {"2026/甲/表（新）.docx": "removed"}
    assert files_of(tmp_path) == {A: b"edited"}


def test_what_force_moved_aside_comes_back(tmp_path: Path) -> None:
    run_with(tmp_path, {A: b"a"})
    (tmp_path / A).write_bytes(b"edited")
    run_with(tmp_path, {A: b"a2"})
    before = files_of(tmp_path)
    run_with(tmp_path, {A: b"a3"}, force=True)
    assert files_of(tmp_path) == {A: b"a3"}
    _what(tmp_path)
    assert files_of(tmp_path) == before


def test_a_link_that_was_replaced_comes_back_as_a_link(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / "out/2026/甲").mkdir(parents=True)
    (tmp_path / "out" / A).symlink_to(victim)
    run_with(tmp_path / "out", {A: b"a"})
    assert _what(tmp_path / "out") == {A: "restored"}
    assert (tmp_path / "out" / A).readlink() == victim
    assert victim.read_bytes() == b"precious"


def test_a_link_that_a_person_put_in_the_place_of_a_document_stays(tmp_path: Path) -> None:
    run_with(tmp_path, {A: b"a"})
    (tmp_path / A).unlink()
    (tmp_path / A).symlink_to("nowhere")
    assert _what(tmp_path) == {A: "stays"}
    assert (tmp_path / A).is_symlink()


def test_several_runs_are_undone_backwards(tmp_path: Path) -> None:
    first = run_with(tmp_path, {A: b"1"})
    second = run_with(tmp_path, {A: b"2"})
    run_with(tmp_path, {A: b"3", B: b"b"})
    _what(tmp_path, second)
    assert files_of(tmp_path) == {A: b"1"}
    _what(tmp_path, first)
    assert files_of(tmp_path) == {}


def test_undoing_twice_goes_back_two_runs(tmp_path: Path) -> None:
    for content in (b"1", b"2", b"3"):
        run_with(tmp_path, {A: content})
    _what(tmp_path)
    _what(tmp_path)
    assert files_of(tmp_path) == {A: b"1"}


def test_a_run_that_changed_nothing_is_no_last_run(tmp_path: Path) -> None:
    run_with(tmp_path, {A: b"1"})
    run_with(tmp_path, {A: b"2"})
    run_with(tmp_path, {A: b"2"})
    _what(tmp_path)
    assert files_of(tmp_path) == {A: b"1"}


def test_a_path_that_a_run_wrote_twice_goes_back_to_what_was_before_the_run(tmp_path: Path) -> None:
    run_with(tmp_path, {A: b"1"})
    with Ledger(tmp_path) as ledger:
        ledger.begin("test", {})
        writer = Writer(tmp_path, ledger)
        for content in (b"2", b"3"):
            writer.place(tmp_path / A, content, Origin("notice", "甲", "", ""))
    _what(tmp_path)
    assert files_of(tmp_path) == {A: b"1"}


def test_a_document_that_a_person_deleted_comes_back_if_it_was_there_before(tmp_path: Path) -> None:
    run_with(tmp_path, {A: b"1"})
    run_with(tmp_path, {A: b"2", B: b"b"})
    shutil.rmtree(tmp_path / "2026")
    assert _what(tmp_path) == {A: "restored"}
    assert files_of(tmp_path) == {A: b"1"}


def test_an_earlier_document_that_is_lost_leaves_the_new_one_docsmiths_own(tmp_path: Path) -> None:
    run_with(tmp_path, {A: b"1"})
    run_with(tmp_path, {A: b"2"})
    shutil.rmtree(tmp_path / ".docsmith" / "history")
    assert _what(tmp_path) == {A: str(Undoing.LOST)}
    run_with(tmp_path, {A: b"3"})
    assert files_of(tmp_path) == {A: b"3"}


def test_folder_names_that_the_run_gave_are_free_again(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin("test", {})
        ledger.give_folders(2026, {"甲": "甲"})
        Writer(tmp_path, ledger).place(tmp_path / A, b"1", Origin("notice", "甲", "", ""))
    _what(tmp_path)
    with Ledger(tmp_path) as ledger:
        assert ledger.folders(2026) == {}


def test_after_undoing_a_run_makes_the_same_again(tmp_path: Path) -> None:
    run_with(tmp_path, {A: b"1"})
    run_with(tmp_path, {A: b"2", B: b"b"})
    there = files_of(tmp_path)
    _what(tmp_path)
    run_with(tmp_path, {A: b"2", B: b"b"})
    assert files_of(tmp_path) == there


def test_an_unknown_run_is_answered_with_those_that_can_be_undone(tmp_path: Path) -> None:
    first = run_with(tmp_path, {A: b"1"})
    with pytest.raises(UsageError, match="Run 99 cannot be undone") as caught:
        _what(tmp_path, 99)
    assert f"{first} (test, " in caught.value.hint


def test_without_a_ledger_nothing_can_be_undone_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no run"):
        _what(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_forgotten_cannot_be_undone_nor_takes_place(tmp_path: Path) -> None:
    runs = [run_with(tmp_path, {A: b"%d" % number}) for number in range(8)]
    with pytest.raises(UsageError, match="cannot be undone"):
        _what(tmp_path, runs[0])
    kept = {int(path.name) for path in (tmp_path / ".docsmith" / "history").iterdir()}
    assert kept == set(runs[-6:])  # the last one has begun when five others are kept


@pytest.mark.parametrize("contents", [[b"2"], [b"1", b"2"]], ids=["made", "replaced"])
def test_a_folder_that_became_a_link_elsewhere_is_not_followed(tmp_path: Path, contents: list[bytes]) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    for content in contents:
        run_with(out, {A: content})
    shutil.copytree(out / "2026", elsewhere)
    shutil.rmtree(out / "2026")
    (out / "2026").symlink_to(elsewhere)
    with pytest.raises(OutputError, match="outside"):
        _what(out)
    assert (elsewhere / "甲/表.docx").read_bytes() == b"2"


def test_all_documents_of_a_call_share_one_place_in_the_results(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin("test", {})
        one = Document(tmp_path / A, b"1", Origin("notice", "甲", "", ""))
        first, second = Writer(tmp_path, ledger).place_all([one, one._replace(content=b"2")])
    assert not isinstance(first, OutputError)
    assert isinstance(second, OutputError)
    assert "two documents" in second.message
    assert files_of(tmp_path) == {A: b"1"}
