"""The plugins and templates reach a user by every way that the package is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
IDS = sorted(folder.name for folder in (ROOT / "plugins").iterdir() if (folder / "plugin.toml").is_file())


def built(kind: str, source: Path, folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module", params=["checkout", "sdist"])
def wheel(request: pytest.FixtureRequest, sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from the checkout, and one built from the source distribution."""
    source = ROOT
    if request.param == "sdist":
        unpacked = tmp_path_factory.mktemp("unpacked")
        with tarfile.open(sdist) as archive:
            archive.extractall(unpacked, filter="data")
        source = next(unpacked.iterdir())
    return built("wheel", source, tmp_path_factory.mktemp(f"wheel-{request.param}"))


def test_wheel_holds_every_plugin_template_catalogue_and_rule(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {f"docsmith/_bundled/plugins/{plugin}/plugin.toml" for plugin in IDS}
    expected |= {f"docsmith/_bundled/templates/{plugin}/template.docx" for plugin in IDS}
    expected |= {
        f"docsmith/{path.relative_to(ROOT / 'src' / 'docsmith').as_posix()}"
        for pattern in ("locale/**/*.mo", "rules/regulations/*.toml")
        for path in (ROOT / "src" / "docsmith").glob(pattern)
    }
    assert expected - names == set()


def test_wheel_holds_nothing_but_the_package(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"docsmith"}


def test_sdist_holds_what_the_tests_and_the_first_command_need(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        tops = {name.split("/")[1] for name in archive.getnames()}
    needed = {"src", "plugins", "templates", "fixtures", "tests", "tools", "docs", "examples"}
    assert needed | {"docsmith.toml"} <= tops


def test_installed_wheel_finds_its_document_types(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site"), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-m", "docsmith", "types", "--json"]
    printed = subprocess.run(
        command, cwd=tmp_path, env=environment, check=True, capture_output=True, encoding="utf-8"
    ).stdout
    assert [one["id"] for one in json.loads(printed)["types"] if one["origin"] == "bundled"] == IDS
