"""The folders that documents go to, each looked at once in a run."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from docsmith._i18n import gettext as _
from docsmith.errors import OutputError


class Folders:
    """The folders below an output folder, by their paths within it (``""`` is the output folder itself)."""

    def __init__(self, out: Path) -> None:
        self._root = os.fspath(out)
        self._there: dict[str, bool] = {"": True}

    def missing(self, folder: str) -> list[str]:
        """Return the folders on the way to this one, and itself, that are not there, the uppermost first.

        Raises :class:`OutputError` for a way out of the output folder, and ``OSError``.
        """
        if self._there.get(folder):
            return []
        above = folder.rpartition("/")[0]
        missing = self.missing(above) if folder else []
        if not missing and self._is_there(folder):
            self._there[folder] = True
            return []
        return [*missing, folder]

    def make(self, folder: str) -> None:
        """Make a folder, and those above it, where they are not there; raises ``OSError``."""
        for one in self.missing(folder):
            os.makedirs(os.path.join(self._root, one), exist_ok=True)
            self._there[one] = True

    def forget(self, folder: str) -> None:
        """Look at a folder again when it is needed next: somebody may have taken it away."""
        self._there.pop(folder, None)

    def _is_there(self, folder: str) -> bool:
        path = os.path.join(self._root, folder)
        if folder.rpartition("/")[2] == "..":
            raise _outside(path)
        try:
            mode = os.lstat(path).st_mode
        except FileNotFoundError:
            return False
        if stat.S_ISLNK(mode) and not Path(path).resolve().is_relative_to(Path(self._root).resolve()):
            raise _outside(path)
        return True


def _outside(path: str) -> OutputError:
    """Refuse a folder that a link leads out of the output folder."""
    return OutputError(
        _("{path} lies outside the output folder.").format(path=path),
        hint=_("A link there leads elsewhere: remove it."),
    )
