"""What the ledger knows, as values. Paths in it are those within the output folder, with ``/``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from docsmith.model.findings import Finding


class Status(StrEnum):
    """What became of a document.

    One that is ``LEFT`` is of a row that is no longer in the data: it stays where it is, and says so.
    """

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    LEFT = "left"
    FAILED = "failed"


class Origin(NamedTuple):
    """What a document was made from.

    ``template`` is the hash of the template's file, ``version`` that of docsmith, ``inputs`` a digest of the
    data, and ``to_fill_in`` the number of places in the document that the data left open. ``copy`` tells the
    documents of a type that a branch has several of apart: it is the document's name; ``row`` is a digest of
    the row that the document is of.
    """

    document_type: str
    branch: str
    template: str
    version: str
    inputs: str = ""
    year: int = 0
    to_fill_in: int = 0
    copy: str = ""
    row: str = ""

    @property
    def document(self) -> tuple[str, str, str]:
        """What tells the document apart from all others of its year: type, branch and copy."""
        return self.document_type, self.branch, self.copy


class Entry(NamedTuple):
    """A document as it was last written: its file, the hash of its bytes, the digest of its data."""

    path: str
    sha256: str
    inputs: str
    to_fill_in: int


class CopyEntry(NamedTuple):
    """One of several documents of a type for a branch: what it is called, the row it is of, where it was put.

    ``is_beside`` says that its last version stands beside a file that a person edited; ``run`` is the run
    that wrote that version.
    """

    copy: str
    row: str
    entry: Entry
    is_beside: bool
    run: int


class CopySet(NamedTuple):
    """All documents of a type that the last run wanted for a branch, and the digest of the data behind them.

    Without ``inputs`` some failed, or they were not made from one state of the data. ``run`` is that run; a
    later one that was killed may have written more.
    """

    inputs: str
    copies: tuple[str, ...]
    run: int = 0


class Written(NamedTuple):
    """Everything that the ledger knows about a file: a row of the table ``written``.

    ``previous`` is the hash of what the file replaces, where that was docsmith's own. ``beside`` says that it
    stands beside a file that a person edited. ``run`` is the run that wrote it; 0 for one of a ledger of
    version 1, which knew no runs.
    """

    path: str
    sha256: str
    previous: str
    document_type: str
    branch: str
    template: str
    version: str
    inputs: str
    year: int
    to_fill_in: int
    beside: bool
    run: int
    copy: str = ""
    row: str = ""

    @property
    def origin(self) -> Origin:
        """What the file was made from."""
        return Origin(
            self.document_type,
            self.branch,
            self.template,
            self.version,
            self.inputs,
            self.year,
            self.to_fill_in,
            self.copy,
            self.row,
        )


class Change(NamedTuple):
    """One step of a run, written down before it is taken: what was at a path, and what is there after it.

    ``before`` and ``after`` are hashes, or ``""`` for nothing, ``LINK`` for a link, ``MADE_FOLDER`` for a
    folder. ``kept`` says where the earlier file is from then on, within ``.docsmith``. ``entry`` is what the
    ledger said of the path before. ``number`` counts the changes of the run.
    """

    number: int
    path: str
    before: str
    after: str
    kept: str
    entry: Written | None


LINK = "link"
MADE_FOLDER = "folder"


class RunEntry(NamedTuple):
    """A run: ``state`` is ``running``, ``done``, ``interrupted`` or ``undone``; times are in ISO 8601.

    ``changes`` is the number of its steps that can be undone.
    """

    id: int
    command: str
    arguments: Mapping[str, Any]
    started: str
    finished: str
    state: str
    changes: int


class ResultRow(NamedTuple):
    """What became of one document of a run; ``position`` is its place in the order of the run.

    ``copy`` is the name of one of several documents of a type for a branch.
    """

    position: int
    document_type: str
    branch: str
    status: Status
    path: str
    beside: str
    to_fill_in: int
    findings: tuple[Finding, ...]
    copy: str = ""
