"""The shares of files: tickets that carry the raw rows of branches, and what binds them in a worker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import repeat
from operator import itemgetter
from typing import Any, NamedTuple

from docsmith.model.dataset import Dataset, FailedRow
from docsmith.model.schema import Schema
from docsmith.sources.binders import Binders
from docsmith.sources.binding import OwnedRow
from docsmith.sources.digests import digest_of_values
from docsmith.sources.duplicates import without_repeated
from docsmith.sources.forms import TableOfForm
from docsmith.sources.members import check_members
from docsmith.sources.notes import Notes
from docsmith.sources.raw_parts import raw_part
from docsmith.sources.shares import Head, RawPart, Ticket


class Part(NamedTuple):
    """The rows of one branch in one table: their numbers from 0, their cells, their own ``extra`` objects."""

    table: int
    numbers: list[int]
    rows: list[Sequence[Any]]
    extras: dict[int, Mapping[str, str]]


class Share(NamedTuple):
    """All rows of one branch; ``said`` are failures of its own row that only a look at all branches shows.

    ``listed`` tells whether there is a sheet 支部; where there is none, the branch is no more than its name
    and the ``code`` that other rows give.
    """

    branch: str
    code: str | None
    listed: bool
    parts: tuple[Part, ...]
    said: tuple[FailedRow, ...] = ()

    def of_tables(self, is_read: Callable[[int], bool]) -> Share:
        """Return the share with the rows of some tables alone."""
        return self._replace(parts=tuple(part for part in self.parts if is_read(part.table)))


class FileTicket(NamedTuple):
    """The shares of some branches."""

    shares: tuple[Share, ...]

    @property
    def branches(self) -> tuple[str, ...]:
        """The names of the branches."""
        return tuple(share.branch for share in self.shares)

    def split(self) -> Sequence[FileTicket]:
        """Return one ticket for each branch."""
        return [FileTicket((share,)) for share in self.shares]


class FileReader:
    """Reads tickets; in each process, what was read of one ticket's cells is remembered for the next."""

    def __init__(
        self,
        head: Head,
        tables: Sequence[TableOfForm],
        binders: Binders,
        sheets: Collection[str] | None = None,
    ) -> None:
        """Read all rows, or those of some ``sheets``."""
        self.head, self.tables, self.binders = head, tables, binders
        self._sheets = sheets
        self._digests: dict[int, bytes] = {}

    def only(self, sheets: Collection[str]) -> FileReader:
        """Return what reads the rows of these sheets alone."""
        return FileReader(self.head, self.tables, self.binders, frozenset(sheets))

    def read(self, ticket: Ticket) -> FilePortion:
        """Return the rows of a ticket of the same files."""
        assert isinstance(ticket, FileTicket)  # noqa: S101 - no other source makes tickets for this reader
        if self._sheets is None:
            return FilePortion(self, ticket.shares)
        return FilePortion(self, [share.of_tables(self._is_read) for share in ticket.shares])

    def _is_read(self, table: int) -> bool:
        return self._sheets is None or self.tables[table].form.sheet.name in self._sheets

    def digest(self, table: int) -> bytes:
        """Return a digest of how the rows of a table are read."""
        if table not in self._digests:
            self._digests[table] = digest_of_values(self.tables[table].form.meaning)
        return self._digests[table]

    @cached_property
    def failed_by_branch(self) -> Mapping[str, list[FailedRow]]:
        """The rows that name no single branch, by those that they may mean."""
        named = defaultdict(list)
        for row in self.head.dataset.failed:
            for branch in row.branches:
                named[branch].append(row)
        return named


class FilePortion:
    """The rows of a ticket's branches."""

    def __init__(self, reader: FileReader, shares: Sequence[Share]) -> None:
        self._reader = reader
        self._shares = {share.branch: share for share in shares}

    @property
    def branches(self) -> tuple[str, ...]:
        """The names of the branches."""
        return tuple(self._shares)

    def digest(self, branch: str) -> bytes:
        """Return a digest of all rows of a branch, of how they are read, and of failures that name it."""
        share = self._shares[branch]
        failures = (*self._reader.failed_by_branch.get(branch, ()), *share.said)
        stopped = [(row.sheet, row.finding.code) for row in failures]
        parts = [(self._reader.digest(p.table), p.rows, [*p.extras.values()]) for p in share.parts]
        return digest_of_values((share.branch, share.code, share.listed, stopped, parts))

    def dataset(self, names: Collection[str]) -> Dataset:
        """Return the head's dataset with what the rows of these branches become."""
        shares = [share for branch, share in self._shares.items() if branch in names]
        notes = Notes()
        records: dict[str, list[Any]] = defaultdict(list)
        failed: list[FailedRow] = []
        for number, rows, extras in _by_table(shares):
            table = self._reader.tables[number]
            bound = self._reader.binders.of(table.form).bind(table, rows, notes, extras)
            records[table.form.sheet.name] += bound.records
            failed += bound.failed
        head = self._reader.head.dataset
        failed += self._settle_branches(head.schema, shares, records, notes)
        check_members(records["members"], notes)
        tables = {name: tuple(records.get(name, ())) or shared for name, shared in head.tables.items()}
        return replace(
            head,
            tables=tables,
            failed=(*head.failed, *failed),
            findings=(*head.findings, *notes.findings),
        )

    def _settle_branches(
        self, schema: Schema, shares: Sequence[Share], records: dict[str, list[Any]], notes: Notes
    ) -> list[FailedRow]:
        """Leave each branch once, put in those that only other rows name, and return what failed by it."""
        kept, failed = without_repeated(records["branches"], notes)
        branch = schema.sheets["branches"].record
        unlisted = [
            branch.of({"name": share.branch, "code": share.code}) for share in shares if not share.listed
        ]
        records["branches"] = [*kept, *unlisted]
        said = dict.fromkeys(row for share in shares for row in share.said)
        notes.findings += [row.finding for row in said if any(s.branch == row.finding.branch for s in shares)]
        return [*failed, *said]

    def raw(self, names: Collection[str]) -> tuple[RawPart, ...]:
        """Return the rows of these branches as they were given."""
        shares = [share for branch, share in self._shares.items() if branch in names]
        return tuple(
            raw_part(self._reader.tables[number], ((index, row) for index, row, _owner in rows), extras)
            for number, rows, extras in _by_table(shares)
        )


def _by_table(
    shares: Sequence[Share],
) -> Iterator[tuple[int, list[OwnedRow], Mapping[int, Mapping[str, str]]]]:
    """Yield the rows of some branches table by table, each table in its order."""
    rows: dict[int, list[OwnedRow]] = defaultdict(list)
    extras: dict[int, dict[int, Mapping[str, str]]] = defaultdict(dict)
    for share in shares:
        for part in share.parts:
            rows[part.table] += zip(part.numbers, part.rows, repeat(share.branch))
            extras[part.table].update(part.extras)
    for number in sorted(rows):
        yield number, sorted(rows[number], key=itemgetter(0)), extras[number]
