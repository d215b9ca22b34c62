"""A table as a file holds it: rows of cells that know where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from docsmith.model.findings import Place


class BrokenCell(NamedTuple):
    """A cell without a value that anybody can read.

    In a file that is ``#REF!``, or a formula that was never computed; in a database, ``binary`` data.
    """

    text: str
    computed: bool = True
    binary: bool = False


class RawTable(NamedTuple):
    """One sheet of a workbook, one csv, or one list of objects.

    ``rows`` are of one length each table and begin at the sheet's first row and column, whatever is empty
    there. An objects' table has its keys as its first row, and the cells of its places are ``3.born_on``:
    the third object's key. ``known_as`` is the sheet's English name where the file says it. ``extras`` are
    the objects' own ``extra``, by row. ``separated`` marks a csv, in which a comma too many shifts a row.
    """

    file: str
    sheet: str
    rows: Sequence[Sequence[Any]]
    objects: bool = False
    known_as: str = ""
    hidden: bool = False
    separated: bool = False
    extras: Mapping[int, Mapping[str, str]] = MappingProxyType({})

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell, both counted from 0."""
        keys = self.rows[0] if self.objects and self.rows else ()
        return Place(self.file, self.sheet, cell_name(row, column, keys if self.objects else None))

    def whole(self) -> Place:
        """Return the place of the table itself."""
        return Place(self.file, self.sheet)


def cell_name(row: int, column: int, keys: Sequence[Any] | None) -> str:
    """Return the name of a cell, both counted from 0: ``D5``, or ``4.born_on`` where objects have keys."""
    if keys is None:
        return f"{letter_of(column)}{row + 1}"
    return f"{row}.{keys[column] if column < len(keys) else ''}"


def letter_of(column: int) -> str:
    """Return the letters of a column counted from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def is_empty(cell: object) -> bool:
    """Tell whether a cell holds nothing but blanks."""
    return cell is None or cell == "" or (isinstance(cell, str) and not cell.strip())


def first_filled(row: Sequence[Any]) -> int:
    """Return the position of the first cell that holds anything; raises ``StopIteration`` for none."""
    return next(index for index, cell in enumerate(row) if not is_empty(cell))
