"""The folder of each branch: given once, no two of them the same, and never too many in one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from docsmith.engine.names import collision_key, distinct_names, with_digest

MOST_IN_FOLDER = 2_000
"""Branches in one folder: Explorer and WPS take seconds to list more, and some network drives refuse."""


def allot(names: Sequence[str], kept: Mapping[str, str], most: int = MOST_IN_FOLDER) -> dict[str, str]:
    """Return the folder of each branch: its name made safe, ``000001-002000/名称`` where there are many.

    It depends on all branches of the source, never on those that one run asks for. A branch that has one
    (``kept``, from earlier runs) stays there, whatever else has come to the list since; one that is new goes
    where its place in the list is, or, where that is full, to the first place that is not.
    """
    safe = dict(zip(names, distinct_names(names), strict=True))
    taken = {collision_key(folder.rpartition("/")[2]): name for name, folder in kept.items()}
    groups = _Groups(kept.values(), most)
    folders = {}
    for position, name in enumerate(names):
        if name in kept:
            folders[name] = kept[name]
            continue
        own = safe[name]
        if taken.get(collision_key(own), name) != name:
            own = with_digest(own, name)
        folders[name] = groups.place(position // most if len(names) > most else None) + own
    return folders


class _Groups:
    """The folders that branches are dealt out to, and how many of them have each."""

    def __init__(self, folders: Iterable[str], most: int) -> None:
        self._most = most
        self._sizes = Counter(folder.rpartition("/")[0] for folder in folders)
        self._first = 0  # all before this one are full

    def place(self, wanted: int | None) -> str:
        """Return the folder, with its slash, for one more branch: the wanted one, where it is not full.

        ``None`` is the folder above them all, where a list that is not long stands.
        """
        group = "" if wanted is None else self._named(wanted)
        if self._sizes[group] >= self._most:
            while self._sizes[self._named(self._first)] >= self._most:
                self._first += 1
            group = self._named(self._first)
        self._sizes[group] += 1
        return group and f"{group}/"

    def _named(self, number: int) -> str:
        first = number * self._most
        return f"{first + 1:06}-{first + self._most:06}"
