"""The rows that a ticket's tables hold, dealt out to the branches that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from docsmith.model.findings import Finding
from docsmith.sources.binders import Binders
from docsmith.sources.database.cleaning import Cleaner
from docsmith.sources.database.keyed import KeyedTable
from docsmith.sources.database.rows import Rows
from docsmith.sources.database.tables import Spelling, StoredTable
from docsmith.sources.file_shares import Part
from docsmith.sources.notes import Notes


class Deal:
    """Takes the rows of one table after the other.

    ``parts`` are what each branch gets, ``findings`` what was found in its rows.
    """

    def __init__(self, names: Iterable[str], binders: Binders, *, clean_pinyin: bool) -> None:
        self._binders = binders
        self.parts: dict[str, list[Part]] = {name: [] for name in names}
        self.findings: dict[str, list[Finding]] = {}
        self._clean_pinyin = clean_pinyin

    def take(
        self,
        number: int,
        stored: StoredTable,
        table: KeyedTable,
        pieces: Iterable[Rows],
        asked: Mapping[Spelling, str],
    ) -> KeyedTable:
        """Take the rows of one table; return the table with the keys of those that were asked for."""
        table = table.holding(())
        rows_filter = self._binders.of(table.form).filter
        cleaner = Cleaner(table, rows_filter, clean_pinyin=self._clean_pinyin)
        found: dict[str, Part] = {}
        owner_of = _Owners(asked)
        for piece in pieces:
            owners = list(map(owner_of.__getitem__, stored.spellings(piece.columns)))
            if None in owners:
                piece = piece.only([owner is not None for owner in owners])
                owners = list(filter(None, owners))
            first = len(table.keys)
            table.keys.extend(piece.keys)
            for owner, start, rows in self._cleaned(cleaner, piece, owners, first):
                part = found.get(owner)
                if part is None:
                    part = found[owner] = Part(number, [], [], {})
                    self.parts[owner].append(part)
                part.numbers.extend(range(start, start + len(rows)))
                part.rows.extend(rows)
        return table

    def _cleaned(
        self, cleaner: Cleaner, piece: Rows, owners: Sequence[Any], first: int
    ) -> Iterator[tuple[str, int, Sequence[Sequence[Any]]]]:
        """Yield rows that follow each other and have one owner: it, the number of the first one, the rows."""
        cells, start = piece.cells, 0
        if cleaner.is_idle(piece.columns):
            for owner, run in groupby(owners):
                end = start + len(list(run))
                yield owner, first + start, cells[start:end]
                start = end
            return
        for index, (owner, row) in enumerate(zip(owners, cells), first):
            notes = Notes()
            cleaned = cleaner.clean(row, index, notes)
            if notes.findings:
                self.findings.setdefault(owner, []).extend(notes.findings)
            if cleaned:
                yield owner, index, [cleaned]


class _Owners(dict[Spelling, str | None]):
    """Whose a row is, by how it says so; ``None`` for one that only resembles what was asked for."""

    def __init__(self, asked: Mapping[Spelling, str]) -> None:
        super().__init__()
        self._asked = asked

    def __missing__(self, spelling: Spelling) -> str | None:
        owner = self._asked.get((spelling[0], None)) or self._asked.get(spelling)
        self[spelling] = owner
        return owner
