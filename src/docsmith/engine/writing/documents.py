"""A document that is to be put in its place, and where it was put."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from docsmith.engine.ledger import Origin, Status


class Document(NamedTuple):
    """The bytes of a document, the path that it is for, and what it was made from."""

    path: Path
    content: bytes
    origin: Origin


class Placed(NamedTuple):
    """Where a document is: ``beside`` is the new version, where the file at ``path`` was a person's.

    ``torn`` is what was left of an earlier version that the loss of power had damaged, moved aside.
    """

    status: Status
    path: Path
    beside: Path | None = None
    torn: Path | None = None
