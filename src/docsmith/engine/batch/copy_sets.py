"""Types that a branch may have several documents of: what the ledger knows of them, and is to remember."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from docsmith.engine.batch.orders import Finished
from docsmith.engine.copies.gone import gone, known_copies
from docsmith.engine.copies.naming import Known
from docsmith.engine.ledger import CopyEntry, CopySet, Entry, Ledger, ResultRow, Status

_Key = tuple[str, str]


class CopySets:
    """All documents of a type for a branch are made again, or none: the sets of the orders that are out."""

    def __init__(self, ledger: Ledger, year: int, out: Path, types: Collection[str]) -> None:
        self._ledger, self._year, self._out, self._types = ledger, year, out, frozenset(types)
        self._found: dict[_Key, Mapping[str, CopyEntry]] = {}
        self._last: dict[_Key, CopySet] = {}
        self._whole: dict[_Key, CopySet] = {}

    def __contains__(self, document_type: str) -> bool:
        return document_type in self._types

    def look_up(self, branches: Sequence[str], *, fresh: bool) -> Mapping[_Key, str]:
        """Return what the sets of these branches were made from that are in their places, to the last one."""
        found = self._ledger.copies(self._year, branches)
        self._found.update({key: copies for key, copies in found.items() if key[0] in self._types})
        sets = self._ledger.sets(self._year, branches)
        self._last.update({key: one for key, one in sets.items() if key[0] in self._types})
        if fresh:
            return {}
        whole = {key: one for key, one in sets.items() if key[0] in self._types and self._is_whole(key, one)}
        self._whole.update(whole)
        return {key: one.inputs for key, one in whole.items()}

    def _is_whole(self, key: _Key, one: CopySet) -> bool:
        entries = [self._entry(key, copy) for copy in one.copies]
        return bool(one.inputs) and all(
            entry and entry.inputs == one.inputs and self._ledger.agrees(entry) for entry in entries
        )

    def _entry(self, key: _Key, copy: str) -> Entry | None:
        known = self._found.get(key, {}).get(copy)
        return known.entry if known else None

    def known(self, branches: Sequence[str]) -> Mapping[_Key, tuple[Known, ...]]:
        """Return the documents of earlier runs for these branches."""
        keys = ((document_type, branch) for branch in branches for document_type in self._types)
        return {
            key: known_copies(self._found[key], self._last.get(key), self._out)
            for key in keys
            if key in self._found
        }

    def unchanged(self, document_type: str, branch: str) -> Iterator[tuple[str, Entry]]:
        """Yield the documents of a set that is as it was, in their order."""
        key = document_type, branch
        for copy in self._whole[key].copies:
            entry = self._entry(key, copy)
            assert entry is not None  # noqa: S101 - what is whole has all of them
            yield copy, entry

    def left(self, document_type: str, branch: str, names: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield the names and the paths of earlier documents that are there and not among these."""
        yield from gone(self._found.get((document_type, branch), {}), names, self._out)

    def keep(self, documents: Sequence[Finished], rows: Sequence[ResultRow]) -> None:
        """Let the ledger remember the sets of which every document is in its place.

        Of those in which some failed it remembers the names, for no data; where a row has no name, nothing.
        """
        failed = {(row.document_type, row.branch) for row in rows if row.status is Status.FAILED}
        names: dict[_Key, list[str]] = {}
        inputs: dict[_Key, str] = {}
        for one in documents:
            key = one.document_type, one.branch
            if one.document_type in self._types and not one.same:
                names.setdefault(key, []).extend([] if one.is_none else [one.copy])
                inputs[key] = "" if key in failed else one.inputs
        sets = {key: CopySet(inputs[key], tuple(of)) for key, of in names.items() if "" not in of}
        if sets:
            self._ledger.keep_sets(self._year, sets)

    def forget(self, branches: Sequence[str]) -> None:
        """Forget the branches of an order that is done."""
        for branch in branches:
            for document_type in self._types:
                self._found.pop((document_type, branch), None)
                self._last.pop((document_type, branch), None)
                self._whole.pop((document_type, branch), None)
