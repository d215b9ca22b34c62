"""Waiting for files that people save, as the programs of an office save them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from docsmith.engine.watching import Watcher


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "文种").mkdir()
    (tmp_path / "文种" / "template.docx").write_bytes(b"first")
    return tmp_path


def no_pause() -> None:
    """Look again at once."""


def names(changed: tuple[Path, ...]) -> list[str]:
    return [path.name for path in changed]


def replace(path: Path, content: bytes) -> None:
    """Save as Word does: under another name, which then takes the place of the file."""
    temporary = path.with_name("~WRD0001.tmp")
    temporary.write_bytes(content)
    temporary.replace(path)


@pytest.mark.parametrize(
    "save",
    [
        lambda path: path.write_bytes(b"second"),
        lambda path: replace(path, b"other"),
        lambda path: path.unlink(),
    ],
    ids=["written over", "renamed", "removed"],
)
def test_what_is_saved_in_a_folder_is_noticed(folder: Path, save: Callable[[Path], object]) -> None:
    watcher = Watcher([folder], pause=no_pause)
    save(folder / "文种" / "template.docx")
    assert names(watcher.wait()) == ["template.docx"]


def test_a_new_file_is_noticed(folder: Path) -> None:
    watcher = Watcher([folder / "文种"], pause=no_pause)
    (folder / "文种" / "plugin.toml").write_bytes(b"")
    assert names(watcher.wait()) == ["plugin.toml"]


def test_a_file_that_is_not_there_yet_is_waited_for(folder: Path) -> None:
    watcher = Watcher([folder / "数据.xlsx"], pause=no_pause)
    (folder / "数据.xlsx").write_bytes(b"")
    assert names(watcher.wait()) == ["数据.xlsx"]


@pytest.mark.parametrize(
    "name", ["~$mplate.docx", "~WRL0003.tmp", ".~lock.template.docx#", "__pycache__/x.pyc", "输出/a.docx"]
)
def test_locks_temporary_files_and_documents_are_no_changes(folder: Path, name: str) -> None:
    watcher = Watcher([folder], [folder / "输出"], no_pause)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"")
    (folder / "end").write_bytes(b"")
    assert names(watcher.wait()) == ["end"]


def test_a_file_that_is_still_being_written_is_waited_for(folder: Path) -> None:
    path = folder / "文种" / "template.docx"
    pieces = [b"a", b"b", b"c"]

    def grow() -> None:
        if pieces:
            with path.open("ab") as stream:
                stream.write(pieces.pop())

    assert names(Watcher([folder], pause=grow).wait()) == ["template.docx"]
    assert not pieces


def test_what_is_saved_while_other_files_are_added_is_not_missed(folder: Path) -> None:
    watcher = Watcher([folder / "文种"], pause=no_pause)
    (folder / "文种" / "template.docx").write_bytes(b"second")
    (folder / "数据.xlsx").write_bytes(b"")
    watcher.follow([folder])
    assert names(watcher.wait()) == ["template.docx"]
