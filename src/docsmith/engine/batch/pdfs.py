"""A PDF beside every document of a run: of the file that is on the disk, a person's too."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from docsmith._files import digest_of, digest_of_file, reason_of
from docsmith._i18n import gettext as _
from docsmith._version import VERSION
from docsmith.engine.batch.pdf_job import PdfJob, Pdfs, PdfTicket, Sheet, Wanted
from docsmith.engine.crew import Fallen, open_crew
from docsmith.engine.ledger import Entry, Ledger, Origin, ResultRow
from docsmith.engine.outcomes import kept, stopped, worker_died
from docsmith.engine.writing import Document, Placed, Status, Writer
from docsmith.errors import OutputError
from docsmith.model.findings import Finding, Place, Severity
from docsmith.pdf.converting import PdfProblem
from docsmith.pdf.pages import need_pdfium
from docsmith.pdf.soffice import find_soffice

SUFFIX = ".pdf"
_DOCUMENTS_A_TICKET = 25
"""In one call of LibreOffice: 11.4 a second. With 50 it is 11.5, with 100 12.0, and a crew ends unevenly."""
_BYTES_A_TICKET = 32 << 20
"""Documents with photographs are large, and several tickets are on their way at once."""


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


def type_of_pdf(document_type: str) -> str:
    """Return what the ledger calls the PDFs of a document type: ``self-check.pdf``."""
    return document_type + SUFFIX


def wanted_of(rows: Iterable[ResultRow], first: int) -> Iterator[Wanted]:
    """Yield the documents of a run that have a file; the results of their PDFs begin at ``first``."""
    for row in rows:
        if row.status is not Status.FAILED and not row.document_type.endswith(SUFFIX):
            yield Wanted(first + row.position, row.document_type, row.branch, row.path)


def make_pdfs(documents: Iterable[Wanted], bindery: Bindery) -> Iterator[Sequence[ResultRow]]:
    """Make the PDFs of documents; yield what became of them, in no order.

    Everything yielded is in its place. Their document type is :func:`type_of_pdf`. A PDF that this
    LibreOffice made of exactly this document, and that is as it was made, is unchanged; they come first.
    """
    todo: list[Wanted] = []
    for portion in _portions(documents):
        unchanged = _unchanged(portion, bindery)
        yield [_row(wanted, Status.UNCHANGED) for wanted in portion if wanted in unchanged]
        todo += [wanted for wanted in portion if wanted not in unchanged]
    if not todo:
        return
    making = _Making(bindery)
    with (
        tempfile.TemporaryDirectory(prefix="docsmith-pdf-", ignore_cleanup_errors=True) as scratch,
        open_crew(PdfJob(scratch), jobs=bindery.jobs, engine=bindery.engine) as crew,
    ):
        for ticket, result in crew.results(making.tickets(todo)):
            yield list(making.settled(ticket, result))
    yield making.unread


def _unchanged(portion: Sequence[Wanted], bindery: Bindery) -> set[Wanted]:
    """Return those documents whose PDFs are what would be made again."""
    if bindery.fresh:
        return set()
    known = bindery.ledger.known(bindery.year, {wanted.branch for wanted in portion})
    entries = {wanted: known.get((type_of_pdf(wanted.document_type), wanted.branch)) for wanted in portion}
    return {wanted for wanted, entry in entries.items() if entry and _is_of(entry, wanted, bindery)}


def _is_of(entry: Entry, wanted: Wanted, bindery: Bindery) -> bool:
    """Say whether a PDF is of this document; all LibreOffices of a cluster are alike to us."""
    sha256, _space, version = entry.inputs.partition(" ")
    if entry.path != _beside(wanted.path) or bindery.version not in ("", version):
        return False
    try:
        return digest_of_file(bindery.out / wanted.path) == sha256 and bindery.ledger.agrees(entry)
    except OSError:
        return False  # told when it is read to be converted


class _Making:
    """The PDFs of one run; ``unread`` is what became of documents that could not be read."""

    def __init__(self, bindery: Bindery) -> None:
        self._bindery = bindery
        self.unread: list[ResultRow] = []

    def tickets(self, documents: Iterable[Wanted]) -> Iterator[PdfTicket]:
        """Yield tickets, neither of too many documents nor of too many bytes."""
        sheets: list[Sheet] = []
        size = 0
        for sheet in self._read(documents):
            full = len(sheets) == _DOCUMENTS_A_TICKET or size + len(sheet.content) > _BYTES_A_TICKET
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
                self.unread.append(_row(wanted, Status.FAILED, _unmade(wanted, reason_of(error) + ".")))
            else:
                yield Sheet(wanted, digest_of(content), content)

    def settled(self, ticket: PdfTicket, result: Pdfs | Fallen[PdfTicket]) -> Iterator[ResultRow]:
        """Put the PDFs of a ticket in their places; yield what became of them."""
        if isinstance(result, Fallen):
            for sheet in ticket.sheets:
                yield _row(sheet.wanted, Status.FAILED, worker_died(result.reason, sheet.wanted.branch))
            return
        made = []
        for sheet, pdf in zip(ticket.sheets, result.results, strict=True):
            if isinstance(pdf, PdfProblem):
                yield _row(sheet.wanted, Status.FAILED, _unmade(sheet.wanted, pdf.reason))
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
        )
        return Document(self._bindery.out / _beside(wanted.path), pdf, origin)

    def _placed(self, wanted: Wanted, place: Placed | OutputError) -> ResultRow:
        if isinstance(place, OutputError):
            return _row(wanted, Status.FAILED, stopped(place, wanted.branch))
        if place.beside is None:
            return _row(wanted, place.status)
        beside = place.beside.relative_to(self._bindery.out).as_posix()
        finding = kept(place.path, place.beside, wanted.branch)
        return _row(wanted, place.status, finding)._replace(beside=beside)


def _portions(documents: Iterable[Wanted]) -> Iterator[Sequence[Wanted]]:
    """Yield so many documents at a time that looking them up in the ledger costs little."""
    rest = iter(documents)
    while portion := list(itertools.islice(rest, 4 * _DOCUMENTS_A_TICKET)):
        yield portion


def _beside(path: str) -> str:
    return str(PurePosixPath(path).with_suffix(SUFFIX))


def _row(wanted: Wanted, status: Status, *findings: Finding) -> ResultRow:
    path = "" if status is Status.FAILED else _beside(wanted.path)
    kind = type_of_pdf(wanted.document_type)
    return ResultRow(wanted.position, kind, wanted.branch, status, path, "", 0, findings)


def _unmade(wanted: Wanted, reason: str) -> Finding:
    return Finding(
        Severity.ERROR,
        _("No PDF could be made: {reason}").format(reason=reason),
        _("Open the document in Word or WPS, and save it as .docx again; then run the batch once more."),
        Place(wanted.path),
        "pdf-failed",
        wanted.branch,
    )
