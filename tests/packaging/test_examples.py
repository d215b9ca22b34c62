"""The example package as anybody would ship it: its wheel beside docsmith's in a fresh environment."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.packaging.test_distributions import ROOT, built

EXAMPLE = ROOT / "examples" / "party-dues"


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment with the two wheels; what they depend on is borrowed from here."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    interpreter = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wheels = [
        built("wheel", source, tmp_path_factory.mktemp(f"wheel-{source.name}")) for source in (ROOT, EXAMPLE)
    ]
    install = [interpreter, "-m", "pip", "install", "-q", "--no-index", "--no-deps", *wheels]
    subprocess.run(install, check=True, capture_output=True)
    command = [interpreter, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    own = Path(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())
    # A path, not a folder of packages: an editable docsmith of this environment does not come along.
    (own / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return interpreter


def run(python: Path, folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON"))}
    environment = kept | {"DOCSMITH_PACKAGES": "on", "XDG_CONFIG_HOME": str(folder), "PYTHONUTF8": "1"}
    return subprocess.run([python, *args], cwd=folder, env=environment, capture_output=True, encoding="utf-8")


def test_tests_of_the_example_pass_with_both_wheels(python: Path, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE / "tests", tmp_path / "tests")
    shutil.copy(EXAMPLE / "pyproject.toml", tmp_path)
    done = run(python, tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def test_installed_example_is_a_document_type_that_renders(python: Path, tmp_path: Path) -> None:
    listed = run(python, tmp_path, "-m", "docsmith", "types", "--json")
    found = {one["id"]: one["origin"] for one in json.loads(listed.stdout)["types"]}
    assert "docsmith-party-dues" in found["party-dues"]
    data = str(ROOT / "fixtures" / "示例单位")
    made = run(python, tmp_path, "-m", "docsmith", "render", "党费收缴登记表", "--data", data, "--json")
    assert made.returncode == 0, made.stderr
    assert {one["status"] for one in json.loads(made.stdout)["documents"]} == {"written"}


def test_the_environment_has_the_wheels_and_no_checkout(python: Path, tmp_path: Path) -> None:
    names = "docsmith, docsmith_party_dues"
    code = f"import {names}; print(*(one.__file__ for one in ({names})))"
    where = run(python, tmp_path, "-c", code)
    assert where.returncode == 0, where.stderr
    assert str(ROOT / "src") not in where.stdout
    assert str(EXAMPLE) not in where.stdout
    assert sys.prefix not in where.stdout
