"""``requires``: a plugin for another docsmith says so, and says nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsmith._version import VERSION
from docsmith.plugin.requires import unmet
from tests.plugins_for_tests import make_plugin, manager_of


@pytest.mark.parametrize(
    "requires", [">=0.1", ">=0.1.0, <2", "==1.2", "==1.2.0", "<1.10", ">= 1.2 ,<1.3", ">=1"]
)
def test_a_version_within_the_bounds_is_served(requires: str) -> None:
    assert unmet(requires, "1.2.0") == ""


@pytest.mark.parametrize("requires", [">=1.2.1", ">=1.10", "<1.2", "==1.3", ">=0.1, <1", ">=2"])
def test_a_version_outside_the_bounds_is_refused_by_name(requires: str) -> None:
    assert unmet(requires, "1.2") == f"it requires docsmith {requires}, and this is docsmith 1.2."


def test_a_release_candidate_counts_as_its_release() -> None:
    assert unmet(">=1.2", "1.2rc1") == ""


def test_a_plugin_that_needs_a_newer_docsmith_says_that_alone(tmp_path: Path) -> None:
    manager = manager_of(make_plugin(tmp_path, more='requires = ">=99"\na_key_of_the_future = 1\n'))
    assert manager.broken["notice"].message == (
        f"The plugin notice cannot be used: it requires docsmith >=99, and this is docsmith {VERSION}."
    )
    assert "Install" in manager.broken["notice"].hint


@pytest.mark.parametrize("requires", ['"1.0"', '"~=1.0"', '">=1.x"', '""', "1"])
def test_what_is_no_bound_is_refused_with_an_example(tmp_path: Path, requires: str) -> None:
    manager = manager_of(make_plugin(tmp_path, more=f"requires = {requires}\n"))
    assert "requires cannot be" in manager.broken["notice"].message


def test_this_docsmith_is_served(tmp_path: Path) -> None:
    assert manager_of(make_plugin(tmp_path, more=f'requires = "=={VERSION}"\n')).types
