"""Documents and programs to convert them with: good ones, broken ones, and ones that are made to harm."""

from __future__ import annotations

import io
import shutil
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from docsmith.pdf.soffice import Soffice

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed, so no PDF can be made"
)
_ARTICLE = Path(__file__).parents[2] / "templates" / "year-end-summary" / "template.docx"
_PICTURE = """
<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:r><w:drawing>
<wp:inline><wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="p"/><a:graphic>
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>
<pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:link="{}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>
"""
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def document(text: str = "正文", pages: int = 1) -> bytes:
    """Return a .docx whose pages begin with the text and their number."""
    word = Document()
    for number in range(1, pages + 1):
        word.add_paragraph(f"{text}{number}")
        if number < pages:
            word.add_page_break()
    return _saved(word)


def pressed_together(paragraphs: Iterable[str]) -> bytes:
    """Return an official article whose characters stand a quarter of a point closer than they are wide."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:rPr>'
        f'<w:w w:val="100"/><w:spacing w:val="-5"/>'
        f"</w:rPr><w:t>{text}</w:t></w:r></w:p>"
        for text in paragraphs
    )
    made = io.BytesIO()
    with zipfile.ZipFile(_ARTICLE) as article, zipfile.ZipFile(made, "w") as archive:
        for name in article.namelist():
            data = article.read(name)
            if name == "word/document.xml":
                head, _body, rest = data.decode().partition("<w:body>")
                section = rest[rest.rindex("<w:sectPr") :]
                data = f"{head}<w:body>{body}{section}".encode()
            archive.writestr(name, data)
    return made.getvalue()


def linking_to(target: str) -> bytes:
    """Return a .docx with a picture that is somewhere else."""
    from docx.oxml import parse_xml

    word = Document()
    word.add_paragraph("链接")
    link = word.part.relate_to(target, _IMAGE, is_external=True)
    word.element.body.insert(0, parse_xml(_PICTURE.format(link)))
    return _saved(word)


def red_picture() -> bytes:
    """Return a PNG of 64 × 64 red dots."""
    rows = zlib.compress((b"\x00" + b"\xff\x00\x00" * 64) * 64)
    chunks = {b"IHDR": struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0), b"IDAT": rows, b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks.items()
    )


def damaged() -> bytes:
    """Return a .docx that passes for one, with a body that is no XML."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document())) as good, zipfile.ZipFile(target, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, b"<w:document" if name == "word/document.xml" else good.read(name))
    return target.getvalue()


def pdf(pages: int = 1, width: float = 595) -> bytes:
    """Return a PDF of empty pages."""
    target = io.BytesIO()
    with pypdfium2.PdfDocument.new() as made:
        for _number in range(pages):
            made.new_page(width, 842).close()
        made.save(target)
    return target.getvalue()


def fake_soffice(folder: Path, body: str) -> Soffice:
    """Return a program that does with ``sources`` and ``out`` (paths) what ``body`` (Python) says."""
    program = folder / "soffice"
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, shutil, subprocess, sys, time\n"
        "from pathlib import Path\n"
        "if '--version' in sys.argv:\n"
        "    sys.exit(print('LibreOffice 9.9.9.9 fake'))\n"
        "out = Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        "sources = [Path(name) for name in sys.argv if name.endswith('.docx')]\n"
        f"good = {pdf()!r}\n"
        f"{body}\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return Soffice(program, "LibreOffice 9.9.9.9")


def _saved(word: Document) -> bytes:  # type: ignore[valid-type]
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()
