"""Real pages: documents drawn by LibreOffice, for tests of what only a page can show."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest

needs_pages = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed, so no page can be drawn"
)


def pages_of(documents: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """Return the text of each page of some .docx files, lines in the order of the page."""
    sources = [folder / f"{name}.docx" for name in documents]
    for source, content in zip(sources, documents.values(), strict=True):
        source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *map(str, sources),
        ],
        capture_output=True,
        timeout=180,
        check=True,
    )
    return {source.stem: _texts(source.with_suffix(".pdf")) for source in sources}


def page_texts(document: bytes, folder: Path) -> list[str]:
    """Return the text of each page of one .docx."""
    return pages_of({"document": document}, folder)["document"]


def _texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]
