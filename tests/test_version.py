"""The version stands in two places, so that a start need not look it up."""

import tomllib
from pathlib import Path

from docsmith._version import VERSION


def test_the_package_says_the_version_that_it_is_released_as() -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == VERSION
