from __future__ import annotations

import sys

import pytest

from docsmith.engine.plugins.packages import how_to_install


@pytest.mark.parametrize(
    ("prefix", "command"),
    [
        ("/home/a/.local/pipx/venvs/docsmith-forms", "pipx inject docsmith-forms unit-forms"),
        ("/home/a/.local/share/uv/tools/docsmith-forms", "uv tool install docsmith-forms --with unit-forms"),
    ],
)
def test_a_tool_that_keeps_programs_apart_is_told_of_the_package(
    prefix: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", prefix)
    assert how_to_install("unit-forms") == command


def test_an_environment_is_given_the_package_by_its_own_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", "/work/venv")
    monkeypatch.setattr(sys, "executable", "/my tools/python")
    assert how_to_install("unit-forms") == '"/my tools/python" -m pip install unit-forms'


def test_an_environment_without_pip_is_left_to_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", "/work/venv")
    monkeypatch.setattr(sys, "executable", "/work/venv/bin/python")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert how_to_install("unit-forms") == "uv pip install --python /work/venv/bin/python unit-forms"
