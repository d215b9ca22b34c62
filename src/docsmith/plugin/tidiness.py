"""What a plugin's code may not take from everybody else: where Python finds modules, and where it stands."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_SEARCHED = ("path", "meta_path", "path_hooks")


@contextlib.contextmanager
def put_back() -> Iterator[None]:
    """Put back what a plugin takes away meanwhile; what it adds stays, for modules that it needs later."""
    before: list[tuple[str, list[Any], list[Any]]] = [
        (name, getattr(sys, name), list(getattr(sys, name))) for name in _SEARCHED
    ]
    folder = _folder()
    try:
        yield
    finally:
        for name, places, earlier in before:
            if getattr(sys, name) is not places or places != earlier:
                places += [place for place in earlier if place not in places]
                setattr(sys, name, places)
        if folder and _folder() != folder:
            os.chdir(folder)


def _folder() -> str:
    """Return the current folder; nothing where somebody has deleted it."""
    try:
        return str(Path.cwd())
    except OSError:
        return ""
