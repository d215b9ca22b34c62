"""A PDF beside every document of a run: of the file that is on the disk, a person's too."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from docsmith._files import digest_of, digest_of_file, reason_of
from docsmith._version import VERSION
from docsmith.engine.batch.pdf_job import PdfJob, Pdfs, PdfTicket, Sheet, Unable, Wanted
from docsmith.engine.batch.pdf_rows import (
    hint_for_workers,
    left_unmade,
    place_of_pdf,
    row_of_pdf,
    type_of_pdf,
    unmade,
    unmade_because,
)  # fmt: skip
from docsmith.engine.crew import Fallen, open_crew
from docsmith.engine.ledger import Entry, Ledger, Origin, ResultRow
from docsmith.engine.outcomes import said_of, stopped, worker_died
from docsmith.engine.writing import Document, Placed, Status, Writer
from docsmith.errors import OutputError, UsageError
from docsmith.pdf.converting import PdfProblem
from docsmith.pdf.pages import need_pdfium
from docsmith.pdf.scratch import Scratch
from docsmith.pdf.soffice import find_soffice

_DOCUMENTS_A_TICKET = 25
"""In one call of LibreOffice: 12 a second. With 100 it is the same, and a crew would end unevenly."""
_BYTES_A_TICKET = 32 << 20
"""Documents with photographs are large, and several tickets are on their way at once."""
_UNABLE_AT_FIRST = 20
"""Tickets that come back undone before any is done: there is no LibreOffice anywhere."""


class Bindery(NamedTuple):
    """Where PDFs go, and who makes them: ``jobs`` processes here, or the workers of ``engine``.

    ``version`` is the LibreOffice of this machine; empty with an engine, whose workers have their own.
    ``fresh`` makes again what is as it was.
    """

    out: Path
    year: int
    ledger: Ledger
    writer: Writer
    version: str
    jobs: int = 1
    engine: str = ""
    fresh: bool = False


def libreoffice_for(engine: str) -> str:
    """Return the version of the LibreOffice that will make the PDFs; ``""`` for those of a cluster's workers.

    Raises :class:`docsmith.errors.UsageError`, with what to install: ask before anything else is made.
    """
    need_pdfium()
    return "" if engine else find_soffice().version


def make_pdfs(documents: Iterable[Wanted], bindery: Bindery) -> Iterator[Sequence[ResultRow]]:
    """Make the PDFs of documents; yield what became of them, in no order.

    Everything yielded is in its place. Their document type is :func:`type_of_pdf`. A PDF that this
    LibreOffice made of exactly this document, and that is as it was made, is unchanged; they come first.
    """
    todo: list[Wanted] = []
    for portion in _portions(documents):
        unchanged = _unchanged(portion, bindery)
        yield [row_of_pdf(wanted, Status.UNCHANGED) for wanted in portion if wanted in unchanged]
        todo += [wanted for wanted in portion if wanted not in unchanged]
    if not todo:
        return
    making = _Making(bindery)
    with Scratch() as scratch:
        for engine in _engines(bindery.engine):
            if todo:
                with open_crew(PdfJob(str(scratch.path)), jobs=bindery.jobs, engine=engine) as crew:
                    for ticket, result in crew.results(making.tickets(todo)):
                        yield making.settled(ticket, result)
            todo = making.left_by_workers()
    yield making.unmade(todo)


def _engines(engine: str) -> Iterator[str]:
    """Yield who is asked, one after the other, for what is left: a cluster, and then this machine, if it can.

    A worker without LibreOffice may get the same document again and again: a scheduler takes it for idle.
    """
    yield engine
    if engine:
        yield engine
        try:
            find_soffice()
        except UsageError:
            return
        yield ""


def _unchanged(portion: Sequence[Wanted], bindery: Bindery) -> set[Wanted]:
    """Return those documents whose PDFs are what would be made again."""
    if bindery.fresh:
        return set()
    branches = {wanted.branch for wanted in portion}
    known = bindery.ledger.known(bindery.year, branches)
    copies = bindery.ledger.copies(bindery.year, branches) if any(one.copy for one in portion) else {}

    def entry_of(wanted: Wanted) -> Entry | None:
        key = type_of_pdf(wanted.document_type), wanted.branch
        if not wanted.copy:
            return known.get(key)
        found = copies.get(key, {}).get(wanted.copy)
        return found.entry if found else None

    entries = {wanted: entry_of(wanted) for wanted in portion}
    return {wanted for wanted, entry in entries.items() if entry and _is_of(entry, wanted, bindery)}


def _is_of(entry: Entry, wanted: Wanted, bindery: Bindery) -> bool:
    """Say whether a PDF is of this document; all LibreOffices of a cluster are alike to us."""
    sha256, _space, version = entry.inputs.partition(" ")
    if entry.path != place_of_pdf(wanted.path) or bindery.version not in ("", version):
        return False
    try:
        return digest_of_file(bindery.out / wanted.path) == sha256 and bindery.ledger.agrees(entry)
    except OSError:
        return False  # told when it is read to be converted


class _Making:
    """The PDFs of one run."""

    def __init__(self, bindery: Bindery) -> None:
        self._bindery = bindery
        self._unread: list[ResultRow] = []
        self._left: list[Wanted] = []
        self._reason = ""  # of the last worker that was not able to do a ticket
        self._unable: int | None = 0  # tickets that came back so before the first that was done

    def tickets(self, documents: Sequence[Wanted]) -> Iterator[PdfTicket]:
        """Yield tickets, neither of too many documents nor of too many bytes; of few, one for a process."""
        most = min(_DOCUMENTS_A_TICKET, math.ceil(len(documents) / self._bindery.jobs))
        sheets: list[Sheet] = []
        size = 0
        for sheet in self._read(documents):
            full = len(sheets) == most or size + len(sheet.content) > _BYTES_A_TICKET
            if sheets and full:
                yield PdfTicket(tuple(sheets))
                sheets, size = [], 0
            sheets.append(sheet)
            size += len(sheet.content)
        if sheets:
            yield PdfTicket(tuple(sheets))

    def _read(self, documents: Iterable[Wanted]) -> Iterator[Sheet]:
        for wanted in documents:
            try:
                content = (self._bindery.out / wanted.path).read_bytes()
            except OSError as error:
                self._unread.append(unmade(wanted, reason_of(error) + "."))
            else:
                yield Sheet(wanted, digest_of(content), content)

    def settled(self, ticket: PdfTicket, result: Pdfs | Unable | Fallen[PdfTicket]) -> list[ResultRow]:
        """Put the PDFs of a ticket in their places; return what became of them.

        What a worker was not able to do is left for the others. Raises :class:`UsageError` where no worker is
        able, as far as can be seen.
        """
        if isinstance(result, Fallen):
            died = partial(worker_died, result.reason)
            return [row_of_pdf(one.wanted, Status.FAILED, died(one.wanted.branch)) for one in ticket.sheets]
        if isinstance(result, Unable):
            self._leave(ticket, result.reason)
            return []
        self._unable = None
        return list(self._bound(ticket, result))

    def unmade(self, left: Sequence[Wanted]) -> list[ResultRow]:
        """Return the failures: what no worker was able to do, and what could not be read."""
        failed = (left_unmade(one, self._reason) for one in left)
        return [*failed, *self._unread]

    def left_by_workers(self) -> list[Wanted]:
        """Return, once, what workers were not able to do."""
        left, self._left = self._left, []
        return left

    def _leave(self, ticket: PdfTicket, reason: str) -> None:
        self._left += [sheet.wanted for sheet in ticket.sheets]
        self._reason = reason
        if self._unable is not None:
            self._unable += 1
            if self._unable == _UNABLE_AT_FIRST:
                raise UsageError(unmade_because(reason), hint=hint_for_workers())

    def _bound(self, ticket: PdfTicket, result: Pdfs) -> Iterator[ResultRow]:
        made = []
        for sheet, pdf in zip(ticket.sheets, result.results, strict=True):
            if isinstance(pdf, PdfProblem):
                yield unmade(sheet.wanted, pdf.reason)
            else:
                made.append((sheet.wanted, self._document(sheet, pdf, result.version)))
        placed = self._bindery.writer.place_all([document for _wanted, document in made])
        for (wanted, _document), place in zip(made, placed, strict=True):
            yield self._placed(wanted, place)

    def _document(self, sheet: Sheet, pdf: bytes, version: str) -> Document:
        wanted = sheet.wanted
        origin = Origin(
            type_of_pdf(wanted.document_type),
            wanted.branch,
            template="",
            version=VERSION,
            inputs=f"{sheet.sha256} {version}",
            year=self._bindery.year,
            copy=wanted.copy,
        )
        return Document(self._bindery.out / place_of_pdf(wanted.path), pdf, origin)

    def _placed(self, wanted: Wanted, place: Placed | OutputError) -> ResultRow:
        if isinstance(place, OutputError):
            return row_of_pdf(wanted, Status.FAILED, stopped(place, wanted.branch))
        beside = place.beside.relative_to(self._bindery.out).as_posix() if place.beside else ""
        row = row_of_pdf(wanted, place.status, *said_of(place, wanted.branch))
        return row._replace(beside=beside)


def _portions(documents: Iterable[Wanted]) -> Iterator[Sequence[Wanted]]:
    """Yield so many documents at a time that looking them up in the ledger costs little."""
    rest = iter(documents)
    while portion := list(itertools.islice(rest, 4 * _DOCUMENTS_A_TICKET)):
        yield portion
