"""Where earlier files are kept: those of docsmith's own until a run is forgotten, a person's for good."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from docsmith._files import OWN_FOLDER

HISTORY = "history"
REPLACED = "replaced"
_FILES_IN_A_FOLDER = 1000


def place_in_history(run: int, number: int) -> str:
    """Return where a file of docsmith's own is kept that a change replaces, within ``.docsmith``."""
    return f"{HISTORY}/{run}/{number // _FILES_IN_A_FOLDER}/{number}"


def is_in_history(kept: str) -> bool:
    """Say whether a file that is kept there was docsmith's own."""
    return kept.startswith(f"{HISTORY}/")


def forget(out: Path, run: int) -> None:
    """Delete what is kept of a run; what cannot be deleted stays until the next run begins."""
    shutil.rmtree(out / OWN_FOLDER / HISTORY / str(run), ignore_errors=True)


def forget_all_but(out: Path, runs: Collection[int]) -> None:
    """Delete what is kept of all runs but these."""
    folder = out / OWN_FOLDER / HISTORY
    for one in folder.iterdir() if folder.is_dir() else ():
        if one.name.isdecimal() and int(one.name) not in runs:
            forget(out, int(one.name))
