"""Folders made to harm: each is named, none of them stops or slows another."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docsmith.errors import PluginError
from docsmith.plugin import discovery, files
from docsmith.plugin.discovery import candidates
from docsmith.plugin.files import own_files
from docsmith.plugin.manager import Manager
from tests.plugins_for_tests import make_plugin

_SECONDS = 5
Change = Callable[[Path], object]


@pytest.fixture(autouse=True)
def _nothing_bundled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("docsmith._resources.bundled_folder", lambda kind: tmp_path / "bundled" / kind)
    monkeypatch.setattr(discovery, "entry_points", lambda: ())


def _manifest(content: bytes) -> Change:
    return lambda folder: (folder / "plugin.toml").write_bytes(content)


def _more(text: str) -> Change:
    def change(folder: Path) -> None:
        with (folder / "plugin.toml").open("a", encoding="utf-8") as stream:
            stream.write(text)

    return change


def _link(name: str, target: str) -> Change:
    def change(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)

    return change


def _says(key: str, value: str) -> Change:
    def change(folder: Path) -> None:
        manifest = folder / "plugin.toml"
        said = manifest.read_text(encoding="utf-8")
        lines = [f'{key} = "{value}"' if line.startswith(f"{key} =") else line for line in said.splitlines()]
        manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return change


def _pipe(folder: Path) -> None:
    (folder / "template.docx").unlink()
    os.mkfifo(folder / "template.docx")


SHEET = '[[sheets]]\nname = "s{n}"\ntitle = "表{n}"\ncolumns = []\n'
TABLE = '[[tables]]\nname = "t{n}"\ntitle = "表{n}"\nof = "members"\n'
RULE = '[[rules]]\nid = "X-{n}"\nof = "talks"\nwhere = "地点="\nmessage = "m"\n'
HOSTILE: dict[str, Change] = {
    "huge": _manifest(b"#" * (20 << 20)),
    "dots": _manifest(b"a" + b".a" * 100_000 + b" = 1\n"),
    "digits": _manifest(b"schema = " + b"9" * 10_000),
    "brackets": _manifest(b"schema = " + b"[" * 100_000),
    "not-utf-8": _manifest("id = '通知'".encode("gbk")),
    "utf-16": _manifest("id = '通知'".encode("utf-16")),
    "nul": _manifest(b"\0" * 1000),
    "many-sheets": _more("".join(SHEET.format(n=n) for n in range(4000))),
    "many-mistakes": _more("".join(f"k{n} = 1\n" for n in range(10_000))),
    "many-columns": _more("[columns]\nmembers = [" + '{ name = "x", title = "x" }, ' * 5000 + "]\n"),
    "many-tables": _more("".join(TABLE.format(n=n) for n in range(1000))),
    "many-rules": _more("".join(RULE.format(n=n) for n in range(1000))),
    "rows-outside": _more(SHEET.format(n=1).replace("columns", 'rows = "../secret.csv"\ncolumns')),
    "rows-link": lambda folder: (
        _link("rows.csv", "/etc/passwd")(folder),
        _more(SHEET.format(n=1).replace("columns", 'rows = "rows.csv"\ncolumns'))(folder),
    ),
    "template-link": _link("template.docx", "/etc/passwd"),
    "template-endless": _link("template.docx", "/dev/zero"),
    "template-circle": _link("template.docx", "template.docx"),
    "template-pipe": _pipe,
    "manifest-link": lambda folder: (
        (folder.parent.parent / "secret.toml").write_text('password = "x"', encoding="utf-8"),
        _link("plugin.toml", "../../secret.toml")(folder),
    ),
    "folder-link": lambda folder: (
        (folder / "sub").symlink_to("/etc"),
        _says("template", "sub/passwd")(folder),
    ),
    "template-up": _says("template", "../fine/template.docx"),
    "template-absolute": _says("template", "/etc/passwd"),
    "template-share": _says("template", "//server/share/x.docx"),
    "template-drive": _says("template", "C:/x.docx"),
    "template-nul": _says("template", "a\\u0000.docx"),
    "template-long": _says("template", "x" * 50_000),
    "id-device": _says("id", "con"),
    "id-up": _says("id", ".."),
    "id-twin": _says("id", "f\N{CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I}ne"),
    "title-unseen": _says("title", "好的\\u202e"),
    "title-escape": _says("title", "\\u001b[31m好的"),
    "many-conditions": _more(RULE.format(n=1).replace('"地点="', '["地点="' + ', "地点="' * 20_000 + "]")),
    "takes-a-column": _more('[columns]\nmembers = [{ name = "x", title = "出生年月" }]\n'),
    "takes-a-sheet": _more('[[sheets]]\nname = "s"\ntitle = "党员名册"\ncolumns = []\n'),
    "python-outside": _more('python = "../../evil.py"\n'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_folder_is_named_and_stops_no_other(name: str, tmp_path: Path) -> None:
    place = tmp_path / "文种"
    HOSTILE[name](make_plugin(place, "hostile", "坏的"))
    make_plugin(place, "fine", "好的")
    start = time.process_time()
    manager = Manager.discover(workspace_folders=[place])
    assert time.process_time() - start < _SECONDS
    assert list(manager.types) == ["fine"]
    (finding,) = manager.findings
    assert "hostile" in finding.message
    assert "password" not in finding.message
    assert len(finding.message) < 20_000


def test_a_manifest_that_is_no_file_makes_no_plugin(tmp_path: Path) -> None:
    _link("plugin.toml", "/dev/zero")(make_plugin(tmp_path, "hostile"))
    make_plugin(tmp_path, "fine")
    assert [one.folder.name for one in candidates(workspace_folders=[tmp_path])] == ["fine"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    closed = make_plugin(tmp_path / "文种", "closed", "关着")
    make_plugin(tmp_path / "文种", "fine", "好的")
    closed.chmod(0)
    try:
        manager = Manager.discover(workspace_folders=[tmp_path / "文种"])
    finally:
        closed.chmod(0o755)
    assert list(manager.types) == ["fine"]
    assert len(manager.findings) == 1


def test_an_empty_folder_of_the_workspace_is_no_mistake(tmp_path: Path) -> None:
    assert candidates(workspace_folders=[tmp_path]) == []


def test_own_files_are_those_that_belong_to_the_plugin(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path)
    (folder / "sub").mkdir()
    for name in ("items.csv", "sub/b.py", "~$template.docx", ".DS_Store", "x.pyc", "a.tmp", "Thumbs.db"):
        (folder / name).write_bytes(b"x")
    (folder / "link.csv").symlink_to("/etc/passwd")
    (folder / "up").symlink_to("..")
    assert list(own_files(folder)) == ["items.csv", "plugin.toml", "sub/b.py", "template.docx"]


@pytest.mark.parametrize("what", ["MAX_FILES", "MAX_BYTES", "MAX_FILE"])
def test_a_folder_with_more_in_it_than_any_type_needs_is_refused(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_plugin(tmp_path)
    monkeypatch.setattr(files, what, 1)
    with pytest.raises(PluginError, match="larger than a document type needs"):
        own_files(folder)
    assert len(own_files(folder, bounded=False)) == 2


def test_folders_in_folders_without_end_are_refused(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path)
    folder.joinpath(*["d"] * 40).mkdir(parents=True)
    with pytest.raises(PluginError, match="notice"):
        own_files(folder)
