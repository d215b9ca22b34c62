"""Start-up is a feature: a help text needs no Word, no spreadsheet and no validation library."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"docx", "docxtpl", "lxml", "jinja2", "pydantic", "openpyxl", "ruamel", "python_calamine", "sqlite3"}
SCRIPT = """
import json, sys
from docsmith.cli import main
try:
    main({args!r})
except SystemExit as done:
    assert not done.code, done.code
print(json.dumps(sorted({{name.split(".")[0] for name in sys.modules}})))
"""


@pytest.mark.parametrize("args", [["--help"], ["render", "--help"], ["--version"]], ids=" ".join)
def test_help_imports_nothing_heavy(args: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(args=args)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "click" in loaded
    assert loaded & HEAVY == set()
