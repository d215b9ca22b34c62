"""What is to be done with each document: decided by looking, before anything is written."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from docsmith._files import reason_of, remedy_of
from docsmith._i18n import gettext as _
from docsmith.engine.ledger import Ledger, Status, Written
from docsmith.engine.writing.claims import Claims, is_of_another, place_of_two
from docsmith.engine.writing.documents import Document, Placed
from docsmith.engine.writing.folders import Folders
from docsmith.engine.writing.look import Found, Kind, look
from docsmith.errors import OutputError


class Outdated(NamedTuple):
    """A version beside its document that is out of date; ``path`` lies within the output folder."""

    path: str
    found: Found
    row: Written | None


class Plan(NamedTuple):
    """What is to be done with one document.

    ``inner`` is its own path within the output folder, ``target`` the one that it goes to; ``found`` is what
    is there, ``row`` what the ledger says of it, ``sha256`` the hash of the new content. ``outdated`` are
    moved aside. What ``returns`` is as it was, but stood in another place meanwhile.
    """

    document: Document
    inner: str
    target: str
    found: Found
    row: Written | None
    sha256: str
    outdated: tuple[Outdated, ...] = ()
    returns: bool = False

    @property
    def status(self) -> Status:
        """What becomes of the document."""
        if self.target != self.inner:
            return Status.KEPT
        return Status.UNCHANGED if self.found.kind is Kind.SAME else Status.WRITTEN

    @property
    def writes(self) -> bool:
        """Whether a file is written."""
        return self.found.kind is not Kind.SAME

    @property
    def moves_aside(self) -> bool:
        """Whether what is there is moved aside, for good: all but an earlier version of the document."""
        return self.found.kind in (Kind.PERSONS, Kind.TORN) or self.takes_over

    @property
    def takes_over(self) -> bool:
        """Whether what is there is a document that is no longer made, or not here."""
        return self.found.kind is Kind.OURS and is_of_another(self.row, self.document.origin)

    @property
    def is_news(self) -> bool:
        """Whether the ledger is to say something else of the target, or again that the document is there."""
        if self.writes or self.returns:
            return True
        if self.row is None:
            return self.status is Status.UNCHANGED
        return (self.row.sha256, *self.row.origin) != (self.sha256, *self.document.origin)

    def placed(self, out: Path, aside: str) -> Placed:
        """Return where the document is, when all is done."""
        beside = out / self.target if self.status is Status.KEPT else None
        torn = out / aside if self.found.kind is Kind.TORN else None
        return Placed(self.status, self.document.path, beside, torn, out / aside if self.takes_over else None)


class Planner:
    """Plans the documents of one run; it reads, and writes nothing."""

    def __init__(
        self, out: Path, ledger: Ledger, folders: Folders, claims: Claims | None, *, force: bool
    ) -> None:
        self._out = out
        self._start = os.path.join(out, "")
        self._ledger = ledger
        self._folders = folders
        self._claims = claims
        self._force = force
        self._taken: set[str] = set()

    def plans(self, documents: Sequence[Document]) -> list[Plan | OutputError]:
        """Return for each document what to do, or why nothing can be done; raises what the ledger does."""
        self._folders.look_again()
        places = [self._inner(document.path) for document in documents]
        rows = self._ledger.rows([place for place in places if isinstance(place, str)])
        if self._ledger.run:  # what a run has placed is in the ledger, what a dry one would is not
            self._taken.clear()
        plans: list[Plan | OutputError] = []
        for document, place in zip(documents, places, strict=True):
            if isinstance(place, str) and place in self._taken:
                plans.append(place_of_two(document.path))
            elif isinstance(place, str):
                self._taken.add(place)
                plans.append(self._plan(document, place, rows))
            else:
                plans.append(place)
        return plans

    def _inner(self, path: Path) -> str | OutputError:
        """Return a path within the output folder, with ``/`` on every system."""
        text = os.fspath(path)
        if not text.startswith(self._start):
            return OutputError(_("{path} lies outside the output folder.").format(path=path))
        return text[len(self._start) :].replace(os.sep, "/")

    def _plan(self, document: Document, inner: str, rows: Mapping[str, Written]) -> Plan | OutputError:
        try:
            return self._decide(document, inner, rows.get(inner))
        except OutputError as error:
            return error
        except OSError as error:
            return OutputError(
                _("{path} could not be read: {reason}").format(path=document.path, reason=reason_of(error)),
                hint=remedy_of(error),
            )

    def _decide(self, document: Document, inner: str, row: Written | None) -> Plan:
        sha256 = document.digest()
        if self._folders.missing(inner.rpartition("/")[0]):
            return Plan(document, inner, inner, Found(Kind.NOTHING), row, sha256)
        found = look(os.fspath(document.path), document.content, sha256, row)
        if row and is_of_another(row, document.origin) and self._is_held(row, found):
            raise place_of_two(document.path, row)
        if found.kind is Kind.PERSONS and found.sha256 in self._ledger.put_beside(document.origin):
            # The new version has taken the edited one's place, as a person does who accepts it.
            found = found._replace(kind=Kind.OURS)
        plan = Plan(document, inner, inner, found, row, sha256)
        if found.kind is Kind.SAME:
            # Else the ledger would go on naming the other place, and the document be made again each time.
            return plan._replace(returns=self._ledger.place_of(document.origin) not in (inner, ""))
        if found.kind is Kind.PERSONS and not self._force:
            return self._plan_beside(plan)
        return plan._replace(outdated=tuple(self._outdated(plan)))

    def _is_held(self, row: Written, found: Found) -> bool:
        """Say whether another document was put there in this run, or stands there and belongs there."""
        if row.run and row.run == self._ledger.run:
            return True
        if found.kind is Kind.NOTHING or (self._claims and not self._claims.holds(row)):
            return False
        return self._ledger.place_of(row.origin) == row.path

    def _plan_beside(self, plan: Plan) -> Plan:
        """Choose ``名称（新）.docx``, ``名称（新2）.docx`` …: the first that is nobody else's."""
        for target in _names_beside(plan.inner):
            row = self._row(target)
            if target in self._taken or is_of_another(row, plan.document.origin):
                continue
            found = look(self._start + target, plan.document.content, plan.sha256, row)
            if found.kind is not Kind.PERSONS:
                self._taken.add(target)
                return plan._replace(target=target, found=found, row=row)
        raise AssertionError("names do not come to an end")

    def _outdated(self, plan: Plan) -> Iterator[Outdated]:
        """Yield new versions of earlier runs where no person has edited them."""
        for beside in _names_beside(plan.inner):
            if not os.path.lexists(self._start + beside):
                return
            row = self._row(beside)
            if beside in self._taken or is_of_another(row, plan.document.origin):
                continue
            found = look(self._start + beside, b"", "", row)
            if found.kind in (Kind.OURS, Kind.TORN, Kind.LINK):
                yield Outdated(beside, found, row)

    def _row(self, inner: str) -> Written | None:
        return self._ledger.rows([inner]).get(inner)


def _names_beside(inner: str) -> Iterator[str]:
    """Yield ``名称（新）.docx``, ``名称（新2）.docx`` and so on."""
    stem, dot, suffix = inner.rpartition(".")
    for number in itertools.count(1):
        mark = "（新）" if number == 1 else f"（新{number}）"
        yield f"{stem}{mark}{dot}{suffix}"
