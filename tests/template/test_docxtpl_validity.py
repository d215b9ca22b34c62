"""Two validators look at every document made from docxtpl's templates: no finding that its template had not.

Both are programs that lie beside a checkout: one of this project's makers, and Microsoft's Open XML SDK.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from docsmith import Template
from tests.beside import SHARED
from tests.template.docxtpl_contexts import CONTEXTS
from tests.template.docxtpl_makers import Docsmith
from tests.template.test_docxtpl_equality import FOLDER

CANNOT_RUN = 2
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="docxtpl's test templates are not here")


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    for name, contexts in CONTEXTS.items():
        template = Template.open(FOLDER / f"{name}.docx")
        for which, context in enumerate(contexts):
            (folder / f"{name} {which}.docx").write_bytes(template.render(context(Docsmith(FOLDER))))
    return folder


@pytest.mark.parametrize("program", ["validate_docx.py", "sdk_validate.py"])
def test_documents_have_no_findings_that_their_templates_have_not(program: str, documents: Path) -> None:
    script = SHARED / "tools" / program
    if not script.is_file():
        pytest.skip(f"{program} is not here")
    known = {file.stem: kinds for file, kinds in findings(script, FOLDER).items()}
    found = findings(script, documents)
    assert len(found) == 2 * len(CONTEXTS)
    new = {file.name: kinds - known[file.stem.split()[0]] for file, kinds in found.items()}
    assert {name: kinds for name, kinds in new.items() if kinds} == {}


def findings(script: Path, folder: Path) -> dict[Path, set[str]]:
    """Return the kinds of findings of every document of a folder; those that are no errors are left out."""
    files = sorted(folder.glob("*.docx"))
    command = [sys.executable, str(script), "--json", *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if run.returncode == CANNOT_RUN:
        pytest.skip(f"{script.name} does not run here: {run.stderr.strip()}")
    said: Mapping[str, list[dict[str, Any]]] = json.loads(run.stdout)
    return {
        Path(file): {_kind(finding) for finding in found if _is_error(finding)}
        for file, found in said.items()
    }


def _is_error(finding: Mapping[str, Any]) -> bool:
    return str(finding.get("level", "error")).lower() == "error"


def _kind(finding: Mapping[str, Any]) -> str:
    """Return what a finding says without the numbers in it."""
    return re.sub(r"\d+", "0", f"{finding['part']} {finding['message']}")
