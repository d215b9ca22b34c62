"""A database in shares: the parent looks at it once, and workers ask for the rows of their branches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from docsmith.model.dataset import Dataset, FailedRow
from docsmith.model.records import Branch
from docsmith.model.schema import Schema
from docsmith.sources.database.address import Address
from docsmith.sources.database.link import Link
from docsmith.sources.database.survey import DatabaseSurvey
from docsmith.sources.database.tickets import DatabaseReader, DatabaseTicket
from docsmith.sources.duplicates import shared_codes
from docsmith.sources.file_source import head_digest
from docsmith.sources.imports import ImportRules
from docsmith.sources.shares import Head, RawPart

# So many branches are read at once where the rows of all are wanted.
_AT_ONCE = 1000
# Where each ticket reads a whole table, there are so few tickets, unless one had more branches than that.
_FEW = 50
_MOST = 2000


class DatabaseSource:
    """An opened database; see :class:`docsmith.sources.shares.Source`."""

    def __init__(
        self,
        url: str,
        schema: Schema,
        imports: ImportRules,
        *,
        year: int | None = None,
        clean_pinyin: bool = False,
    ) -> None:
        """Look at a database; nothing is ever written to it.

        :param url: what SQLAlchemy takes: ``sqlite:///data.db``, ``postgresql+psycopg://user:password@host/name``.
        :param schema: the sheets and columns to look for; tables and columns may have either name.
        :param imports: the unit's ``[import]`` settings.
        :param year: the year to use where the unit names none.
        :param clean_pinyin: take out pinyin that was inserted into the text; each cell is reported.
        :raises docsmith.errors.SourceError: without a driver, a connection, or a table of branches.
        """
        address = Address(url)
        with closing(Link(address)) as link, link.snapshot() as connection:
            seen = DatabaseSurvey(connection, address, schema, imports, clean_pinyin=clean_pinyin)
            dataset = seen.look(year)
        self.head = Head(dataset, head_digest(dataset, imports))
        self._raw, self._slow = tuple(seen.raw), seen.slow
        self._all = DatabaseTicket(seen.census.codes, tuple(seen.spellings), {})
        self._reader = DatabaseReader(
            Link(address), self.head, seen.sheets, seen.binders, clean_pinyin=clean_pinyin
        )
        self._all = self._all._replace(said=self._shared_codes(seen.census.repeated))

    def _shared_codes(self, repeated: set[str]) -> dict[str, tuple[FailedRow, ...]]:
        """Return what failed because a code is that of several branches, by the branches."""
        names = [name for name, code in self._all.named.items() if code in repeated] if repeated else []
        said: dict[str, tuple[FailedRow, ...]] = {}
        for row in shared_codes(self._branches(names)):
            for name in row.branches:
                said[name] = (*said.get(name, ()), row)
        return said

    def names(self) -> Iterator[str]:
        """Yield the names of all branches in order, of those too whose own row cannot be read."""
        yield from self._all.named

    def branches(self) -> Iterator[Branch]:
        """Yield the rows of the sheet 支部 that can be read, in order."""
        yield from self._branches(list(self._all.named))

    def _branches(self, names: Sequence[str]) -> Iterator[Branch]:
        alone = self._reader.only(("branches",))
        for start in range(0, len(names), _AT_ONCE):
            some = names[start : start + _AT_ONCE]
            yield from alone.read(self._all.of(some)).dataset(some).branches

    def tickets(self, names: Sequence[str], most: int) -> Iterator[DatabaseTicket]:
        """Yield tickets for these branches, at most ``most`` in each.

        There are more in each where a large table has no index for them, so that it is not read hundreds of
        times; a finding says so.
        """
        if self._slow:
            most = max(most, min(_MOST, -(-len(names) // _FEW)))
        for start in range(0, len(names), most):
            yield self._all.of(names[start : start + most])

    def whole(self) -> Dataset:
        """Return everything at once, but for what only a look across branches shows."""
        return self._reader.read(self._all).dataset(self._all.named)

    def raw_shared(self) -> tuple[RawPart, ...]:
        """Return the unit, the sheets that belong to no branch, and the rows of no known branch."""
        return self._raw

    def reader(self) -> DatabaseReader:
        """Return what asks for the rows of tickets, over a connection of its own in each process."""
        return self._reader

    def close(self) -> None:
        """End the connection of this process."""
        self._reader.close()
