"""PDFs as pdfium sees them: how many pages there are."""

from __future__ import annotations

from importlib.util import find_spec

from docsmith._i18n import gettext as _
from docsmith.errors import UsageError


def need_pdfium() -> None:
    """Raise :class:`UsageError`, with what to install, where the library that reads PDFs is missing."""
    if find_spec("pypdfium2") is None:
        raise UsageError(
            _("A part of docsmith that PDFs need is not installed: pypdfium2."),
            hint=_("Install it with: {command}").format(command='pip install "docsmith-forms[pdf]"'),
        )


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a PDF; 0 for what is none, is encrypted or was cut off."""
    import pypdfium2  # 60 ms, and only for PDFs

    if not pdf.startswith(b"%PDF-") or b"%%EOF" not in pdf[-1024:]:
        return 0
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0
