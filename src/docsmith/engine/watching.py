"""Waiting until somebody saves a file: by looking, twice a second.

Notices of the system (inotify and its like) were considered: they say nothing of what others save on a
network share, tell of a dozen steps where Word saves under another name and renames, and need a library. To
look at the hundred files that a document is made from takes 1 ms.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

# Word's temporary files and locks, and what Python and LibreOffice put beside the files that they have open.
_NOT_SAVED = ("~", ".")
_NOT_SAVED_ENDINGS = (".tmp", ".pyc")

_State = tuple[int, int, int]


def half_a_second() -> None:
    """Pause between two looks."""
    time.sleep(0.5)


class Watcher:
    """Files and folders that somebody may save something in; ``without`` are folders that do not count.

    ``pause`` is what it does between two looks.
    """

    def __init__(
        self,
        paths: Iterable[Path],
        without: Iterable[Path] = (),
        pause: Callable[[], None] = half_a_second,
    ) -> None:
        self._pause = pause
        self._seen: dict[Path, _State] = {}
        self.follow(paths, without)

    def follow(self, paths: Iterable[Path], without: Iterable[Path] = ()) -> None:
        """Look at these from now on; of what was looked at before, nothing is missed in between."""
        self._paths = tuple(dict.fromkeys(path.absolute() for path in paths))
        self._without = frozenset(str(path.absolute()) for path in without)
        now = self._look()
        self._seen = now | {path: state for path, state in self._seen.items() if path in now}

    @property
    def count(self) -> int:
        """How many files there are."""
        return len(self._seen)

    def wait(self) -> tuple[Path, ...]:
        """Return what was saved, added or removed since the last time, as soon as it is at rest.

        A file that is just being written, or on its way to its name, has another state at the next look.
        """
        last = self._seen
        while True:
            self._pause()
            now = self._look()
            if now == last and now != self._seen:
                changed = dict(now.items() ^ self._seen.items())
                self._seen = now
                return tuple(sorted(changed))
            last = now

    def _look(self) -> dict[Path, _State]:
        found = {}
        for path in self._files():
            try:
                status = path.stat()
            except OSError:
                continue
            if stat.S_ISREG(status.st_mode):
                found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
        return found

    def _files(self) -> Iterator[Path]:
        for path in self._paths:
            yield path
            for parent, folders, names in os.walk(path):
                folders[:] = [name for name in folders if self._counts(parent, name)]
                yield from (Path(parent, name) for name in names if _is_saved(name))

    def _counts(self, parent: str, name: str) -> bool:
        inner = name not in ("__pycache__", "node_modules") and not name.startswith(".")
        return inner and os.path.join(parent, name) not in self._without  # noqa: PTH118


def _is_saved(name: str) -> bool:
    return not name.startswith(_NOT_SAVED) and not name.endswith(_NOT_SAVED_ENDINGS)
