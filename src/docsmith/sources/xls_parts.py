"""What the fast reader does not tell of an .xls: whether it is safe to read, and which cells are broken.

The reader believes the sizes that a damaged or hostile file states, and asks for that much memory, which
ends the process; and it returns nothing for ``#REF!``. So the records (MS-XLS 2.4) are walked through once.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from docsmith.sources.compound import CompoundFile
from docsmith.sources.detect import damaged, encrypted
from docsmith.sources.tables import BrokenCell

MAX_ROWS, MAX_COLUMNS = 65_536, 256

_BOUND_SHEET, _FILE_PASS, _DIMENSIONS = 0x85, 0x2F, 0x200
_FORMULA, _BOOL_OR_ERROR = 0x06, 0x205
# Formula, number, RK, text, boolean, blank, and several of them in one: all begin with row and column.
_CELLS = frozenset({_FORMULA, _BOOL_OR_ERROR, 0x203, 0x27E, 0xFD, 0x204, 0xD6, 0x201, 0xBD, 0xBE})
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

Broken = dict[tuple[int, int], BrokenCell]


def broken_cells(data: bytes, name: str) -> Mapping[str, Broken]:
    """Return the cells of each sheet that hold an error, by row and column from 0.

    Raises :class:`docsmith.errors.SourceError` for a file that is encrypted, or states what cannot be.
    """
    try:
        return _walk(CompoundFile(data).stream("Workbook", "Book"), name)
    except (ValueError, struct.error, IndexError):
        raise damaged(name) from None


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield the position, the type and the content of each record."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            raise ValueError("record breaks off")
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _walk(stream: bytes, name: str) -> Mapping[str, Broken]:
    sheets: dict[int, str] = {}
    broken: dict[str, Broken] = {}
    current = ""
    for at, kind, content in _records(stream):
        current = sheets.get(at, current)
        if kind == _FILE_PASS:
            raise encrypted(name)
        if kind == _BOUND_SHEET:
            sheets[struct.unpack_from("<I", content)[0]] = _sheet_name(content)
        elif kind == _DIMENSIONS:
            _check_dimensions(content)
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", content)
            if column >= MAX_COLUMNS:
                raise ValueError("column")
            if error := _error(kind, content):
                broken.setdefault(current, {})[row, column] = BrokenCell(error)
    return broken


def _check_dimensions(content: bytes) -> None:
    """Refuse a range that no sheet has (MS-XLS 2.4.90; before Excel 97 rows took two bytes)."""
    shape = "<IIHH" if len(content) >= 14 else "<HHHH"
    first_row, last_row, first_column, last_column = struct.unpack_from(shape, content)
    if not (first_row <= last_row <= MAX_ROWS and first_column <= last_column <= MAX_COLUMNS):
        raise ValueError("dimensions")


def _sheet_name(content: bytes) -> str:
    length, wide = content[6], content[7] & 1
    text = content[8 : 8 + length * (1 + wide)]
    return text.decode("utf-16-le" if wide else "latin-1", "replace")


def _error(kind: int, content: bytes) -> str:
    """Return the error that a cell shows, or an empty text (MS-XLS 2.5.10 and 2.5.133)."""
    if kind == _BOOL_OR_ERROR and content[7]:
        return _ERRORS.get(content[6], "#N/A")
    if kind == _FORMULA and content[12:14] == b"\xff\xff" and content[6] == 2:
        return _ERRORS.get(content[8], "#N/A")
    return ""
