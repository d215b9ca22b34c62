"""The folder of each branch: given once, no two of them the same, and never too many in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docsmith.engine.names import collision_key, distinct_names, with_digest

MOST_IN_FOLDER = 2_000
"""Branches in one folder: Explorer and WPS take seconds to list more, and some network drives refuse."""


def allot(names: Sequence[str], kept: Mapping[str, str], most: int = MOST_IN_FOLDER) -> dict[str, str]:
    """Return the folder of each branch: its name made safe, ``000001-002000/名称`` where there are many.

    It depends on all branches of the source, never on those that one run asks for. A branch that has one
    (``kept``, from earlier runs) stays there, whatever else has come to the list since.
    """
    safe = dict(zip(names, distinct_names(names), strict=True))
    taken = {collision_key(folder.rpartition("/")[2]): name for name, folder in kept.items()}
    folders = {}
    for position, name in enumerate(names):
        own = safe[name]
        if taken.get(collision_key(own), name) != name:
            own = with_digest(own, name)
        group = _group(position, most) if len(names) > most else ""
        folders[name] = kept.get(name) or group + own
    return folders


def _group(position: int, most: int) -> str:
    """Return the folder, with its slash, of the branches around a position in the list (from 0)."""
    first = position // most * most
    return f"{first + 1:06}-{first + most:06}/"
