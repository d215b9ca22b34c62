"""The folders that PDFs are made in, with personal data in them: none outlives its process for long."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
import weakref
from pathlib import Path
from typing import Self

if sys.platform != "win32":
    import fcntl

_PREFIX = "docsmith-pdf-"
# Seconds; an empty folder that is younger may belong to a process that is just about to lock it.
_YOUNG = 60.0


class Scratch:
    """A temporary folder, until it is closed, collected, or the process exits.

    What a process was killed over is deleted by the next that needs such a folder: one that nobody holds a
    lock on any more. On Windows, which locks no folders, it stays.
    """

    def __init__(self, within: Path | None = None) -> None:
        """Make it ``within`` another one, or among the temporary files of the system; raises ``OSError``."""
        if within is None:
            _sweep(Path(tempfile.gettempdir()))
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=within))
        self._remove = weakref.finalize(self, _remove, self.path, _locked(self.path))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Delete the folder with all that is in it."""
        self._remove()


def _remove(path: Path, lock: int | None) -> None:
    shutil.rmtree(path, ignore_errors=True)
    if lock is not None:
        os.close(lock)


def _locked(path: Path) -> int | None:
    """Lock a folder for as long as this process, and those that it forks, are alive."""
    if sys.platform == "win32":
        return None
    lock = os.open(path, os.O_RDONLY)
    with contextlib.suppress(OSError):  # some disks know no locks: on those nothing is swept either
        fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def _sweep(folder: Path) -> None:
    if sys.platform == "win32":
        return
    for path in folder.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # in use, another person's, or gone already
            _remove_if_left(path)


def _remove_if_left(path: Path) -> None:
    """Delete a folder of this user's that no process holds; a link is never followed."""
    if sys.platform == "win32":
        return
    lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        status = os.fstat(lock)
        if status.st_uid != os.getuid():
            return
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if any(path.iterdir()) or status.st_mtime < time.time() - _YOUNG:
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(lock)
