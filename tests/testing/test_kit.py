"""The kit for authors of plugins, as they use it: in a pytest run of its own."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.plugins_for_tests import make_plugin

CONFTEST = """
from pathlib import Path
import pytest

pytest_plugins = ["docsmith.testing"]

@pytest.fixture
def docsmith_plugins():
    return [Path(__file__).parent / "notice"]
"""
CONTEXT = """
from docsmith.plugin import hookimpl

@hookimpl
def docsmith_build_context(dossier, document_type):
    return {"copies": document_type.options["copies"]}
"""


@pytest.fixture
def author(pytester: pytest.Pytester) -> pytest.Pytester:
    """The folder of somebody who writes a plugin with Python, and its tests."""
    options = "[options]\ncopies = 2\n"
    text = "{{ 支部.支部名称 }}：{{ 支部.书记 }}，{{ copies }}份"
    make_plugin(pytester.path, more=options, python=CONTEXT, text=text)
    pytester.makeconftest(CONFTEST)
    return pytester


def run(author: pytest.Pytester, test: str) -> pytest.RunResult:
    author.makepyfile("from docsmith.testing import *\n\n" + test)
    return author.runpytest_subprocess("-q", "-W", "error", "-p", "no:cacheprovider")


def test_plugin_under_test_is_rendered_with_the_small_unit(author: pytest.Pytester) -> None:
    done = run(
        author,
        """
def test_it(docsmith_workspace):
    made = docsmith_workspace.render("通知", "第一党支部")
    assert_document(made, "第一党支部：张三，2份")
    assert made.path.name == "第一党支部-通知.docx"
    assert made.codes == []
""",
    )
    done.assert_outcomes(passed=1)


def test_data_and_settings_are_what_a_test_makes_of_them(author: pytest.Pytester) -> None:
    done = run(
        author,
        """
import pytest

@pytest.fixture
def docsmith_data(docsmith_data):
    return docsmith_data | {"支部": [{"支部名称": "新支部", "书记": "赵六"}]}

@pytest.fixture
def docsmith_settings():
    return {"types": {"notice": {"copies": 3}}}

def test_it(docsmith_workspace):
    assert_document(docsmith_workspace.render("notice"), "新支部：赵六，3份")
""",
    )
    done.assert_outcomes(passed=1)


def test_every_document_of_a_type_is_given_and_a_missing_value_told(author: pytest.Pytester) -> None:
    done = run(
        author,
        """
def test_it(docsmith_workspace):
    first, second = docsmith_workspace.render_all("notice")
    assert second.document.text == "第二党支部：（待补充），2份"
    assert second.codes == ["field-missing"]
    assert first.document != second.document
    assert docsmith_workspace.run("types").code == 0
""",
    )
    done.assert_outcomes(passed=1)


def test_document_that_fails_fails_the_test_with_the_reasons_and_the_traceback(
    author: pytest.Pytester,
) -> None:
    (author.path / "notice" / "plugin.py").write_text(
        CONTEXT.replace("return", "1 / 0; return"), encoding="utf-8"
    )
    done = run(author, 'def test_it(docsmith_workspace):\n    docsmith_workspace.render("notice")\n')
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(
        [
            "*notice was not made:",
            "*docsmith_build_context of the plugin notice failed: ZeroDivisionError (plugin.py:6)*",
            '*plugin.py", line 6, in docsmith_build_context*',
            "*ZeroDivisionError: division by zero*",
        ]
    )


def test_difference_shows_what_the_document_says_instead(author: pytest.Pytester) -> None:
    done = run(
        author,
        """
def test_it(docsmith_workspace):
    assert_document(docsmith_workspace.render("notice"), "第一党支部：李四，2份")
""",
    )
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(
        ["*The document is not as expected:", "*- 第一党支部：李四，2份", "*+ 第一党支部：张三，2份"]
    )


def machine(folder: Path) -> dict[str, str]:
    """Return the environment of a machine with plugins in every place, an installed one and broken ones."""
    config, site = folder / "config", folder / "site"
    make_plugin(config / "docsmith" / "plugins", "mine", "我的")
    make_plugin(config / "docsmith" / "plugins", "self-check", "另一个自查表", "overrides = true\n")
    package = make_plugin(site, "installed", "已安装")
    (package / "__init__.py").write_text("raise RuntimeError('imported')", encoding="utf-8")
    metadata = site / "installed-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: installed\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[docsmith]\ninstalled = installed\n")
    path = os.pathsep.join(filter(None, [str(site), os.environ.get("PYTHONPATH", "")]))
    return {"XDG_CONFIG_HOME": str(config), "PYTHONPATH": path}


LISTED = """
import json, os, subprocess, sys

def ids(printed):
    return [one["id"] for one in json.loads(printed)["types"]]

def test_it(docsmith_workspace):
    own = ids(docsmith_workspace.run("types", "--json").out)
    command = [sys.executable, "-m", "docsmith", "types", "--json"]
    child = subprocess.run(command, cwd=docsmith_workspace.folder, capture_output=True, check=True)
    print("listed", json.dumps([own, ids(child.stdout)]))
"""


def test_no_plugin_of_the_machine_leaks_into_a_test_nor_into_its_processes(
    author: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOCSMITH_PACKAGES")
    for name, value in machine(author.path / "machine").items():
        monkeypatch.setenv(name, value)
    author.makepyfile(LISTED)
    without = author.runpytest_subprocess("-q", "-s", "-p", "no:cacheprovider")
    without.assert_outcomes(passed=1)
    listed = next(line for line in without.outlines if line.startswith("listed "))
    own, child = json.loads(listed.removeprefix("listed "))
    assert own == child
    assert own[-1] == "notice"
    assert {"mine", "installed"}.isdisjoint(own)
    assert "self-check" in own


def test_machine_of_that_test_has_the_plugins_indeed(
    author: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOCSMITH_PACKAGES")
    for name, value in machine(author.path / "machine").items():
        monkeypatch.setenv(name, value)
    listed = author.run(sys.executable, "-m", "docsmith", "types", "--json")
    ids = [one["id"] for one in json.loads(listed.stdout.str())["types"]]
    assert {"mine", "installed"} <= set(ids)
