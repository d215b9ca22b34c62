"""What a hostile template or hostile data can cost: 10 s and 512 MB to open, 30 s and 1 GB to render.

Each case runs in a child process that the system would kill; what it took is measured, not how long it was
waited for. The times allowed are for a machine of half the speed of the one where the goals were set.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.template.hostile import DOCUMENTS, EXPENSIVE, OPENINGS, RENDERINGS

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="children are limited by the system only on Unix"
)
ROOT = Path(__file__).resolve().parents[2]
_OF_THE_TEST = 64  # MB: what makes the template, and the tests' own libraries
Results = Mapping[str, Mapping[str, Any]]


def results(kind: str) -> Results:
    done = subprocess.run(
        [sys.executable, "-m", "tests.template.in_children", kind],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {case["name"]: case for case in map(json.loads, done.stdout.splitlines())}


@pytest.fixture(scope="module")
def opened() -> Results:
    return results("open")


@pytest.fixture(scope="module")
def rendered() -> Results:
    return results("render")


def check(case: Mapping[str, Any], words: str, seconds: float, megabytes: int) -> None:
    assert case["died"] == 0, "the system had to stop it"
    assert any(word in case["said"] for word in words.split("|")), case["said"]
    assert case["seconds"] < seconds
    assert case["megabytes"] < megabytes


@pytest.mark.parametrize("name", OPENINGS)
def test_no_template_takes_long_or_much_to_open(name: str, opened: Results) -> None:
    check(opened[name], OPENINGS[name][1], 20, 512 + _OF_THE_TEST)


@pytest.mark.parametrize("name", RENDERINGS)
def test_what_a_rendering_does_is_paid_for(name: str, rendered: Results) -> None:
    check(rendered[name], RENDERINGS[name][1], 10, 512)


@pytest.mark.parametrize("name", EXPENSIVE)
def test_a_rendering_ends_when_all_is_spent(name: str, rendered: Results) -> None:
    check(rendered[name], EXPENSIVE[name][1], 30, 1024)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_of_a_hostile_form_is_bounded_too(name: str, rendered: Results) -> None:
    check(rendered[name], DOCUMENTS[name][1], 30, 1024)
