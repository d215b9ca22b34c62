"""Files that are whole or not there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from docsmith._files import opened_atomically, write_atomically
from docsmith.errors import OutputError


def test_write_makes_the_folder_and_leaves_nothing_else(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a" / "b" / "c.txt", b"whole")
    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == b"whole"
    assert [file.name for file in (tmp_path / "a" / "b").iterdir()] == ["c.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_write_gives_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    write_atomically(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_write_replaces_a_link_and_never_what_it_points_at(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    (tmp_path / "link").symlink_to(victim)
    write_atomically(tmp_path / "link", b"new")
    assert victim.read_bytes() == b"mine"
    assert (tmp_path / "link").read_bytes() == b"new"


def test_write_that_fails_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def denied(*_arguments: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "replace", denied)
    with pytest.raises(OutputError, match="another program has it open") as caught:
        write_atomically(tmp_path / "a", b"new")
    assert caught.value.hint
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a", b"old")]


@pytest.mark.parametrize(
    ("code", "reason", "remedy"),
    [
        (errno.ENOSPC, "the disk is full", "Make room on the disk"),
        (errno.EROFS, "can only be read", "another disk"),
        (errno.EACCES, "no right to do that", "Close the file"),
    ],
    ids=["full", "read-only", "held"],
)
def test_what_to_do_fits_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, reason: str, remedy: str
) -> None:
    def refused(*_arguments: object) -> None:
        raise OSError(code, "refused")

    monkeypatch.setattr(os, "fsync", refused)
    with pytest.raises(OutputError, match=reason) as caught:
        write_atomically(tmp_path / "a", b"new")
    assert remedy in caught.value.hint


@pytest.mark.skipif(os.name == "nt", reason="Windows tells a folder from a locked file by looking only")
@pytest.mark.parametrize("way", ["a", "a/b"])
def test_what_is_in_the_way_is_to_be_renamed(tmp_path: Path, way: str) -> None:
    (tmp_path / "a").mkdir() if way == "a" else (tmp_path / "a").write_bytes(b"mine")
    with pytest.raises(OutputError) as caught:
        write_atomically(tmp_path / way, b"new")
    assert "in the way" in caught.value.hint


def test_file_written_in_pieces_takes_its_place_at_the_end_only(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with opened_atomically(tmp_path / "a") as stream:
        stream.write(b"new")
        stream.flush()
        assert (tmp_path / "a").read_bytes() == b"old"
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a", b"new")]


def test_file_given_up_halfway_leaves_the_old_one_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def given_up() -> None:
        with opened_atomically(tmp_path / "a") as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        given_up()
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a", b"old")]
