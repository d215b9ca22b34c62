"""Every hook: who is called, with what, and what becomes of a mistake."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from docsmith.errors import PluginError
from docsmith.model.dossier import Dossier
from docsmith.model.records import Branch, Unit
from docsmith.model.written import Paragraph, WrittenDocument
from docsmith.plugin.manager import Manager
from tests.plugins_for_tests import make_plugin, manager_of

DOSSIER = Dossier(Unit(name="研究所", year=2026), Branch(name="第一党支部"), 2026)
CONTEXT = """
from docsmith.plugin import hookimpl

@hookimpl
def docsmith_build_context(dossier, document_type, verdicts):
    return {{"said": "{word} for " + document_type.id, "branch_name": dossier.branch.name}}
"""
CHECK = """
from docsmith.model.findings import Finding, Severity
from docsmith.plugin import hookimpl

@hookimpl
def docsmith_check_dossier(dossier, document_type):
    yield Finding(Severity.WARNING, document_type.id + " of " + dossier.branch.name)
"""


def _using(*folders: Path) -> Manager:
    manager = manager_of(*folders)
    manager.use(manager.types.values())
    return manager


def test_hook_build_context_is_asked_of_the_owner_alone(tmp_path: Path) -> None:
    manager = _using(
        make_plugin(tmp_path, "greedy", "甲", python=CONTEXT.format(word="greedy")),
        make_plugin(tmp_path, "modest", "乙", python=CONTEXT.format(word="modest")),
        make_plugin(tmp_path, "plain", "丙"),
    )
    said = {one.id: manager.build_context(DOSSIER, one, {}).get("said") for one in manager.types.values()}
    assert said == {"greedy": "greedy for greedy", "modest": "modest for modest", "plain": None}


def test_hook_check_dossier_gets_the_plugins_own_type(tmp_path: Path) -> None:
    manager = _using(
        make_plugin(tmp_path, "first", "甲", python=CHECK),
        make_plugin(tmp_path, "second", "乙", python=CHECK),
    )
    found = [manager.check_dossier(DOSSIER, one)[0].message for one in manager.types.values()]
    assert found == ["first of 第一党支部", "second of 第一党支部"]


CHECK_DOCUMENT = """
from docsmith.model.findings import Finding, Severity
from docsmith.plugin import hookimpl

@hookimpl
def docsmith_check_document(document, dossier, document_type):
    yield Finding(Severity.WARNING, document_type.id + ": " + document.text)
"""


def test_hook_check_document_gets_what_the_document_of_its_own_type_says(tmp_path: Path) -> None:
    manager = _using(
        make_plugin(tmp_path, "first", "甲", python=CHECK_DOCUMENT),
        make_plugin(tmp_path, "second", "乙", python=CHECK_DOCUMENT),
    )
    document = WrittenDocument((Paragraph("第一党支部"),))
    found = [manager.check_document(lambda: document, DOSSIER, one) for one in manager.types.values()]
    assert [[one.message for one in each] for each in found] == [
        ["first: 第一党支部"],
        ["second: 第一党支部"],
    ]


def test_document_is_not_read_again_for_a_type_without_the_hook(tmp_path: Path) -> None:
    manager = _using(make_plugin(tmp_path), make_plugin(tmp_path, "other", "乙", python=CHECK_DOCUMENT))
    assert manager.check_document(pytest.fail, DOSSIER, manager.types["notice"]) == ()


def test_a_type_without_python_finds_nothing(tmp_path: Path) -> None:
    manager = _using(make_plugin(tmp_path))
    assert manager.check_dossier(DOSSIER, manager.types["notice"]) == ()


def test_a_hook_that_raises_is_an_error_that_names_the_plugin(tmp_path: Path) -> None:
    python = CONTEXT.format(word="x").replace("return", "raise ValueError('secret');")
    manager = _using(make_plugin(tmp_path, python=python))
    with pytest.raises(PluginError, match=r"docsmith_build_context of the plugin notice failed: ValueError"):
        manager.build_context(DOSSIER, manager.types["notice"], {})


def test_a_hook_that_returns_no_context_is_refused(tmp_path: Path) -> None:
    python = CONTEXT.format(word="x").replace("return", "return ['x'] or")
    manager = _using(make_plugin(tmp_path, python=python))
    with pytest.raises(PluginError, match=r"docsmith_build_context.*Mapping is expected, not list"):
        manager.build_context(DOSSIER, manager.types["notice"], {})


def test_a_hook_that_finds_something_that_is_no_finding_is_refused(tmp_path: Path) -> None:
    python = CHECK.replace("yield", "yield 'x' or")
    manager = _using(make_plugin(tmp_path, python=python))
    with pytest.raises(PluginError, match=r"docsmith_check_dossier.*Finding is expected, not str"):
        manager.check_dossier(DOSSIER, manager.types["notice"])


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("return 5", r"Iterable\[Finding\] is expected, not int"),
        ("return 'abc'", "Finding is expected, not str"),
        ("yield Finding('warning', 'x')", r"Finding\.severity .*Severity is expected, not str"),
        ("yield Finding(Severity.INFO, None)", r"Finding\.message .*str is expected, not NoneType"),
        ("yield Finding(Severity.INFO, 'x', place='A1')", r"Finding\.place .*Place is expected, not str"),
        ("yield Finding(Severity.INFO, 'x'); raise KeyError", "KeyError"),
    ],
)
def test_a_hook_that_finds_nonsense_is_refused_before_anybody_reads_it(
    answer: str, said: str, tmp_path: Path
) -> None:
    head = CHECK[: CHECK.index("    yield")]
    manager = _using(make_plugin(tmp_path, python=f"{head}    {answer}\n"))
    with pytest.raises(PluginError, match=f"docsmith_check_dossier.*{said}"):
        manager.check_dossier(DOSSIER, manager.types["notice"])


TAKING = """
import os, sys
from docsmith.plugin import hookimpl

def take():
    sys.path.clear()
    sys.meta_path = []
    sys.path.append("mine")
    os.chdir("/")

take()

@hookimpl
def docsmith_check_dossier(dossier, document_type):
    take()
"""


def test_what_python_needs_is_put_back_after_a_plugin_has_taken_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    before = list(sys.path), list(sys.meta_path), Path.cwd()
    manager = _using(make_plugin(tmp_path, python=TAKING))
    manager.check_dossier(DOSSIER, manager.types["notice"])
    assert ([one for one in sys.path if one != "mine"], sys.meta_path, Path.cwd()) == before
    assert "mine" in sys.path


def test_a_hook_that_does_not_exist_is_refused_when_the_type_is_used(tmp_path: Path) -> None:
    python = CHECK.replace("docsmith_check_dossier", "docsmith_check_dosier")
    manager = manager_of(
        make_plugin(tmp_path, python=python), make_plugin(tmp_path, "fine", "乙", python=CHECK)
    )
    with pytest.raises(PluginError, match="docsmith_check_dosier"):
        manager.use([manager.types["notice"]])
    manager.use([manager.types["fine"]])
    assert manager.check_dossier(DOSSIER, manager.types["fine"])


def test_python_that_cannot_be_imported_is_an_error_that_names_the_plugin(tmp_path: Path) -> None:
    manager = manager_of(make_plugin(tmp_path, python="import no_such_module"))
    with pytest.raises(PluginError, match=r"plugin\.py of the plugin notice failed: ModuleNotFoundError"):
        manager.use(manager.types.values())


def test_python_may_import_the_files_beside_it(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path, python="from .words import docsmith_check_dossier\n")
    (folder / "words.py").write_text(CHECK, encoding="utf-8")
    assert _using(folder).check_dossier(DOSSIER, manager_of(folder).types["notice"])
