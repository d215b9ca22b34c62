from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from docsmith.engine.plugins import installing
from docsmith.engine.plugins.installing import Installing, files_of, install, remove
from docsmith.engine.plugins.packing import name_of, pack, zipped
from docsmith.engine.plugins.permission import Permission
from docsmith.engine.workspace import Workspace
from docsmith.errors import OutputError, PluginError, UsageError
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.reading import read_plugin
from tests.plugins_for_tests import candidate, make_plugin


def _type(parent: Path, **changes: str) -> DocumentType:
    return read_plugin(candidate(make_plugin(parent, "letter", "来信", **changes)))


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_plugin_takes_its_place_in_one_step(tmp_path: Path) -> None:
    placed = install(_type(tmp_path / "sent"), tmp_path / "文种")
    assert placed == (Installing.INSTALLED, tmp_path / "文种" / "letter", None)
    assert _names(tmp_path / "文种") == ["letter", "letter/plugin.toml", "letter/template.docx"]


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(installing, "unpack", full)
    with pytest.raises(OutputError, match="the disk is full"):
        install(_type(tmp_path / "sent"), tmp_path / "文种")
    assert not (tmp_path / "文种" / "letter").exists()


def test_an_upgrade_that_fails_leaves_the_old_one_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "文种"
    install(_type(tmp_path / "one"), place)
    before = (place / "letter" / "plugin.toml").read_bytes()

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(installing, "unpack", full)
    with pytest.raises(OutputError):
        install(_type(tmp_path / "two", more='synonyms = ["信"]\n'), place, upgrade=True)
    assert (place / "letter" / "plugin.toml").read_bytes() == before


def test_an_upgrade_finds_the_old_one_in_a_folder_of_another_name(tmp_path: Path) -> None:
    place = tmp_path / "文种"
    make_plugin(place, "letter", "来信").rename(place / "来信")
    newer = _type(tmp_path / "two", more='synonyms = ["信"]\n')
    with pytest.raises(UsageError, match="is installed already"):
        install(newer, place)
    placed = install(newer, place, upgrade=True)
    assert placed.folder == place / "letter"
    assert placed.aside == place / ".docsmith" / "removed" / "来信"
    assert not (place / "来信").exists()


def test_what_is_no_plugin_is_not_in_the_way_of_one(tmp_path: Path) -> None:
    place = tmp_path / "文种"
    (place / "letter").mkdir(parents=True)
    (place / "letter" / "mine.docx").write_bytes(b"mine")
    with pytest.raises(UsageError, match="is there already"):
        install(_type(tmp_path / "one"), place, upgrade=True)
    assert _names(place) == ["letter", "letter/mine.docx"]


def test_a_plugin_that_cannot_be_moved_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_plugin(tmp_path)

    def held(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(OutputError, match="notice"):
        remove(folder)
    assert folder.is_dir()


def test_a_file_that_would_be_lost_is_named(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path)
    (folder / ".form.docx").write_bytes((folder / "template.docx").read_bytes())
    manifest = folder / "plugin.toml"
    manifest.write_text(
        manifest.read_text("utf-8").replace('"template.docx"', '".form.docx"'), encoding="utf-8"
    )
    with pytest.raises(PluginError, match=r"\.form\.docx"):
        files_of(read_plugin(candidate(folder)))


def test_a_zip_has_nothing_of_the_machine_in_it(tmp_path: Path) -> None:
    document_type = _type(tmp_path / "one")
    with zipfile.ZipFile(io.BytesIO(pack(document_type))) as archive:
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert (info.create_system, info.compress_type) == (3, zipfile.ZIP_STORED)
    assert zipped({"b": b"", "a": b""}, "x") == zipped({"a": b"", "b": b""}, "x")
    assert name_of(document_type) == "letter-1.0.zip"


def test_what_was_allowed_is_read_as_it_was_written(tmp_path: Path) -> None:
    odd = tmp_path / '引号" 反斜杠\\ 换行\n 控制\x7f'
    document_type = _type(odd, python="x = 1")
    permission = Permission.read(tmp_path / "own").with_plugin(document_type).with_workspace(odd)
    permission.with_plugin(document_type).write()
    again = Permission.read(tmp_path / "own")
    assert again == permission
    assert again.without(["letter"]).without_workspace(odd) == Permission(again.file)
    trust = again.trust(Workspace(file=odd / "docsmith.toml", trust=("letter",)), ["notice"])
    assert trust.believed
    assert (trust.named, trust.listed) == ({"notice"}, {"letter"})
    assert not again.trust(Workspace(file=tmp_path / "docsmith.toml")).believed
    assert not again.trust(Workspace()).believed
