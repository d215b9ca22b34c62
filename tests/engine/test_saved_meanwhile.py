"""A file that a person saves while docsmith is about to replace it is neither lost nor passed over."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from docsmith._files import OWN_FOLDER
from docsmith.engine.ledger import Ledger, Origin
from docsmith.engine.undo import undo
from docsmith.engine.writing import Document, Placed, Status, Writer
from tests.engine.output import files_of, place, rows_of, run_with

PATH, BESIDE = "2026/甲/表.docx", "2026/甲/表（新）.docx"
SAVED = b"saved by a person"

Save = Callable[[Path], object]


def _save_anew(file: Path) -> None:
    """Save as Word does: a new file takes the name."""
    new = file.with_name("~new")
    new.write_bytes(SAVED)
    new.rename(file)


SAVES: dict[str, Save] = {"in place": lambda file: file.write_bytes(SAVED), "anew": _save_anew}
saves = pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)


def _when_noted(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> None:
    """Do something once, after the places were looked at and before the first file takes its own."""
    intend = Ledger.intend
    done: list[bool] = []

    def noted(self: Ledger, *arguments: object) -> None:
        intend(self, *arguments)  # type: ignore[arg-type]
        if not done:
            done.append(True)
            work()

    monkeypatch.setattr(Ledger, "intend", noted)


def _placed(out: Path, contents: dict[str, bytes], *, durable: bool = False) -> list[Placed]:
    outcomes = place(out, contents, durable=durable)
    assert all(isinstance(one, Placed) for one in outcomes)
    return [one for one in outcomes if isinstance(one, Placed)]


@pytest.mark.parametrize("durable", [False, True])
@saves
def test_a_file_saved_after_the_look_stays_and_the_new_one_goes_beside_it(
    tmp_path: Path, save: Save, durable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_with(tmp_path, {PATH: b"one", "2026/乙/表.docx": b"one"})
    with monkeypatch.context() as patch:
        _when_noted(patch, lambda: save(tmp_path / PATH))
        contents = {PATH: b"two", "2026/乙/表.docx": b"two"}
        first, second = _placed(tmp_path, contents, durable=durable)
    assert (first.status, first.beside) == (Status.KEPT, tmp_path / BESIDE)
    assert second.status is Status.WRITTEN
    assert files_of(tmp_path) == {PATH: SAVED, BESIDE: b"two", "2026/乙/表.docx": b"two"}
    assert list((tmp_path / OWN_FOLDER / "new").iterdir()) == []
    assert rows_of(tmp_path)[BESIDE].beside
    assert _placed(tmp_path, {PATH: b"two"})[0].status is Status.KEPT
    list(undo(tmp_path))
    assert files_of(tmp_path) == {PATH: SAVED, "2026/乙/表.docx": b"one"}


def test_a_file_that_appears_after_the_look_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_with(tmp_path, {"2026/甲/other.docx": b"one"})
    _when_noted(monkeypatch, lambda: (tmp_path / PATH).write_bytes(SAVED))
    (placed,) = _placed(tmp_path, {PATH: b"one"})
    assert placed.beside == tmp_path / BESIDE
    assert (tmp_path / PATH).read_bytes() == SAVED
    assert (tmp_path / BESIDE).read_bytes() == b"one"


def test_a_large_file_finds_a_place_beside_what_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_with(tmp_path, {PATH: b"one"})
    _when_noted(monkeypatch, lambda: (tmp_path / PATH).write_bytes(SAVED))
    with Ledger(tmp_path) as ledger, ledger.running("test", {}):
        writer = Writer(tmp_path, ledger)
        large = writer.scratch()
        large.write_bytes(b"large")
        origin = Origin("notice", "甲", "template", "1.0", year=2026)
        writer.place_all([Document(tmp_path / PATH, b"", origin, str(large))])
    assert files_of(tmp_path) == {PATH: SAVED, BESIDE: b"large"}


@pytest.mark.parametrize("touch", ["touched", "copied back"])
def test_a_file_that_only_seems_to_be_another_is_replaced(
    tmp_path: Path, touch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_with(tmp_path, {PATH: b"one"})

    def touched() -> None:
        if touch == "copied back":
            (tmp_path / PATH).unlink()
            (tmp_path / PATH).write_bytes(b"one")
        os.utime(tmp_path / PATH, (1, 1))

    _when_noted(monkeypatch, touched)
    assert _placed(tmp_path, {PATH: b"two"})[0] == Placed(Status.WRITTEN, tmp_path / PATH)
    assert files_of(tmp_path) == {PATH: b"two"}


def test_what_is_saved_in_the_very_moment_is_kept_for_good_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_with(tmp_path, {PATH: b"one"})
    replace = os.replace

    def saved_just_before(source: str, target: str) -> None:
        if str(target) == str(tmp_path / PATH):
            Path(target).write_bytes(SAVED)
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", saved_just_before)
        (placed,) = _placed(tmp_path, {PATH: b"two"})
    assert placed.status is Status.WRITTEN
    assert placed.aside
    assert placed.aside.is_relative_to(tmp_path / OWN_FOLDER / "replaced")
    list(undo(tmp_path))
    assert (tmp_path / PATH).read_bytes() == SAVED
    assert placed.aside.read_bytes() == SAVED
