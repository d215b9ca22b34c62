"""What documents are called that a branch has several of: each name once, and kept for its row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import PurePosixPath
from typing import NamedTuple

from docsmith.engine.folders import MOST_IN_FOLDER, allot
from docsmith.engine.ledger import CopyEntry
from docsmith.engine.names import collision_key, safe_name

# Beside each document there may be a PDF, and a new version of either.
_MOST_IN_FOLDER = MOST_IN_FOLDER // 4
_NUMBERED = re.compile(r"（([1-9][0-9]{0,6})）$")
_FOLDER = re.compile(r"[0-9]{6,}-[0-9]{6,}")


class Known(NamedTuple):
    """A document of an earlier run: what it is called, a digest of its row, the name of its folder.

    One that ``is_left`` was of no row at the last run, and is still there: it keeps its name for itself.
    """

    copy: str
    row: str
    folder: str
    is_left: bool = False


def known_of(entry: CopyEntry, *, is_left: bool) -> Known:
    """Return a document as the ledger knows it."""
    return Known(entry.copy, entry.row, PurePosixPath(entry.entry.path).parent.name, is_left)


class Wanted(NamedTuple):
    """A document that is to be named: what the type calls it, and a digest of its row, which no other has."""

    name: str
    row: str


def named(wanted: Sequence[Wanted], known: Sequence[Known], most_bytes: int) -> list[str]:
    """Return a name for each document, all different even where a file system ignores case and width.

    What the type calls alike is numbered: 谈话记录, 谈话记录（2）. A row that is as it was in an earlier run
    keeps its number, whatever has come or gone before it. All others get, in their order, the first numbers
    that are free: so a row that was corrected keeps its own. A run that goes on after a kill names all alike.
    What has been left behind is not free: it may hold what a person has written about another row.
    """
    names: list[str] = [""] * len(wanted)
    taken: dict[str, str] = {}
    rows = {one.row: at for at, one in enumerate(wanted)}
    for earlier in sorted(known, key=_order):
        at = rows.get(earlier.row, -1)
        if at >= 0 and not names[at] and _may_be_called(wanted[at].name, earlier.copy, most_bytes):
            names[at] = taken[collision_key(earlier.copy)] = earlier.copy
    spelt = {collision_key(one.copy): one.copy for one in known}
    taken |= {collision_key(one.copy): one.copy for one in known if one.is_left}
    first: dict[str, Iterator[int]] = defaultdict(lambda: count(1))
    for at, one in enumerate(wanted):
        while not names[at]:
            name = _numbered(one.name, next(first[one.name]), most_bytes)
            key = collision_key(name)
            if key not in taken:
                names[at] = taken[key] = spelt.get(key, name)
    return names


def placed(copies: Sequence[str], known: Sequence[Known]) -> Mapping[str, str]:
    """Return each name with the folder before it that it goes to, where a branch has very many documents.

    One that is known stays where it is.
    """
    kept = {one.copy: f"{one.folder}/{one.copy}" if is_numbers(one.folder) else one.copy for one in known}
    return allot(copies, kept, _MOST_IN_FOLDER)


def is_numbers(folder: str) -> bool:
    """Say whether a folder is one of those that very many documents are dealt out to: 000001-000500."""
    return _FOLDER.fullmatch(folder) is not None


def _order(known: Known) -> tuple[int, str]:
    """Return what sorts names so that one without a number comes first, and （10） after （9）."""
    return len(known.copy), known.copy


def _may_be_called(name: str, copy: str, most_bytes: int) -> bool:
    """Say whether a document that the type calls so may have this name: it, or it with a number."""
    key = collision_key(copy)
    if key == collision_key(name):
        return True
    found = _NUMBERED.search(copy)
    return found is not None and key == collision_key(_numbered(name, int(found[1]), most_bytes))


def _numbered(name: str, number: int, most_bytes: int) -> str:
    if number == 1:
        return name
    mark = f"（{number}）"
    return safe_name(name, most_bytes - len(mark.encode())) + mark
