"""What a test may ask for. Each fixture can be overridden in a ``conftest.py``, as pytest has it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from docsmith.cli.session import own_folder
from docsmith.engine.plugins.permission import Permission
from docsmith.testing.sample import small_unit
from docsmith.testing.workspace import Workspace


@pytest.fixture(autouse=True)
def docsmith_alone(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Hide the plugins, the settings and the cache of this machine from every test, and speak English.

    Processes that a test starts inherit it. Installed packages with plugins are hidden as well, that of the
    plugin under test among them: what is tested is named in :func:`docsmith_plugins`.
    """
    nobody = str(tmp_path_factory.mktemp("nobody"))
    settings = {
        "DOCSMITH_PACKAGES": "off",
        "DOCSMITH_CACHE": "off",
        "DOCSMITH_LANG": "en",
        "DOCSMITH_DEBUG": "1",  # what a plugin raises is shown with its traceback
        # Where a person's own folder of plugins is: on Linux, on Windows, on macOS.
        "XDG_CONFIG_HOME": nobody,
        "APPDATA": nobody,
        "LOCALAPPDATA": nobody,
        **({"HOME": nobody} if sys.platform == "darwin" else {}),
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def docsmith_plugins() -> Sequence[Path]:
    """Give the folders of the plugins under test: override it. Besides, there are the bundled ones alone."""
    return ()


@pytest.fixture
def docsmith_data() -> dict[str, Any]:
    """Give the data: rows by sheet, names in Chinese or English. Change what it gives, or override it."""
    return small_unit()


@pytest.fixture
def docsmith_settings() -> Mapping[str, Any]:
    """Give further settings of ``docsmith.toml``, such as ``{"types": {"notice": {"copies": 3}}}``."""
    return {}


@pytest.fixture
def docsmith_workspace(
    tmp_path: Path,
    docsmith_plugins: Sequence[Path],
    docsmith_data: Mapping[str, Any],
    docsmith_settings: Mapping[str, Any],
    docsmith_alone: None,  # noqa: ARG001 - the workspace is believed by the person of the test
) -> Workspace:
    """Make a workspace with the data, the settings and the plugins under test, in a folder of its own.

    The Python of these plugins may run in it. To have the workspace, a test need not ask for the others.
    """
    folder = tmp_path / "workspace"
    workspace = Workspace.make(folder, docsmith_data, docsmith_plugins, docsmith_settings)
    Permission.read(own_folder()).with_workspace(folder).write()
    return workspace
