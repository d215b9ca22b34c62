"""Tickets of a database: names, and how its tables spell them; a worker asks for the rows itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple

from docsmith.model.dataset import Dataset, FailedRow
from docsmith.model.findings import Finding
from docsmith.sources.binders import Binders
from docsmith.sources.database.census import Spellings
from docsmith.sources.database.dealing import Deal
from docsmith.sources.database.keyed import KeyedTable
from docsmith.sources.database.link import Link
from docsmith.sources.database.rows import RowReader
from docsmith.sources.database.tables import Spelling, StoredTable
from docsmith.sources.file_shares import FilePortion, FileReader, Share
from docsmith.sources.shares import Head, Ticket

# With more branches than this, all rows are read instead: databases limit the values that a query may have.
MOST_ASKED = 5000


class DatabaseTicket(NamedTuple):
    """Some branches, with their codes.

    ``spellings`` has, for each table, how it spells those of them whose name is not spelt exactly; ``said``
    are failures that only a look at all branches shows, by the branch.
    """

    named: Mapping[str, str | None]
    spellings: tuple[Spellings, ...]
    said: Mapping[str, tuple[FailedRow, ...]]

    @property
    def branches(self) -> tuple[str, ...]:
        """The names of the branches."""
        return tuple(self.named)

    def of(self, names: Sequence[str]) -> DatabaseTicket:
        """Return the ticket for some of these branches."""
        return DatabaseTicket(
            {name: self.named[name] for name in names},
            tuple({name: known[name] for name in names if name in known} for known in self.spellings),
            {name: self.said[name] for name in names if name in self.said},
        )

    def split(self) -> Sequence[DatabaseTicket]:
        """Return one ticket for each branch."""
        return [self.of([name]) for name in self.named]

    def asked(self, number: int, *, by_name: bool) -> Mapping[Spelling, str]:
        """Return the spellings to ask a table for, and the branch that each means."""
        asked: dict[Spelling, str] = {(name, None): name for name in self.named} if by_name else {}
        asked.update((one, name) for name, said in self.spellings[number].items() for one in said)
        return asked


class StoredSheet(NamedTuple):
    """A table whose rows belong to branches: where it is stored, and how its rows are bound."""

    stored: StoredTable
    table: KeyedTable


class DatabaseReader:
    """Reads tickets, over one connection for each process; pickled, it takes none along."""

    def __init__(
        self, link: Link, head: Head, sheets: Sequence[StoredSheet], binders: Binders, *, clean_pinyin: bool
    ) -> None:
        self._link, self._head, self._sheets, self._binders = link, head, tuple(sheets), binders
        self._clean_pinyin = clean_pinyin
        self._wanted: Collection[str] | None = None
        self._readers: list[RowReader] = []

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "_readers": []}

    def only(self, sheets: Collection[str]) -> DatabaseReader:
        """Return what reads the rows of these sheets alone, over the same connection."""
        reader = DatabaseReader(
            self._link, self._head, self._sheets, self._binders, clean_pinyin=self._clean_pinyin
        )
        reader._wanted = frozenset(sheets)
        return reader

    def close(self) -> None:
        """End the connection of this process."""
        self._link.close()

    def read(self, ticket: Ticket) -> DatabasePortion:
        """Return the rows of a ticket, all of one state of the database.

        Raises :class:`docsmith.errors.SourceError` where they cannot be read to the end.
        """
        assert isinstance(ticket, DatabaseTicket)  # noqa: S101 - no other source makes tickets for this reader
        if not self._readers:
            self._readers = [RowReader(self._link.address, sheet.stored) for sheet in self._sheets]
        deal = Deal(ticket.named, self._binders, clean_pinyin=self._clean_pinyin)
        tables = []
        with self._link.snapshot() as connection:
            for number, (sheet, reader) in enumerate(zip(self._sheets, self._readers)):
                if self._wanted is not None and sheet.stored.sheet not in self._wanted:
                    tables.append(sheet.table.holding(()))
                    continue
                asked = ticket.asked(number, by_name=sheet.stored.by_name)
                many = len(asked) > MOST_ASKED
                pieces = reader.all(connection) if many else [reader.spelt(connection, asked)]
                tables.append(deal.take(number, sheet.stored, sheet.table, pieces, asked))
        shares = [
            Share(name, code, True, tuple(deal.parts[name]), ticket.said.get(name, ()))
            for name, code in ticket.named.items()
        ]
        return DatabasePortion(FileReader(self._head, tables, self._binders), shares, deal.findings)


class DatabasePortion(FilePortion):
    """The rows of a ticket's branches, bound as files' are; ``said`` was found while they were read."""

    def __init__(
        self, reader: FileReader, shares: Sequence[Share], said: Mapping[str, list[Finding]]
    ) -> None:
        super().__init__(reader, shares)
        self._said = said

    def dataset(self, names: Collection[str]) -> Dataset:
        """Return the head's dataset with what the rows of these branches become."""
        dataset = super().dataset(names)
        said = chain.from_iterable(self._said.get(name, ()) for name in self.branches if name in names)
        return replace(dataset, findings=(*dataset.findings, *said))
