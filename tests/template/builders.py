"""Small templates, made with python-docx, and what tests look at in the documents made from them."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from docx import Document
from lxml import etree

from docsmith.template import Properties, Rendered, Template
from tests.beside import SHARED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VALIDATOR = SHARED / "tools" / "validate_docx.py"
_validator: list[ModuleType] = []


def docx(*blocks: str | Sequence[Sequence[str]], header: str = "", footer: str = "") -> bytes:
    """Return a .docx whose paragraphs are the texts, and whose tables are the lists of rows.

    A blank line in the text of a cell begins a new paragraph.
    """
    document = Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=len(block), cols=max(map(len, block)))
        for row, texts in zip(table.rows, block):
            for cell, text in zip(row.cells, texts):
                cell.text, *others = text.split("\n\n")
                for paragraph in others:
                    cell.add_paragraph(paragraph)
    section = document.sections[0]
    if header:
        section.header.paragraphs[0].text = header
    if footer:
        section.footer.paragraphs[0].text = footer
    return saved(document)


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def repacked(data: bytes, changes: Mapping[str, bytes | None], *, stored: bool = False) -> bytes:
    """Return a package in which parts are replaced, added, or (``None``) taken out; deflated or stored."""
    stream = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", method) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def part(data: bytes, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def with_body_xml(data: bytes, xml: str) -> bytes:
    """Return the package with some XML at the start of the body; ``w:`` and ``wp:`` are bound there."""
    body = part(data).decode()
    assert "<w:body>" in body
    return repacked(data, {"word/document.xml": body.replace("<w:body>", f"<w:body>{xml}", 1).encode()})


def render(data: bytes, context: Mapping[str, Any] | None = None) -> Rendered:
    """Render and check the structure of what comes out."""
    rendered = Template.open(data, "t.docx").make(context or {}, Properties(title="标题"))
    check_structure(rendered.data)
    return rendered


def text_of(paragraph: etree._Element) -> str:
    """Return the text of a paragraph; breaks and tabs are characters."""
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    runs = paragraph.iter(f"{W}t", *signs)
    return "".join(signs.get(element.tag) or element.text or "" for element in runs)


def texts(data: bytes, name: str = "word/document.xml") -> list[str]:
    """Return the text of every paragraph of a part."""
    return [text_of(paragraph) for paragraph in etree.fromstring(part(data, name)).iter(f"{W}p")]


def rows(data: bytes, table: int = 0) -> list[list[str]]:
    """Return the texts of the cells of a table."""
    tables = list(etree.fromstring(part(data)).iter(f"{W}tbl"))
    return [
        ["\n".join(text_of(paragraph) for paragraph in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")]
        for row in tables[table].iter(f"{W}tr")
    ]


def check_structure(data: bytes) -> None:
    """Fail unless every part parses, cells end with paragraphs, grids fit and ids are unique."""
    ids: Counter[tuple[str, str | None]] = Counter()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(package.read(name))
            ids.update(("docPr", element.get("id")) for element in root.iter(f"{WP}docPr"))
            ids.update(("bookmark", element.get(f"{W}id")) for element in root.iter(f"{W}bookmarkStart"))
            ids.update(("name", element.get(f"{W}name")) for element in root.iter(f"{W}bookmarkStart"))
            ids.update(("sdt", element.get(f"{W}val")) for element in root.iterfind(f".//{W}sdtPr/{W}id"))
            _check_tables(root)
    assert [identity for identity, number in ids.items() if number > 1] == []
    _check_with_validator(data)


def _check_tables(root: etree._Element) -> None:
    for cell in root.iter(f"{W}tc"):
        assert cell[-1].tag in (f"{W}p", f"{W}sdt")
    for table in root.iter(f"{W}tbl"):
        widths = set()
        for row in table.iterchildren(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iterchildren(f"{W}tc")]
            widths.add(sum(1 if span is None else int(span.get(f"{W}val", "1")) for span in spans))
        assert widths, "a table without rows"
        assert max(widths) == len(table.findall(f"{W}tblGrid/{W}gridCol"))


def _check_with_validator(data: bytes) -> None:
    """Ask the validator beside the checkout; a test of the dialect says so where there is none."""
    if not VALIDATOR.is_file():
        return
    if not _validator:
        specification = importlib.util.spec_from_file_location("validate_docx", VALIDATOR)
        assert specification is not None
        assert specification.loader is not None
        module = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(module)
        _validator.append(module)
    errors = [finding for finding in _validator[0].validate(data) if finding.level.lower() == "error"]
    assert errors == []
