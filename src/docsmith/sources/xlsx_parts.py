"""What the fast reader does not tell of an .xlsx: how far its sheets reach, and which cells are broken.

The reader allocates a sheet's whole rectangle at once, so that one cell at XFD1048576 would end the process;
and it returns nothing for ``#REF!`` and for a formula that no program has computed yet. Both stand in the
XML of the sheet (ECMA-376 part 1, 18.3.1.4 and 18.3.1.40), where they are found by searching for the few
places in question; the cells are not parsed a second time.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from docsmith.sources.detect import damaged
from docsmith.sources.tables import BrokenCell

Position = tuple[int, int]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT_MAIN = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
# References as the reader takes them: in either quotes and either case, on a row or on a cell. An attribute
# whose name only ends in r is taken for one at first: without a fixed start, the search took 7 times as long.
_WIDE = re.compile(rb"r\s*=\s*[\"']([A-Za-z]{2,3})\d")
_DEEP = re.compile(rb"r\s*=\s*[\"'][A-Za-z]{0,3}(\d{6,})[\"']")
_DEEPEST_UNSEEN = 99_999
_ANY_CELL = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})(\d+)[\"']")
# Only what is plainly empty: whatever else is odd counts as a cell.
_EMPTY_CELL = re.compile(
    rb"<(?:\w+:)?c(?:\s+[\w:]+=\"[^\"<]*\")*\s*(?:/>|>(?:<(?:\w+:)?v(?:/>|></(?:\w+:)?v>))?</(?:\w+:)?c>)"
)
_FORMULA_STARTS = (b"<f>", b"<f ", b":f>", b":f ")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?: [^>]*)?>([^<]*)")
_ERROR = re.compile(rb"<(?:\w+:)?c\b[^>]*?\bt=\"e\"[^>]*>")
_CELL_START = re.compile(rb"<(?:\w+:)?c\b[^>]*>")
_REFERENCE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_LONGEST_START = 400


def sheet_parts(archive: zipfile.ZipFile, name: str) -> Mapping[str, bytes]:
    """Return the XML of each worksheet by the sheet's name; raises :class:`SourceError` if it is damaged."""
    try:
        targets = {
            element.get("Id"): element.get("Target", "")
            for element in _parse(archive, "xl/_rels/workbook.xml.rels", name)
        }
        parts = {}
        for element in _parse(archive, "xl/workbook.xml", name).iter():
            if element.tag not in (f"{_MAIN}sheet", f"{_STRICT_MAIN}sheet"):
                continue
            relation = next((v for k, v in element.items() if k.endswith("}id")), "")
            path = posixpath.normpath(posixpath.join("/xl", targets.get(relation, ""))).lstrip("/")
            parts[element.get("name", "")] = archive.read(path) if path in archive.namelist() else b""
    except (ET.ParseError, KeyError):
        raise damaged(name) from None
    return parts


def _parse(archive: zipfile.ZipFile, path: str, name: str) -> ET.Element:
    data = archive.read(path)
    # OOXML has no document types (ECMA-376 part 2, 8.1.4); without one no entity can be declared.
    if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data:
        raise damaged(name)
    return ET.fromstring(data)  # noqa: S314 - no document type, so no entities


def extent(xml: bytes, enough: int) -> tuple[int, int]:
    """Return how many rows and columns a sheet reaches over.

    Where a rough count gives more than ``enough`` cells, those that only have a format are left out.
    """
    height = max(map(int, _DEEP.findall(xml)), default=_DEEPEST_UNSEEN)
    width = max((column_of(letters) + 1 for letters in set(_WIDE.findall(xml))), default=26)
    if height * width <= enough:
        return height, width
    filled = _ANY_CELL.findall(_EMPTY_CELL.sub(b"", xml))
    if not filled:
        return 0, 0
    columns = [column_of(letters) for letters, _row in filled]
    rows = [int(row) for _letters, row in filled]
    return max(rows) - min(rows) + 1, max(columns) - min(columns) + 1


def column_of(letters: bytes) -> int:
    """Return the number of a column from 0: ``A`` is 0, ``AA`` is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def broken_cells(xml: bytes) -> Mapping[Position, BrokenCell]:
    """Return the cells (row and column from 0) that hold an error, or a formula without its result."""
    return dict((*_uncomputed(xml), *_errors(xml)))


def _errors(xml: bytes) -> Iterator[tuple[Position, BrokenCell]]:
    if b't="e"' not in xml:
        return
    for start in _ERROR.finditer(xml):
        position = _position(start[0])
        value = _VALUE.search(xml, start.end(), start.end() + 2000)
        if position and value:
            yield position, BrokenCell(value[1].decode("ascii", "replace"))


def _uncomputed(xml: bytes) -> Iterator[tuple[Position, BrokenCell]]:
    if not any(start in xml for start in _FORMULA_STARTS):
        return
    for formula in _FORMULA.finditer(xml):
        before = xml[max(0, formula.start() - _LONGEST_START) : formula.start()]
        start = next(reversed([*_CELL_START.finditer(before)]), None)
        end = xml.find(b"</c>", formula.start())
        if start is None or b't="str"' in start[0]:  # a formula may well give an empty text
            continue
        value = _VALUE.search(xml, formula.start(), end if end >= 0 else formula.start() + 10_000)
        position = _position(start[0])
        if position and not (value and value[1]):
            from html import unescape  # its table of 2,231 entities is for the rare workbook

            text = unescape(formula[1].decode("utf-8", "replace"))
            yield position, BrokenCell(f"={text}", computed=False)


def _position(start: bytes) -> Position | None:
    reference = _REFERENCE.search(start)
    return (int(reference[2]) - 1, column_of(reference[1])) if reference else None
