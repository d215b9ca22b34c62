"""Whose a place is: that of one document, as long as the data and the plugins have that document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from docsmith._i18n import gettext as _
from docsmith.engine.ledger import Origin, Written
from docsmith.errors import OutputError


class Claims:
    """Which documents there are: of these types, for these branches; no other takes their places.

    ``branches`` is asked once, for the first place that two documents want, and so nearly never.
    """

    def __init__(self, types: Collection[str], branches: Callable[[], Iterable[str]]) -> None:
        self._types = types
        self._ask = branches
        self._branches: frozenset[str] | None = None

    def holds(self, row: Written) -> bool:
        """Say whether the document of a row of the ledger still is one that is made."""
        if row.document_type not in self._types:
            return False
        if not row.branch:  # of the whole unit
            return True
        if self._branches is None:
            self._branches = frozenset(self._ask())
        return row.branch in self._branches


def is_of_another(row: Written | None, origin: Origin) -> bool:
    """Say whether the ledger has a place down for another document than the one that was made so."""
    return row is not None and (row.document_type, row.branch, row.copy) != origin.document


def place_of_two(path: object, other: Written | None = None) -> OutputError:
    """Return the error about a place that two documents want; ``other`` is the one that has it."""
    hint = _("Give one of them another name.")
    if other:
        whose = _("It is that of {document_type} for {branch}; if that has another now, move the file away.")
        hint += " " + whose.format(document_type=other.document_type, branch=other.branch)
    return OutputError(_("{path} is the place of two documents.").format(path=path), hint=hint)
