"""The small unit of the kit: enough for every bundled document type."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsmith.plugin.discovery import bundled
from docsmith.testing import Workspace, small_unit


@pytest.mark.parametrize("type_id", [one.folder.name for one in bundled()])
def test_every_bundled_type_can_be_made_of_it(type_id: str, tmp_path: Path) -> None:
    made = Workspace.make(tmp_path, small_unit()).render_all(type_id)
    assert made
    assert all(one.document.text.strip() for one in made)


def test_nothing_in_it_cannot_be_read(tmp_path: Path) -> None:
    findings = Workspace.make(tmp_path, small_unit()).check()
    assert [one for one in findings if one["severity"] == "error"] == []


def test_it_is_made_anew_for_each_test() -> None:
    small_unit()["支部"].clear()
    assert small_unit()["支部"]
