from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

import pytest

from docsmith.errors import PluginError, UsageError
from docsmith.plugin import discovery
from docsmith.plugin.discovery import entry_points as installed_plugins
from docsmith.plugin.manager import Manager
from tests.plugins_for_tests import candidate, make_plugin, manager_of


@pytest.fixture(autouse=True)
def _nothing_bundled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("docsmith._resources.bundled_folder", lambda kind: tmp_path / "bundled" / kind)
    monkeypatch.setattr(discovery, "entry_points", lambda: ())


def _must_not_be_called(**_options: object) -> None:
    raise AssertionError


def distribution(folder: Path, points: str) -> None:
    """Make an installed distribution with these entry points."""
    info = folder / "unit_forms-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: unit-forms\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(points, encoding="utf-8")


def _folders(found: list[discovery.Candidate]) -> list[str]:
    return [one.folder.name for one in found]


def test_origins_come_in_the_order_in_which_they_may_override(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_plugin(tmp_path / "bundled" / "plugins", "a-bundled")
    make_plugin(tmp_path / "user", "b-user")
    make_plugin(tmp_path / "workspace", "c-workspace")
    make_plugin(tmp_path / "extra", "d-extra")
    found = discovery.candidates(
        user_folder=tmp_path / "user",
        workspace_folders=[tmp_path / "workspace"],
        folders=[tmp_path / "extra"],
    )
    assert _folders(found) == ["a-bundled", "b-user", "c-workspace", "d-extra"]


def test_template_of_a_bundled_plugin_stands_in_the_templates_folder(tmp_path: Path) -> None:
    make_plugin(tmp_path / "bundled" / "plugins", "notice")
    (only,) = discovery.candidates()
    assert only.templates == tmp_path / "bundled" / "templates" / "notice"


def test_plugin_dir_may_be_a_plugin_or_a_folder_of_plugins(tmp_path: Path) -> None:
    one = make_plugin(tmp_path, "one")
    make_plugin(tmp_path, "two")
    assert _folders(discovery.candidates(folders=[one])) == ["one"]
    assert _folders(discovery.candidates(folders=[tmp_path])) == ["one", "two"]


def test_a_named_folder_without_plugins_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no plugin"):
        discovery.candidates(folders=[tmp_path])


def test_a_user_folder_need_not_exist(tmp_path: Path) -> None:
    assert discovery.candidates(user_folder=tmp_path / "nowhere") == []


def test_a_folder_named_twice_counts_once(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path)
    assert len(discovery.candidates(workspace_folders=[tmp_path], folders=[folder])) == 1


def test_entry_point_is_read_without_importing_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = make_plugin(tmp_path, "unit_forms")
    (package / "__init__.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    inner = make_plugin(package, "inner")
    distribution(tmp_path, "[docsmith]\na = unit_forms\nb = unit_forms.inner\nc = no_such_package\n")
    monkeypatch.syspath_prepend(tmp_path)
    found = {one.folder: one.origin for one in installed_plugins()}
    assert {package, inner} <= found.keys()
    assert found[package] == "the package unit-forms"
    assert "unit_forms" not in sys.modules


@pytest.mark.parametrize("value", ["no_such_package", "unit_forms.empty", "???", "a b", "..", "os:path"])
def test_a_package_without_a_plugin_is_named_and_stops_no_other(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_plugin(tmp_path / "unit_forms")
    (tmp_path / "unit_forms" / "empty").mkdir()
    distribution(tmp_path, f"[docsmith]\na = {value}\nb = unit_forms.notice\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    manager = Manager(installed_plugins())
    assert list(manager.types) == ["notice"]
    assert "plugin.toml is not there" in manager.findings[0].message


def test_distributions_of_others_are_not_looked_at_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distribution(tmp_path, "[console_scripts]\na = unit_forms:main\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "nowhere")])
    monkeypatch.setattr(sys, "meta_path", [PathFinder])
    monkeypatch.setattr(importlib.metadata, "entry_points", _must_not_be_called)
    assert list(installed_plugins()) == []


def test_a_zip_file_or_a_finder_of_somebodys_own_may_have_plugins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "all.zip"
    archive.write_bytes(b"PK")
    point = importlib.metadata.EntryPoint("a", "unit_forms", "docsmith")
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: (point,))
    package = make_plugin(tmp_path, "unit_forms")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setattr(sys, "meta_path", [PathFinder])
    assert list(installed_plugins()) == []
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(archive)])
    assert [one.folder for one in installed_plugins()] == [package]

    class Finder(PathFinder):
        """A finder that somebody else has put there."""

        @classmethod
        def find_distributions(cls, context: object = None) -> Iterator[Any]:  # type: ignore[override]
            # Of its own: where the package importlib_metadata was imported, PathFinder has none any more.
            return iter(())

    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setattr(sys, "meta_path", [PathFinder, Finder])
    assert [one.folder for one in installed_plugins()] == [package]


def test_discovery_does_not_run_the_python_of_a_plugin(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path, python="raise SystemExit('imported')")
    assert list(manager_of(folder).types) == ["notice"]


def test_same_id_twice_is_an_error_that_names_both_origins(tmp_path: Path) -> None:
    first = make_plugin(tmp_path / "first")
    second = make_plugin(tmp_path / "second")
    manager = Manager([candidate(first, "bundled"), candidate(second, "the workspace")])
    with pytest.raises(PluginError) as caught:
        manager.find("notice")
    for part in ("notice", "bundled", str(first), "the workspace", str(second)):
        assert part in caught.value.message
    assert "overrides = true" in caught.value.hint


def test_a_later_plugin_that_says_so_overrides(tmp_path: Path) -> None:
    first = make_plugin(tmp_path / "first")
    second = make_plugin(tmp_path / "second", title="新通知", more="overrides = true\n")
    assert manager_of(first, second).types["notice"].title == "新通知"


def test_an_earlier_plugin_cannot_override_a_later_one(tmp_path: Path) -> None:
    first = make_plugin(tmp_path / "first", more="overrides = true\n")
    second = make_plugin(tmp_path / "second")
    with pytest.raises(PluginError):
        manager_of(first, second).find("notice")


def test_an_id_that_two_plugins_have_stops_no_other(tmp_path: Path) -> None:
    folders = [make_plugin(tmp_path / str(number)) for number in range(3)]
    manager = manager_of(*folders, make_plugin(tmp_path, "fine"))
    assert list(manager.types) == ["fine"]
    assert [finding.code for finding in manager.findings] == ["plugin-broken"]


def test_broken_plugins_whose_folders_are_called_alike_are_all_named(tmp_path: Path) -> None:
    folders = [make_plugin(tmp_path / str(number)) for number in range(2)]
    for folder in folders:
        (folder / "template.docx").unlink()
    assert len(manager_of(*folders).findings) == 2
