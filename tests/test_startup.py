"""Start-up is a feature: nothing is imported that the command at hand does not need.

Held by the names of modules, never by a clock; what each of them costs is told where it is imported late.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from docsmith.model.schema import Schema
from docsmith.sources.fill_in import write_blank

# Each takes 3 to 70 ms of a start.
HEAVY = {
    "docx", "docxtpl", "lxml", "jinja2", "openpyxl", "ruamel", "python_calamine", "sqlite3",
    "importlib.metadata", "email", "html", "logging",
    "rich", "sqlalchemy", "distributed", "multiprocessing", "pypdfium2",
}  # fmt: skip
# What one document from a workbook needs, when its template was compiled by an earlier run.
FOR_A_DOCUMENT = {"python_calamine", "sqlite3"}
# Small ones of our own: for other formats, other commands, and rules that nobody asks for.
SPARED = {
    "docsmith.template.compiling.opening", "docsmith.template.compiling.parts", "docsmith.sources.structured",
    "docsmith.sources.xls_parts", "docsmith.sources.text_tables", "docsmith.sources.pinyin",
    "docsmith.sources.fill_in",
    "docsmith.sources.export", "docsmith.rules.checks.texts", "docsmith.rules.checks.unit",
    "docsmith.official", "docsmith.engine.tables", "docsmith.plugin.checks",
}  # fmt: skip
SCRIPT = """
import json, sys
from docsmith.cli import main
try:
    main({args!r})
except SystemExit as done:
    assert not done.code, done.code
print(json.dumps(sorted(sys.modules)))
"""


def loaded_by(args: list[str], folder: Path | None = None) -> set[str]:
    """Return the names of all modules that a command has imported, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(args=args)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=folder,
        env={**os.environ, "DOCSMITH_CACHE": str(folder / "cache") if folder else "off"},
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "args",
    [
        ["--version"],
        ["--help"],
        *([name, "--help"] for name in ("render", "batch", "undo", "check", "convert", "types", "schema")),
    ],
    ids=" ".join,
)
def test_help_imports_nothing_heavy(args: list[str]) -> None:
    loaded = loaded_by(args)
    assert "click" in loaded
    assert loaded & HEAVY == set()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workbook of one branch, whose documents were made once already."""
    folder = tmp_path_factory.mktemp("workspace")
    rows = {
        "unit": [{"name": "示例研究所", "year": "2026"}],
        "branches": [{"name": "第一党支部"}],
        "self_checks": [
            {"branch": "第一党支部", "item": str(number), "answer": "是"} for number in range(1, 18)
        ],
    }
    write_blank(folder / "数据.xlsx", Schema.built_in(), rows=rows)
    assert {"lxml", "docxtpl"} <= loaded_by(["render", "self-check", "--data", "数据.xlsx"], folder)
    return folder


def test_one_document_imports_only_what_it_needs(workspace: Path) -> None:
    loaded = loaded_by(["render", "self-check", "--data", "数据.xlsx", "--out", "另外"], workspace)
    assert len(list((workspace / "另外").rglob("*.docx"))) == 1
    assert loaded & HEAVY == FOR_A_DOCUMENT
    assert loaded & SPARED == set()


def test_a_document_of_all_types_needs_no_more_libraries(workspace: Path) -> None:
    types = ["self-check", "problem-list", "satisfaction-survey", "work-plan", "year-end-summary"]
    loaded_by(["render", *types, "--data", "数据.xlsx"], workspace)
    loaded = loaded_by(["render", *types, "--data", "数据.xlsx", "--out", "全部"], workspace)
    assert len(list((workspace / "全部").rglob("*.docx"))) == len(types)
    assert loaded & HEAVY == FOR_A_DOCUMENT
