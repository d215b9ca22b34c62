"""What the parent orders of a worker, and what it gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from docsmith.engine.copies.naming import Known
from docsmith.errors import SourceError
from docsmith.model.findings import Finding, Severity
from docsmith.sources.shares import RawPart, Ticket


class Order(NamedTuple):
    """Which documents to make: every type for every branch of a ticket.

    ``folders`` are those of the branches; ``known`` what the documents that are in their places were made
    from (a digest in hexadecimal digits), by type and branch. ``copies`` are the documents of earlier runs,
    of types that a branch has several of. ``wants_digests`` asks for those of the branches' rows.
    """

    ticket: Ticket
    types: tuple[str, ...]
    folders: Mapping[str, str]
    known: Mapping[tuple[str, str], str]
    copies: Mapping[tuple[str, str], tuple[Known, ...]]
    wants_digests: bool = False

    def split(self) -> Sequence[Order]:
        """Return an order for each branch."""
        return [self._replace(ticket=one) for one in self.ticket.split()]


class Finished(NamedTuple):
    """What a worker made of one document: its path within the output folder, and its bytes.

    Without ``content`` it was stopped, for the reasons in ``findings``, or, with ``same``, is as it was. A
    document that ``spent`` was stopped because its template did more than any form needs.

    ``copy`` is the name of one of several of a type for a branch, ``row`` a digest of its row. All of them
    are ``same``, or none; ``is_none`` says that no row has a document.
    """

    document_type: str
    branch: str
    inputs: str = ""
    path: str = ""
    content: bytes | None = None
    same: bool = False
    spent: bool = False
    to_fill_in: int = 0
    findings: tuple[Finding, ...] = ()
    copy: str = ""
    row: str = ""
    is_none: bool = False

    @property
    def failed(self) -> bool:
        """Whether it was stopped."""
        return self.content is None and not self.same and not self.is_none

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What stopped the document."""
        stopped = self.failed
        return tuple(one for one in self.findings if stopped and one.severity is Severity.ERROR)


class Delivery(NamedTuple):
    """What a worker gives back for an order: its documents, and the rows of branches that failed.

    ``unread`` is why the source itself could not be read, so that all of its documents failed. ``digests``
    are those of the rows of each branch, where the order wants them.
    """

    documents: tuple[Finished, ...]
    failed_rows: tuple[RawPart, ...] = ()
    unread: SourceError | None = None
    digests: tuple[tuple[str, bytes], ...] = ()


def joined(deliveries: Sequence[Delivery]) -> Delivery:
    """Return the deliveries of an order that was split as one; the source is as the last one found it."""
    documents = tuple(one for delivery in deliveries for one in delivery.documents)
    failed_rows = tuple(part for delivery in deliveries for part in delivery.failed_rows)
    digests = tuple(one for delivery in deliveries for one in delivery.digests)
    return Delivery(documents, failed_rows, deliveries[-1].unread, digests)
