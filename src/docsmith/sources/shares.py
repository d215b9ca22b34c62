"""A source in shares: what it says to everybody once, and the rows of some branches at a time.

A source may hold a hundred thousand branches. Who makes documents from it reads the *head* once, and the rows
of a few branches after the other, in other processes if it likes. The head and all portions together are what
:func:`docsmith.sources.load` gives: the same records, failed rows and findings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from docsmith.model.dataset import Dataset
from docsmith.model.records import Branch


class Head(NamedTuple):
    """What a source says once, for all branches: picklable, and small however many branches there are.

    ``dataset`` has no branch and no branch's rows: the unit, the sheets that belong to no branch, the failed
    rows and findings that concern everybody or no known branch, schema, survey, examples, and whether
    anything could not be read at all. ``digest`` is one of everything in it that can change a document.
    """

    dataset: Dataset
    digest: bytes


class Ticket(Protocol):
    """The order for some branches: what a worker is sent; picklable.

    ``branches`` are names as the sheet 支部 spells them, in the order of the source.
    """

    @property
    def branches(self) -> tuple[str, ...]:
        """The names of the branches."""
        ...

    def split(self) -> Sequence[Ticket]:
        """Return one ticket for each branch."""
        ...


class RawPart(NamedTuple):
    """Rows of one sheet as they were given, for the workbook of failed rows.

    ``sheet`` is the English name in the schema; ``file`` and ``table`` (the sheet there) say where they
    come from. ``titles`` are the header cells as given, ``columns`` the English name that each means, empty
    where unknown. ``rows`` are what names each row in places (a number from 1, or the key in a database), and
    the raw cells.
    """

    sheet: str
    file: str
    table: str
    titles: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[int | str, tuple[Any, ...]], ...]


class Portion(Protocol):
    """The raw rows of the branches of a ticket; nothing is bound before it is asked for."""

    @property
    def branches(self) -> tuple[str, ...]:
        """The names of the branches, in the order of the ticket."""
        ...

    def digest(self, branch: str) -> bytes:
        """Return a digest of the raw values of all rows of a branch, that in 支部 too, without places.

        It changes with whatever in the source can change the documents of this branch and is not in the head.
        """
        ...

    def dataset(self, names: Collection[str]) -> Dataset:
        """Return the head's dataset with the records, failed rows and findings of these branches.

        Its findings and failed rows begin with those of the head.
        """
        ...

    def raw(self, names: Collection[str]) -> tuple[RawPart, ...]:
        """Return the rows of these branches as they were given."""
        ...


class ShareReader(Protocol):
    """Reads tickets; picklable: made beside the source, used in another process."""

    def read(self, ticket: Ticket) -> Portion:
        """Return the rows that a ticket of the same source orders; raises :class:`SourceError`."""
        ...

    def only(self, sheets: Collection[str]) -> ShareReader:
        """Return what reads the rows of these sheets alone (English names), over the same connection."""
        ...


class Source(Protocol):
    """An opened source: files, or a database. It must be closed."""

    @property
    def head(self) -> Head:
        """What is said once."""
        ...

    def names(self) -> Iterator[str]:
        """Yield the names of all branches in order, of those too whose own row cannot be read."""
        ...

    def branches(self) -> Iterator[Branch]:
        """Yield the rows of the sheet 支部 in order; a branch whose row cannot be read is left out."""
        ...

    def tickets(self, names: Sequence[str], most: int) -> Iterator[Ticket]:
        """Yield tickets for these branches, with at most ``most`` of them in each, in the given order."""
        ...

    def whole(self) -> Dataset:
        """Return everything at once, but for what only a look across branches shows."""
        ...

    def raw_shared(self) -> tuple[RawPart, ...]:
        """Return the rows of the unit, of sheets that belong to no branch, and of no known branch."""
        ...

    def reader(self) -> ShareReader:
        """Return what reads the tickets."""
        ...

    def close(self) -> None:
        """Let go of the source; its readers are not closed by it."""
        ...
