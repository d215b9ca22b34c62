"""A document that is to be put in its place, and where it was put."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from docsmith._files import digest_of, digest_of_file
from docsmith.engine.ledger import Origin, Status


class Document(NamedTuple):
    """The bytes of a document, the path that it is for, and what it was made from.

    One that is too large for memory is in a ``file`` instead, at a place that :meth:`Writer.scratch` gave, on
    the disk for good; it moves from there.
    """

    path: Path
    content: bytes
    origin: Origin
    file: str = ""

    def digest(self) -> str:
        """Return the hash of the document's bytes; raises ``OSError``."""
        return digest_of_file(self.file) if self.file else digest_of(self.content)


class Placed(NamedTuple):
    """Where a document is: ``beside`` is the new version, where the file at ``path`` was a person's.

    ``torn`` is what was left of an earlier version that the loss of power had damaged, moved aside;
    ``aside`` is another file that had the place, moved aside as well.
    """

    status: Status
    path: Path
    beside: Path | None = None
    torn: Path | None = None
    aside: Path | None = None
