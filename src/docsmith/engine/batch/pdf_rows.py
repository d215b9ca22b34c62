"""What is said of PDFs in the results of a run: their document type, their place, why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from docsmith._i18n import gettext as _
from docsmith.engine.batch.pdf_job import Wanted
from docsmith.engine.ledger import ResultRow, Status
from docsmith.model.findings import Finding, Place, Severity

SUFFIX = ".pdf"


def type_of_pdf(document_type: str) -> str:
    """Return what the ledger calls the PDFs of a document type: ``self-check.pdf``."""
    return document_type + SUFFIX


def place_of_pdf(path: str) -> str:
    """Return where the PDF of a document goes: beside it."""
    return str(PurePosixPath(path).with_suffix(SUFFIX))


def wanted_of(rows: Iterable[ResultRow], first: int) -> Iterator[Wanted]:
    """Yield the documents of a run that have a file; the results of their PDFs begin at ``first``."""
    for row in rows:
        there = row.status not in (Status.FAILED, Status.LEFT)
        if there and not row.document_type.endswith(SUFFIX):
            yield Wanted(first + row.position, row.document_type, row.branch, row.path, row.copy)


def row_of_pdf(wanted: Wanted, status: Status, *findings: Finding) -> ResultRow:
    """Return what became of the PDF of a document."""
    path = "" if status is Status.FAILED else place_of_pdf(wanted.path)
    kind = type_of_pdf(wanted.document_type)
    return ResultRow(wanted.position, kind, wanted.branch, status, path, "", 0, findings, wanted.copy)


def unmade(wanted: Wanted, reason: str) -> ResultRow:
    """Return the failure of a document that cannot be converted, for a reason of its own (a sentence)."""
    finding = Finding(
        Severity.ERROR,
        unmade_because(reason),
        _("Open the document in Word or WPS, and save it as .docx again; then run the batch once more."),
        Place(wanted.path),
        "pdf-failed",
        wanted.branch,
    )
    return row_of_pdf(wanted, Status.FAILED, finding)


def left_unmade(wanted: Wanted, reason: str) -> ResultRow:
    """Return the failure of a document that no worker was able to convert; ``reason`` names a machine."""
    finding = Finding(
        Severity.ERROR,
        unmade_because(reason),
        hint_for_workers(),
        code="pdf-worker-unable",
        branch=wanted.branch,
    )
    return row_of_pdf(wanted, Status.FAILED, finding)


def unmade_because(reason: str) -> str:
    """Return the message about a PDF that there is not."""
    return _("No PDF could be made: {reason}").format(reason=reason)


def hint_for_workers() -> str:
    """Return what to do about a machine that cannot convert."""
    return _("See that LibreOffice is installed on that machine, and that there is room on its disk.")
