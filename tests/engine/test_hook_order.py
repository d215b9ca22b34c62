"""The hooks of a plugin in a whole run: all of them, in the order that the page on hooks tells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docsmith.plugin import hookspecs
from docsmith.testing import Workspace, small_unit
from tests.plugins_for_tests import make_plugin

PYTHON = """
from pathlib import Path

from docsmith.plugin import hookimpl

def note(name, dossier):
    with Path(__file__).with_name("called.txt").open("a", encoding="utf-8") as stream:
        stream.write(name + " " + dossier.branch.name + "\\n")

@hookimpl
def docsmith_check_document(document, dossier):
    note("docsmith_check_document", dossier)

@hookimpl
def docsmith_check_dossier(dossier):
    note("docsmith_check_dossier", dossier)

@hookimpl
def docsmith_build_context(dossier):
    note("docsmith_build_context", dossier)
"""
BRANCHES = ("第一党支部", "第二党支部")


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return make_plugin(tmp_path, python=PYTHON, text="{{ 支部.支部名称 }}")


def called(plugin: Path, tmp_path: Path, *args: str) -> list[str]:
    """Return what a command calls, one line for each call."""
    workspace = Workspace.make(tmp_path / "workspace", small_unit(), [plugin])
    answer = workspace.run(*args, "--trust", "notice")
    assert answer.code == 0, answer.err
    return (plugin / "called.txt").read_text(encoding="utf-8").splitlines()


def order_of_the_page() -> list[str]:
    page = (Path(__file__).parents[2] / "docs" / "hooks.md").read_text(encoding="utf-8")
    diagram = page.partition("```text\n")[2].partition("```")[0]
    return re.findall(r"docsmith_\w+", diagram)


def test_page_tells_the_order_of_all_hooks() -> None:
    assert sorted(order_of_the_page()) == sorted(
        one for one in vars(hookspecs) if one.startswith("docsmith_")
    )


def test_each_document_calls_every_hook_once_in_the_order_of_the_page(plugin: Path, tmp_path: Path) -> None:
    expected = [f"{hook} {branch}" for branch in BRANCHES for hook in order_of_the_page()]
    assert called(plugin, tmp_path, "render", "notice") == expected


def test_check_calls_the_hook_for_data_alone(plugin: Path, tmp_path: Path) -> None:
    expected = [f"docsmith_check_dossier {branch}" for branch in BRANCHES]
    assert called(plugin, tmp_path, "check") == expected
