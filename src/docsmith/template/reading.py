"""A finished .docx, read as a person reads it: without what is deleted, and copies for old readers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docsmith.model.written import Cell, Paragraph, Table, WrittenDocument
from docsmith.template.package.oxml import (
    CELL,
    PARAGRAPH,
    ROW,
    TABLE,
    TEXT,
    TEXT_BOX,
    Element,
    nearest,
    parse_part,
    w,
)
from docsmith.template.package.reading import read_package

_MAIN = "word/document.xml"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SKIPPED = frozenset((w("del"), w("moveFrom"), w("rPr"), w("pPr"), f"{{{_COMPATIBILITY}}}Fallback", TEXT_BOX))
_SPACING = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}


def read_document(data: bytes, name: str = "") -> WrittenDocument:
    """Return what a .docx says; ``name`` stands for it in errors.

    Raises :class:`docsmith.errors.TemplateError` for what is no .docx.
    """
    parts = read_package(data, name)
    styles = _style_names(parts)
    body = parse_part(_MAIN, parts[_MAIN])[0]
    return WrittenDocument(
        tuple(_blocks(body, styles)),
        tuple(_margin_texts(parts, "header")),
        tuple(_margin_texts(parts, "footer")),
    )


def _style_names(parts: Mapping[str, bytes]) -> Mapping[str, str]:
    """Return the names of the styles by their ids: Word keeps the names, and makes up the ids."""
    if "word/styles.xml" not in parts:
        return {}
    root = parse_part("word/styles.xml", parts["word/styles.xml"])
    found = ((style, style.find(w("name"))) for style in root.iter(w("style")))
    return {
        str(style.get(w("styleId"))): str(name.get(w("val"))) for style, name in found if name is not None
    }


def _margin_texts(parts: Mapping[str, bytes], kind: str) -> Iterator[str]:
    """Yield what each header or footer says that says something, in the order of their parts."""
    for name in sorted(parts):
        if re.fullmatch(rf"word/{kind}\d*\.xml", name):
            blocks = _blocks(parse_part(name, parts[name]), {})
            if text := WrittenDocument(tuple(blocks)).text.strip():
                yield text


def _blocks(container: Element, styles: Mapping[str, str]) -> Iterator[Paragraph | Table]:
    for child in container:
        if child.tag == PARAGRAPH:
            yield _paragraph(child, styles)
            for box in _text_boxes(child):
                yield from _blocks(box, styles)
        elif child.tag == TABLE:
            yield Table(tuple(_row(row, styles) for row in nearest(child, ROW, TABLE)))
        elif child.tag not in _SKIPPED:  # content controls, and marks around several paragraphs
            yield from _blocks(child, styles)


def _paragraph(element: Element, styles: Mapping[str, str]) -> Paragraph:
    style = element.find(f"{w('pPr')}/{w('pStyle')}")
    known = "" if style is None else str(style.get(w("val")))
    return Paragraph("".join(_texts(element)), styles.get(known, known))


def _texts(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == TEXT:
            yield child.text or ""
        elif child.tag in _SPACING:
            yield _SPACING[child.tag]
        elif child.tag not in _SKIPPED:
            yield from _texts(child)


def _text_boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == TEXT_BOX:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _text_boxes(child)


def _row(row: Element, styles: Mapping[str, str]) -> tuple[Cell, ...]:
    return tuple(_cell(cell, styles) for cell in nearest(row, CELL, TABLE))


def _cell(cell: Element, styles: Mapping[str, str]) -> Cell:
    properties = cell.find(w("tcPr"))
    span = merge = None
    if properties is not None:
        span, merge = properties.find(w("gridSpan")), properties.find(w("vMerge"))
    return Cell(
        WrittenDocument(tuple(_blocks(cell, styles))).text,
        1 if span is None else int(str(span.get(w("val")))),
        merge is not None and merge.get(w("val")) != "restart",
    )
