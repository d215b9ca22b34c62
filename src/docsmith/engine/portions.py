"""A source, some branches at a time, for what looks at all of them one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from docsmith.model.dataset import Dataset
from docsmith.sources.shares import Source

# Most units have fewer, and are read at once; the rows of so many take some 20 MB.
BRANCHES_AT_ONCE = 200


def portions(source: Source, advance: Callable[[int], None]) -> Iterator[Dataset]:
    """Yield the head's dataset with some branches and all of their rows, until all branches were there.

    ``advance`` is told how many branches are done with. Raises :class:`docsmith.errors.SourceError`.
    """
    reader, names = source.reader(), source.names()
    while some := tuple(islice(names, BRANCHES_AT_ONCE)):
        for ticket in source.tickets(some, BRANCHES_AT_ONCE):
            portion = reader.read(ticket)
            yield portion.dataset(portion.branches)
            advance(len(ticket.branches))
