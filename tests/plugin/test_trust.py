"""Whose Python runs: nobody's from a folder, until somebody has said so."""

from __future__ import annotations

import py_compile
import sys
from pathlib import Path

import pytest

from docsmith.errors import PluginError, UntrustedError
from docsmith.plugin.discovery import Candidate
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manager import Manager
from docsmith.plugin.origins import Origin
from docsmith.plugin.trust import NOBODY, Trust, code_of, digest_of_code
from tests.plugins_for_tests import make_plugin

MARK = "import sys\nsys.docsmith_ran = True\n"


@pytest.fixture(autouse=True)
def _not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "docsmith_ran", False, raising=False)


def _ran() -> bool:
    return bool(sys.docsmith_ran)  # type: ignore[attr-defined]


def _plugin(tmp_path: Path, python: str = MARK) -> Path:
    return make_plugin(tmp_path, "talk", "谈话", python=python)


def _use(folder: Path, kind: Origin, trust: Trust = NOBODY) -> DocumentType:
    manager = Manager([Candidate(folder, folder, "a test", kind)], trust)
    manager.use([manager.types["talk"]])
    return manager.types["talk"]


def _allowed(folder: Path) -> Trust:
    manager = Manager([Candidate(folder, folder, "a test")])
    return Trust(allowed=frozenset({("talk", digest_of_code(code_of(manager.types["talk"])))}))


@pytest.mark.parametrize("kind", [Origin.BUNDLED, Origin.PACKAGE])
def test_what_was_installed_as_a_program_runs(tmp_path: Path, kind: Origin) -> None:
    _use(_plugin(tmp_path), kind)
    assert _ran()


@pytest.mark.parametrize("kind", [Origin.USER, Origin.WORKSPACE, Origin.COMMAND])
def test_python_from_a_folder_does_not_run_by_itself(tmp_path: Path, kind: Origin) -> None:
    with pytest.raises(UntrustedError) as caught:
        _use(_plugin(tmp_path), kind)
    assert not _ran()
    assert "docsmith plugin trust talk" in caught.value.hint
    assert "plugin.py" in caught.value.hint


def test_a_folder_without_python_needs_no_trust(tmp_path: Path) -> None:
    _use(make_plugin(tmp_path, "talk", "谈话"), Origin.COMMAND)


@pytest.mark.parametrize("kind", [Origin.USER, Origin.WORKSPACE, Origin.COMMAND])
def test_a_plugin_that_the_command_names_runs(tmp_path: Path, kind: Origin) -> None:
    _use(_plugin(tmp_path), kind, Trust(named=frozenset({"talk"})))
    assert _ran()


def test_code_that_was_allowed_runs_wherever_it_lies(tmp_path: Path) -> None:
    trust = _allowed(_plugin(tmp_path / "one"))
    _use(_plugin(tmp_path / "two"), Origin.COMMAND, trust)
    assert _ran()


@pytest.mark.parametrize("change", ["plugin.py", "helper.py", "sub/new.py"])
def test_code_that_has_changed_is_asked_for_anew(tmp_path: Path, change: str) -> None:
    folder = _plugin(tmp_path)
    (folder / "helper.py").write_text("A = 1\n", encoding="utf-8")
    trust = _allowed(folder)
    (folder / change).parent.mkdir(exist_ok=True)
    with (folder / change).open("a", encoding="utf-8") as stream:
        stream.write("B = 2\n")
    with pytest.raises(UntrustedError):
        _use(folder, Origin.WORKSPACE, trust)


def test_texts_and_templates_may_change_without_being_asked_for(tmp_path: Path) -> None:
    folder = _plugin(tmp_path)
    trust = _allowed(folder)
    (folder / "items.csv").write_text("内容\n甲\n", encoding="utf-8")
    _use(folder, Origin.WORKSPACE, trust)


def test_a_manifest_that_names_another_file_is_asked_for_anew(tmp_path: Path) -> None:
    folder = _plugin(tmp_path)
    (folder / "other.py").write_text(MARK, encoding="utf-8")
    trust = _allowed(folder)
    manifest = folder / "plugin.toml"
    manifest.write_text(manifest.read_text("utf-8").replace("plugin.py", "other.py"), encoding="utf-8")
    with pytest.raises(UntrustedError):
        _use(folder, Origin.WORKSPACE, trust)


def test_the_list_of_a_workspace_counts_only_where_the_person_believes_it(tmp_path: Path) -> None:
    folder, listed = _plugin(tmp_path), frozenset({"talk"})
    with pytest.raises(UntrustedError) as caught:
        _use(folder, Origin.WORKSPACE, Trust(listed=listed))
    assert "docsmith plugin trust --workspace" in caught.value.hint
    assert not _ran()
    _use(folder, Origin.WORKSPACE, Trust(listed=listed, believed=True))
    assert _ran()


@pytest.mark.parametrize("kind", [Origin.USER, Origin.COMMAND])
def test_the_list_of_a_workspace_says_nothing_of_other_folders(tmp_path: Path, kind: Origin) -> None:
    with pytest.raises(UntrustedError):
        _use(_plugin(tmp_path), kind, Trust(listed=frozenset({"talk"}), believed=True))


def test_a_believed_workspace_runs_nothing_that_it_does_not_list(tmp_path: Path) -> None:
    with pytest.raises(UntrustedError):
        _use(_plugin(tmp_path), Origin.WORKSPACE, Trust(believed=True))


def test_compiled_code_beside_harmless_source_does_not_run(tmp_path: Path) -> None:
    folder = _plugin(tmp_path, "from .items import A\n")
    source = folder / "items.py"
    for name in ("plugin", "items"):
        evil = tmp_path / "evil.py"
        evil.write_text(f"A = 1\n{MARK}", encoding="utf-8")
        cached = folder / "__pycache__" / f"{name}.{sys.implementation.cache_tag}.pyc"
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(str(evil), cfile=str(cached), doraise=True, invalidation_mode=mode)
    source.write_text("A = 1\n", encoding="utf-8")
    _use(folder, Origin.WORKSPACE, Trust(named=frozenset({"talk"})))
    assert not _ran()


def test_files_beside_and_below_can_be_imported(tmp_path: Path) -> None:
    folder = _plugin(tmp_path, f"from .items import A\nfrom .sub.more import B\nfrom .pack import C\n{MARK}")
    for name, text in (
        ("items", "A = 1"),
        ("sub/more", "from ..items import A as B"),
        ("pack/__init__", "C = 3"),
    ):
        file = folder / f"{name}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    _use(folder, Origin.WORKSPACE, Trust(named=frozenset({"talk"})))
    assert _ran()


def test_nothing_else_can_be_imported_as_part_of_the_plugin(tmp_path: Path) -> None:
    folder = _plugin(tmp_path, f"from .items import A\n{MARK}")
    outside = tmp_path / "outside.py"
    outside.write_text("A = 1\n", encoding="utf-8")
    (folder / "items.py").symlink_to(outside)
    with pytest.raises(PluginError, match="ModuleNotFoundError"):
        _use(folder, Origin.WORKSPACE, Trust(named=frozenset({"talk"})))


@pytest.mark.parametrize(
    "python",
    [
        "raise SystemExit(0)", "import os, sys\nsys.exit(3)", "class Own(BaseException): pass\nraise Own",
        "def f(:", "x = 'a\0b'", "raise GeneratorExit", "def f(): f()\nf()", "import no_such_module",
    ],
)  # fmt: skip
def test_python_that_ends_badly_is_one_error_with_its_name(tmp_path: Path, python: str) -> None:
    with pytest.raises(PluginError, match="talk"):
        _use(_plugin(tmp_path, python), Origin.PACKAGE)
    with pytest.raises(PluginError, match="talk"):
        _use(tmp_path / "talk", Origin.COMMAND, Trust(named=frozenset({"talk"})))


def test_ctrl_c_is_the_persons_own(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        _use(_plugin(tmp_path, "raise KeyboardInterrupt"), Origin.PACKAGE)
