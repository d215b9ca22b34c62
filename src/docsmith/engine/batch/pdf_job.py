"""What a worker does for PDFs: bytes of documents into bytes of PDFs, with a LibreOffice of its own."""

from __future__ import annotations

import platform
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from docsmith._files import reason_of
from docsmith._i18n import gettext as _
from docsmith.errors import UsageError
from docsmith.pdf.converting import Converter, PdfProblem
from docsmith.pdf.pages import need_pdfium
from docsmith.pdf.soffice import find_soffice


class Wanted(NamedTuple):
    """A document whose PDF is wanted; ``position`` is that of the PDF in the results of the run.

    ``path``, within the output folder, is that of the file on the disk, whoever wrote it last. ``copy`` is
    the name of one of several documents of a type for a branch.
    """

    position: int
    document_type: str
    branch: str
    path: str
    copy: str = ""


class Sheet(NamedTuple):
    """A document that is to be converted, the hash of its bytes, and its bytes."""

    wanted: Wanted
    sha256: str
    content: bytes


class PdfTicket(NamedTuple):
    """Documents for one call of LibreOffice."""

    sheets: tuple[Sheet, ...]

    def split(self) -> Sequence[PdfTicket]:
        """Return a ticket for each document."""
        return [PdfTicket((one,)) for one in self.sheets]


class Pdfs(NamedTuple):
    """The PDFs of a ticket, in its order, and the LibreOffice that made them."""

    version: str
    results: tuple[bytes | PdfProblem, ...]


class Unable(NamedTuple):
    """A worker cannot convert anything, and the reason, which names its machine: another worker may."""

    reason: str


class PdfJob(NamedTuple):
    """Converts documents. ``scratch`` is a folder of the parent's that workers on its machine work in.

    ``pause`` is how many seconds a worker that cannot convert takes for a ticket: about as long as one that
    can, for who answers at once is given the work of all the others.
    """

    scratch: str
    pause: float = 2.0

    def prepare(self) -> Converter | Unable:
        """Start from the LibreOffice of the worker's machine; without one, say so for every ticket."""
        try:
            need_pdfium()
            soffice = find_soffice()
        except UsageError as error:
            return _unable(error.message)
        scratch = Path(self.scratch)
        return Converter(soffice, within=scratch if scratch.is_dir() else None)

    def perform(self, state: Converter | Unable, ticket: PdfTicket) -> Pdfs | Unable:
        """Convert the documents of a ticket; what cannot be converted is a problem, never an error."""
        if isinstance(state, Unable):
            return self._slowly(state)
        try:
            results = state.convert([sheet.content for sheet in ticket.sheets])
        except OSError as error:
            reason = _("LibreOffice cannot work there: {reason}.").format(reason=reason_of(error))
            return self._slowly(_unable(reason))
        return Pdfs(state.version, tuple(results))

    def _slowly(self, unable: Unable) -> Unable:
        time.sleep(self.pause)
        return unable


def _unable(reason: str) -> Unable:
    return Unable(f"{platform.node()}: {reason}")
