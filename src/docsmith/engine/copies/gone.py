"""Documents of rows that are gone, or called otherwise now: they stay where they are, and say so."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from docsmith._i18n import gettext as _
from docsmith.engine.copies.naming import Known, known_of
from docsmith.engine.ledger import CopyEntry, CopySet
from docsmith.model.findings import Finding, Place, Severity

LEFT = "document-left"
"""The code of the finding about a document whose row is gone."""


def known_copies(copies: Mapping[str, CopyEntry], last: CopySet | None, out: Path) -> tuple[Known, ...]:
    """Return the documents of earlier runs, by name; ``last`` are those that the last run had rows for.

    One that a later run wrote, which was killed before it could say which rows it had, is of a row as well.
    """
    return tuple(known_of(one, is_left=_is_left(one, last, out)) for one in copies.values())


def _is_left(one: CopyEntry, last: CopySet | None, out: Path) -> bool:
    """Say whether a document was of no row at the last run, and is still there."""
    if last is None or one.copy in last.copies or one.run > last.run:
        return False
    return os.path.lexists(out / one.entry.path)


def gone(known: Mapping[str, CopyEntry], names: Collection[str], out: Path) -> Iterator[tuple[str, str]]:
    """Yield the documents of earlier runs that are there and not among these: their names and paths.

    A name that is empty is that of a row which cannot be read: any of them may be its own.
    """
    if "" in names:
        return
    for copy, one in known.items():
        if copy not in names and os.path.lexists(out / one.entry.path):
            yield copy, one.entry.path


def left(path: str, branch: str) -> Finding:
    """Return the warning about a document whose row is not in the data any more; ``path`` is where it is."""
    return Finding(
        Severity.WARNING,
        _("This document is of no row of the data any more; it was not deleted."),
        _("Its row was removed, or its document is called otherwise now. Delete it if nobody needs it."),
        Place(path),
        LEFT,
        branch,
    )
