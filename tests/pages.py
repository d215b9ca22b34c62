"""Real pages: a document drawn by LibreOffice, for tests of what only a page can show."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

needs_pages = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed, so no page can be drawn"
)


def page_texts(document: bytes, folder: Path) -> list[str]:
    """Return the text of each page of a .docx, lines in the order of the page."""
    source = folder / "document.docx"
    source.write_bytes(document)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)],
        capture_output=True,
        timeout=180,
        check=True,
    )
    with pypdfium2.PdfDocument(folder / "document.pdf") as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]
