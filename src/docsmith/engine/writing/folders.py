"""The folders that documents go to, each looked at once in a run."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from docsmith._i18n import gettext as _
from docsmith.errors import OutputError

# Folders that are remembered: with one for each branch they would be as many as the branches.
_MOST = 5_000


class Folders:
    """The folders below an output folder, by their paths within it (``""`` is the output folder itself)."""

    def __init__(self, out: Path) -> None:
        self._root = os.fspath(out)
        self._there = {""}
        self._missing: dict[str, list[str]] = {}

    def look_again(self) -> None:
        """Forget which folders were not there: somebody may have made them."""
        self._missing.clear()
        if len(self._there) > _MOST:
            self._there = {""}

    def missing(self, folder: str) -> list[str]:
        """Return the folders on the way to this one, and itself, that are not there, the uppermost first.

        Raises :class:`OutputError` for a way out of the output folder, and ``OSError``.
        """
        if folder in self._there:
            return []
        if folder not in self._missing:
            missing = self.missing(folder.rpartition("/")[0])
            if not missing and self._is_there(folder):
                self._there.add(folder)
                return []
            self._missing[folder] = [*missing, folder]
        return self._missing[folder]

    def make(self, folder: str) -> None:
        """Make a folder, and those above it, where they are not there; raises as :meth:`missing` does."""
        if folder in self._there:
            return
        self.make(folder.rpartition("/")[0])
        try:
            os.mkdir(os.path.join(self._root, folder))
        except FileExistsError:
            self._is_there(folder)
        self._there.add(folder)
        self._missing.pop(folder, None)

    def forget(self, folder: str) -> None:
        """Look at a folder again when it is needed next: somebody may have taken it away."""
        self._there.discard(folder)

    def _is_there(self, folder: str) -> bool:
        path = os.path.join(self._root, folder)
        if folder.rpartition("/")[2] == "..":
            raise _outside(path)
        try:
            mode = os.lstat(path).st_mode
        except FileNotFoundError:
            return False
        if not stat.S_ISDIR(mode) and not os.path.isdir(path):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
        if stat.S_ISLNK(mode) and not Path(path).resolve().is_relative_to(Path(self._root).resolve()):
            raise _outside(path)
        return True


def _outside(path: str) -> OutputError:
    """Refuse a folder that a link leads out of the output folder."""
    return OutputError(
        _("{path} lies outside the output folder.").format(path=path),
        hint=_("A link there leads elsewhere: remove it."),
    )
