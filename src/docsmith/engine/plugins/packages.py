"""Packages of plugins: where in one's source its plugins are, and how it gets beside docsmith."""

from __future__ import annotations

import importlib.util
import itertools
import shlex
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docsmith.plugin.discovery import ENTRY_POINT_GROUP, has_manifest

WHEEL = ".whl"
_PROJECT = "pyproject.toml"
_DISTRIBUTION = "docsmith-forms"


def is_package(path: Path) -> bool:
    """Say whether a path is for pip: a wheel, or the root of a project that is no plugin itself."""
    if path.is_dir():
        return (path / _PROJECT).is_file() and not has_manifest(path)
    return path.suffix == WHEEL


def plugins_of_project(root: Path) -> list[Path]:
    """Return the folders of the plugins that the entry points of a project name, below ``src`` or its root.

    Nothing is run; a file that cannot be read names none.
    """
    try:
        project = tomllib.loads((root / _PROJECT).read_text("utf-8-sig")).get("project", {})
        points: Mapping[str, Any] = project.get("entry-points", {}).get(ENTRY_POINT_GROUP, {})
        modules = list(dict.fromkeys(map(str, points.values())))
    except (OSError, ValueError, RecursionError, AttributeError):
        return []
    below = [Path(*module.strip().split(".")) for module in modules]
    folders = [root / start / inner for inner in below for start in ("src", "")]
    return [folder for folder in folders if has_manifest(folder)]


def how_to_install(name: str) -> str:
    """Return the command that installs a package beside this docsmith, by whatever has installed docsmith.

    Tools that keep programs apart (pipx, uv) have to know of the package, or the next upgrade drops it.
    """
    quoted = _quoted(name)
    places = Path(sys.prefix).parts
    if _adjoin(places, "pipx", "venvs"):
        return f"pipx inject {_DISTRIBUTION} {quoted}"
    if _adjoin(places, "uv", "tools"):
        return f"uv tool install {_DISTRIBUTION} --with {quoted}"
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    if importlib.util.find_spec("pip") is None:
        return f"uv pip install --python {python} {quoted}"
    return f"{python} -m pip install {quoted}"


def how_to_build(project: str) -> str:
    """Return the command that makes a wheel of a project, to hand on."""
    return f"python -m pip wheel --no-deps {_quoted(project)}"


def _quoted(name: str) -> str:
    """Return a word as the shell of this system takes it."""
    if sys.platform != "win32":
        return shlex.quote(name)
    return f'"{name}"' if " " in name else name


def _adjoin(places: tuple[str, ...], first: str, second: str) -> bool:
    return (first, second) in itertools.pairwise(places)
