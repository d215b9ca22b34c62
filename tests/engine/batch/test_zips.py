"""Archives for superior units: every file once, names that every system tells apart, the same each time."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from docsmith.engine.batch.zips import Archive, Member, write_zips
from docsmith.engine.ledger import Ledger
from docsmith.engine.writing import Placed, Status, Writer
from docsmith.errors import OutputError


def put(out: Path, superior: str, branch: str, path: str, content: bytes = b"") -> Member:
    (out / path).parent.mkdir(parents=True, exist_ok=True)
    (out / path).write_bytes(content or path.encode())
    return Member(superior, branch, "plan", path)


def zips(out: Path, members: list[Member], *, is_partial: bool = False) -> list[Archive]:
    with Ledger(out) as ledger:
        ledger.begin("test", {})
        return list(write_zips(members, out, 2026, Writer(out, ledger), is_partial=is_partial))


def contents(archive: Archive) -> dict[str, bytes]:
    assert isinstance(archive.placed, Placed)
    with zipfile.ZipFile(archive.placed.path) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def test_every_superior_unit_gets_the_files_of_its_branches(tmp_path: Path) -> None:
    members = [
        put(tmp_path, "第一党委", "甲支部", "2026/甲支部/计划.docx"),
        put(tmp_path, "第一党委", "甲支部", "2026/甲支部/计划.pdf"),
        put(tmp_path, "第二党委", "乙支部", "2026/乙支部/计划.docx"),
        put(tmp_path, "第一党委", "丙支部", "2026/丙支部/计划.docx"),
    ]
    first, second = zips(tmp_path, members)
    assert list(contents(first)) == ["甲支部/计划.docx", "甲支部/计划.pdf", "丙支部/计划.docx"]
    assert contents(second) == {"乙支部/计划.docx": "2026/乙支部/计划.docx".encode()}
    assert isinstance(first.placed, Placed)
    assert first.placed.path == tmp_path / "2026/压缩包/第一党委.zip"
    assert (first.files, first.missing) == (3, ())


def test_the_same_files_give_the_same_bytes_whenever_they_were_made(tmp_path: Path) -> None:
    members = [put(tmp_path, "党委", "甲", "2026/甲/计划.docx")]
    (made,) = zips(tmp_path, members)
    assert isinstance(made.placed, Placed)
    before = (made.placed.path.stat().st_ino, made.placed.path.read_bytes())
    os.utime(tmp_path / "2026/甲/计划.docx", (1, 1))
    (again,) = zips(tmp_path, members)
    assert again.placed.status is Status.UNCHANGED
    assert (made.placed.path.stat().st_ino, made.placed.path.read_bytes()) == before


def test_files_are_stored_as_they_are_under_names_in_unicode(tmp_path: Path) -> None:
    (made,) = zips(tmp_path, [put(tmp_path, "党委", "甲", "2026/甲/计划.docx", b"x" * 9999)])
    assert isinstance(made.placed, Placed)
    (entry,) = zipfile.ZipFile(made.placed.path).infolist()
    assert entry.compress_type == zipfile.ZIP_STORED
    assert entry.flag_bits & 0x800
    assert entry.date_time == (1980, 1, 1, 0, 0, 0)


def test_names_that_a_system_would_take_for_one_are_told_apart(tmp_path: Path) -> None:
    members = [
        put(tmp_path, "ABC", "A支部", "1/计划.docx"),
        put(tmp_path, "ABC", "A支部", "2/计划.docx"),
        put(tmp_path, "ABC", "a支部", "3/计划.docx"),
        put(tmp_path, "abc", "../../支部", "4/计划.docx"),
    ]
    archives = zips(tmp_path, members)
    assert len({str(one.placed.path).casefold() for one in archives if isinstance(one.placed, Placed)}) == 2
    first, second = map(contents, archives)
    assert len({name.casefold() for name in first}) == 3
    assert not any(".." in name.split("/") for name in second)


@pytest.mark.parametrize("superior", ["党委", "委" * 100], ids=["short", "long"])
def test_archives_of_some_branches_leave_the_whole_ones_alone(tmp_path: Path, superior: str) -> None:
    members = [put(tmp_path, superior, name, f"2026/{name}/计划.docx") for name in ("甲", "乙")]
    (whole,) = zips(tmp_path, members)
    (part,) = zips(tmp_path, members[1:], is_partial=True)
    assert isinstance(part.placed, Placed)
    assert part.placed.path.stem.endswith("（部分）")
    assert list(contents(part)) == ["乙/计划.docx"]
    assert list(contents(whole)) == ["甲/计划.docx", "乙/计划.docx"]


def test_a_file_that_is_gone_is_named_and_the_others_are_there(tmp_path: Path) -> None:
    members = [put(tmp_path, "党委", "甲", f"2026/甲/{number}.docx") for number in range(3)]
    (tmp_path / members[1].path).unlink()
    (made,) = zips(tmp_path, members)
    assert list(contents(made)) == ["甲/0.docx", "甲/2.docx"]
    assert (made.files, made.missing) == (2, ("2026/甲/1.docx",))


def test_what_failed_is_missing_from_the_archive_of_its_superior(tmp_path: Path) -> None:
    members = [
        put(tmp_path, "一", "甲", "2026/甲/计划.docx"),
        Member("一", "甲", "check", ""),
        Member("二", "乙", "plan", ""),
        put(tmp_path, "三", "丙", "2026/丙/计划.docx"),
    ]
    first, third, second = zips(tmp_path, members)
    assert (first.files, first.missing) == (1, ("甲: check",))
    assert (third.files, third.missing) == (1, ())
    assert second == Archive("二", None, 0, ("乙: plan",))


def test_an_archive_that_cannot_be_written_stops_no_other(tmp_path: Path) -> None:
    members = [put(tmp_path, name, "甲", f"2026/{name}/计划.docx") for name in ("一", "二")]
    (tmp_path / "2026/压缩包/一.zip").mkdir(parents=True)
    first, second = zips(tmp_path, members)
    assert isinstance(first.placed, OutputError)
    assert contents(second)
    assert list((tmp_path / ".docsmith/new").iterdir()) == []


def test_an_archive_that_a_person_has_changed_is_kept(tmp_path: Path) -> None:
    members = [put(tmp_path, "党委", "甲", "2026/甲/计划.docx")]
    zips(tmp_path, members)
    (tmp_path / "2026/压缩包/党委.zip").write_bytes(b"a person's")
    put(tmp_path, "党委", "甲", "2026/甲/计划.docx", b"new")
    (made,) = zips(tmp_path, members)
    assert isinstance(made.placed, Placed)
    assert made.placed.beside == tmp_path / "2026/压缩包/党委（新）.zip"


def test_a_large_file_gets_room_for_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 5000)
    (made,) = zips(tmp_path, [put(tmp_path, "党委", "甲", "2026/甲/计划.docx", b"x" * 9999)])
    assert isinstance(made.placed, Placed)
    assert contents(made) == {"甲/计划.docx": b"x" * 9999}
    assert b"\x01\x00" in made.placed.path.read_bytes()[30:80]  # the field of the larger sizes
