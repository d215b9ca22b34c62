from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from docsmith.engine.ledger import Ledger, Origin
from docsmith.engine.writing import Placed, Status, Writer
from docsmith.errors import OutputError
from tests.engine.output import documents, files_of, place, whole

PATH = "2026/第一党支部/表.docx"
ORIGIN = Origin("notice", "第一党支部", "template hash", "1.0")


def _place(out: Path, content: bytes, *, force: bool = False, dry_run: bool = False) -> Placed:
    """Place one document in a run of its own."""
    with Ledger(out, read_only=dry_run) as ledger:
        if not dry_run:
            ledger.begin("test", {})
        return Writer(out, ledger, force=force, dry_run=dry_run).place(out / PATH, content, ORIGIN)


def _names(out: Path) -> list[str]:
    return sorted(path.name for path in (out / PATH).parent.iterdir())


def test_each_entry_is_on_the_disk_before_its_file(tmp_path: Path) -> None:
    seen: list[str] = []
    with Ledger(tmp_path) as ledger, ledger.reading() as connection:
        ledger.begin("test", {})
        connection.set_trace_callback(seen.append)
        Writer(tmp_path, ledger).place(tmp_path / PATH, b"one", ORIGIN)
    commit = seen.index("COMMIT")
    assert [line for line in seen[:commit] if line.startswith("PRAGMA synchronous")] == [
        "PRAGMA synchronous = FULL"
    ]


def test_first_is_written_and_the_same_again_is_unchanged(tmp_path: Path) -> None:
    assert _place(tmp_path, b"one") == Placed(Status.WRITTEN, tmp_path / PATH)
    assert _place(tmp_path, b"one") == Placed(Status.UNCHANGED, tmp_path / PATH)
    assert (tmp_path / PATH).read_bytes() == b"one"


def test_docsmiths_own_file_is_replaced_when_the_data_changes(tmp_path: Path) -> None:
    _place(tmp_path, b"one")
    assert _place(tmp_path, b"two").status is Status.WRITTEN
    assert (tmp_path / PATH).read_bytes() == b"two"
    assert _names(tmp_path) == ["表.docx"]


def test_an_edited_file_stays_and_the_new_one_goes_beside_it(tmp_path: Path) -> None:
    _place(tmp_path, b"one")
    (tmp_path / PATH).write_bytes(b"edited")
    beside = tmp_path / "2026/第一党支部/表（新）.docx"
    assert _place(tmp_path, b"two") == Placed(Status.KEPT, tmp_path / PATH, beside)
    assert (tmp_path / PATH).read_bytes() == b"edited"
    assert beside.read_bytes() == b"two"


def test_kept_again_makes_no_further_copies(tmp_path: Path) -> None:
    _place(tmp_path, b"one")
    (tmp_path / PATH).write_bytes(b"edited")
    for content in (b"two", b"two", b"three"):
        assert _place(tmp_path, content).status is Status.KEPT
    assert _names(tmp_path) == ["表.docx", "表（新）.docx"]
    assert (tmp_path / "2026/第一党支部/表（新）.docx").read_bytes() == b"three"


def test_a_copy_beside_that_was_edited_too_stays(tmp_path: Path) -> None:
    _place(tmp_path, b"one")
    (tmp_path / PATH).write_bytes(b"edited")
    _place(tmp_path, b"two")
    (tmp_path / "2026/第一党支部/表（新）.docx").write_bytes(b"edited too")
    placed = _place(tmp_path, b"three")
    assert placed.beside == tmp_path / "2026/第一党支部/表（新2）.docx"
    assert _names(tmp_path) == ["表.docx", "表（新2）.docx", "表（新）.docx"]


def test_a_new_version_that_a_person_put_in_the_place_of_the_edited_one_is_docsmiths(tmp_path: Path) -> None:
    _place(tmp_path, b"one")
    (tmp_path / PATH).write_bytes(b"edited")
    accepted = _place(tmp_path, b"two").beside
    assert accepted
    accepted.replace(tmp_path / PATH)
    assert _place(tmp_path, b"three") == Placed(Status.WRITTEN, tmp_path / PATH)
    assert _names(tmp_path) == ["表.docx"]


def test_a_new_version_of_another_document_is_a_persons_in_this_place(tmp_path: Path) -> None:
    for content in (b"one", b"edited", b"two"):
        if content == b"edited":
            (tmp_path / PATH).write_bytes(content)
        else:
            place(tmp_path, {PATH: content, "2026/第二党支部/表.docx": b"another"})
    (tmp_path / "2026/第一党支部/表（新）.docx").replace(tmp_path / "2026/第二党支部/表.docx")
    placed = place(tmp_path, {"2026/第二党支部/表.docx": b"another, new"})[0]
    assert isinstance(placed, Placed)
    assert placed.status is Status.KEPT


def test_a_file_that_docsmith_does_not_know_stays(tmp_path: Path) -> None:
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_bytes(b"somebody's")
    assert _place(tmp_path, b"one").status is Status.KEPT
    assert (tmp_path / PATH).read_bytes() == b"somebody's"


def test_an_equal_file_that_docsmith_did_not_know_becomes_its_own(tmp_path: Path) -> None:
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_bytes(b"one")
    assert _place(tmp_path, b"one").status is Status.UNCHANGED
    assert _place(tmp_path, b"two").status is Status.WRITTEN


def test_force_moves_the_edited_file_aside(tmp_path: Path) -> None:
    _place(tmp_path, b"one")
    (tmp_path / PATH).write_bytes(b"edited")
    assert _place(tmp_path, b"two", force=True) == Placed(Status.WRITTEN, tmp_path / PATH)
    assert (tmp_path / PATH).read_bytes() == b"two"
    (moved,) = (tmp_path / ".docsmith" / "replaced").glob(f"*/{PATH}")
    assert moved.read_bytes() == b"edited"


def test_a_copy_beside_goes_aside_once_the_document_itself_is_new(tmp_path: Path) -> None:
    _place(tmp_path, b"one")
    (tmp_path / PATH).write_bytes(b"edited")
    _place(tmp_path, b"two")
    _place(tmp_path, b"three", force=True)
    assert _names(tmp_path) == ["表.docx"]
    aside = {path.read_bytes() for path in (tmp_path / ".docsmith").rglob("*.docx")}
    assert aside == {b"edited", b"two"}


@pytest.mark.parametrize("force", [False, True])
def test_a_dry_run_decides_the_same_and_writes_nothing(tmp_path: Path, force: bool) -> None:
    out = tmp_path / "out"
    assert _place(out, b"one", dry_run=True).status is Status.WRITTEN
    assert not out.exists()
    _place(out, b"one")
    (out / PATH).write_bytes(b"edited")
    before = sorted(out.rglob("*"))
    expected = Status.WRITTEN if force else Status.KEPT
    assert _place(out, b"two", force=force, dry_run=True).status is expected
    assert sorted(out.rglob("*")) == before
    assert (out / PATH).read_bytes() == b"edited"


def test_a_link_at_the_target_is_replaced_and_never_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    out = tmp_path / "out"
    (out / PATH).parent.mkdir(parents=True)
    (out / PATH).symlink_to(victim)
    assert _place(out, b"one").status is Status.WRITTEN
    assert victim.read_bytes() == b"precious"
    assert not (out / PATH).is_symlink()


def test_a_folder_that_is_a_link_out_of_the_output_is_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "2026").symlink_to(elsewhere)
    with pytest.raises(OutputError, match="outside"):
        _place(tmp_path / "out", b"one")
    assert list(elsewhere.iterdir()) == []


def test_runs_that_were_killed_before_the_file_was_there_leave_it_docsmiths_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _place(tmp_path, b"one")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("docsmith.engine.writing.acting.Hand.take", killed)
        for content in (b"two", b"three"):
            with pytest.raises(KeyboardInterrupt):
                _place(tmp_path, content)
    assert (tmp_path / PATH).read_bytes() == b"one"
    assert _place(tmp_path, b"four").status is Status.WRITTEN


def test_a_run_that_was_killed_after_the_file_was_there_leaves_it_docsmiths_own(tmp_path: Path) -> None:
    _place(tmp_path, b"one")
    _place(tmp_path, b"two")
    assert _place(tmp_path, b"three").status is Status.WRITTEN


def test_what_a_killed_run_left_unfinished_is_swept(tmp_path: Path) -> None:
    _place(tmp_path, b"one")
    leftover = tmp_path / ".docsmith" / "new" / "12"
    leftover.write_bytes(b"half")
    _place(tmp_path, b"one")
    assert not leftover.exists()


def test_what_is_not_docsmiths_among_its_unfinished_files_stays_and_stops_nothing(tmp_path: Path) -> None:
    new = tmp_path / ".docsmith" / "new"
    (new / "@eaDir" / "thumbnail").mkdir(parents=True)
    (new / "Thumbs.db").write_bytes(b"a network drive's")
    (new / "7").mkdir()
    assert _place(tmp_path, b"one").status is Status.WRITTEN
    assert sorted(path.name for path in new.iterdir()) == ["7", "@eaDir", "Thumbs.db"]


def test_no_room_for_large_files_is_a_clear_error(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger, ledger.running("test", {}):
        (tmp_path / ".docsmith" / "new").write_bytes(b"a file where a folder is to be")
        writer = Writer(tmp_path, ledger)
        with pytest.raises(OutputError, match="could not be written") as caught:
            writer.scratch()
    assert "in the way" in caught.value.hint


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _place(tmp_path, b"one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OutputError, match="the disk is full") as caught:
        _place(tmp_path, b"two")
    assert "Make room" in caught.value.hint
    assert (tmp_path / PATH).read_bytes() == b"one"
    assert _names(tmp_path) == ["表.docx"]


def test_a_written_file_can_be_read_by_whoever_may_read_the_persons_other_files(tmp_path: Path) -> None:
    _place(tmp_path, b"one")
    (tmp_path / "usual").write_bytes(b"")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / PATH, tmp_path / "usual")}
    assert len(modes) == 1


def test_a_folder_at_the_target_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / PATH).mkdir(parents=True)
    with pytest.raises(OutputError, match="it is a folder") as caught:
        _place(tmp_path, b"one")
    assert "in the way" in caught.value.hint


TORN = {
    "empty": lambda content: b"",
    "shorter": lambda content: content[:30],
    "zeros": lambda content: bytes(len(content)),
    "zeros at its end": lambda content: content[:30] + bytes(len(content) - 30),
    "half a PDF": lambda content: b"%PDF-1.7 and so on",
}


@pytest.mark.parametrize("tear", TORN.values(), ids=TORN)
def test_a_torn_document_is_moved_aside_and_made_again(
    tmp_path: Path, tear: Callable[[bytes], bytes]
) -> None:
    _place(tmp_path, whole("one"))
    torn = tear(whole("one"))
    (tmp_path / PATH).write_bytes(torn)
    placed = _place(tmp_path, whole("two"))
    assert placed.status is Status.WRITTEN
    assert (tmp_path / PATH).read_bytes() == whole("two")
    assert placed.torn
    assert placed.torn.read_bytes() == torn


def test_what_was_never_docsmiths_is_not_torn(tmp_path: Path) -> None:
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_bytes(b"")
    assert _place(tmp_path, b"one").status is Status.KEPT
    assert (tmp_path / PATH).read_bytes() == b""


def test_one_that_cannot_be_written_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "2026/丙/表.docx").mkdir(parents=True)
    (tmp_path / "2026/丁").write_bytes(b"a file where a folder is to be")
    paths = [
        "2026/甲/表.docx",
        f"2026/乙/{'长' * 100}.docx",
        "2026/丙/表.docx",
        "2026/丁/表.docx",
        "2026/戊/表.docx",
    ]
    outcomes = place(tmp_path, dict.fromkeys(paths, b"one"))
    reasons = ["", "too long", "it is a folder", "is a file, not a folder", ""]
    for outcome, reason in zip(outcomes, reasons, strict=True):
        assert isinstance(outcome, OutputError) is bool(reason)
        assert reason in str(outcome)
    assert set(files_of(tmp_path)) == {paths[0], "2026/丁", paths[-1]}
    with Ledger(tmp_path) as ledger:
        assert set(ledger.rows(paths)) == {paths[0], paths[-1]}


@pytest.mark.parametrize("path", ["2026/../../表.docx", "../表.docx"])
def test_a_path_out_of_the_output_folder_is_refused(tmp_path: Path, path: str) -> None:
    out = tmp_path / "out"
    (out / "2026").mkdir(parents=True)
    (outcome,) = place(out, {path: b"one"})
    assert isinstance(outcome, OutputError)
    assert "outside" in outcome.message
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_a_link_to_a_folder_inside_is_followed(tmp_path: Path) -> None:
    (tmp_path / "部门").mkdir()
    (tmp_path / "2026").symlink_to(tmp_path / "部门")
    assert isinstance(place(tmp_path, {"2026/表.docx": b"one"})[0], Placed)
    assert (tmp_path / "部门" / "表.docx").read_bytes() == b"one"


@pytest.mark.parametrize("durable", [False, True])
def test_durable_waits_for_each_file_and_its_folder(
    tmp_path: Path, durable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(tmp_path):
        pass
    waited: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda file: waited.append(stat.S_ISDIR(os.fstat(file).st_mode)))
    place(tmp_path, {"a/1": b"one", "a/2": b"two", "b/1": b"three"}, durable=durable)
    # The folders a and b, and the one that they were made in.
    assert sorted(waited) == ([False] * 3 + [True] * 3 if durable else [])


def test_many_documents_share_one_transaction(tmp_path: Path) -> None:
    commits = []
    with Ledger(tmp_path) as ledger:
        ledger.begin("test", {})
        with ledger.reading() as connection:
            connection.set_trace_callback(commits.append)
        Writer(tmp_path, ledger).place_all(documents(tmp_path, {f"a/{n}": b"one" for n in range(100)}))
        assert commits.count("COMMIT") == 1


def test_one_run_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docsmith.engine.ledger.database._PATIENCE", 0.01)
    with Ledger(tmp_path), pytest.raises(OutputError, match="Another docsmith"):
        Ledger(tmp_path)
    with Ledger(tmp_path):
        pass


def test_a_damaged_ledger_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / ".docsmith").mkdir()
    (tmp_path / ".docsmith" / "ledger.sqlite3").write_bytes(b"not a database" * 100)
    with pytest.raises(OutputError, match=r"ledger\.sqlite3 cannot be used"):
        Ledger(tmp_path)
