"""Rows of a database as binding takes them: each row is named by its key, ``id=5``, and not by a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from docsmith.model.columns import Sheet
from docsmith.model.findings import Finding, Place
from docsmith.sources.binding import report_lacking
from docsmith.sources.database.tables import StoredTable
from docsmith.sources.forms import Form
from docsmith.sources.notes import Notes
from docsmith.sources.tables import RawTable

_PATTERN = "{key} {letter}"


class KeyedTable(NamedTuple):
    """A table of a database as binding asks of it: where things stand, and what its header lacks.

    ``keys`` name the rows in hand, counted from 1 as objects below their header are. The place of a
    cell is ``id=5 born_on``, so that one SELECT finds it.
    """

    file: str
    sheet: str
    form: Form
    lacking: Finding | None
    keys: list[str]

    @classmethod
    def of(cls, stored: StoredTable, sheet: Sheet, file: str, notes: Notes) -> KeyedTable:
        """Return a table without rows; required columns that it lacks are noted."""
        assert stored.layout is not None  # noqa: S101 - only that of the unit has none
        header = RawTable(file, stored.name, [stored.titles], objects=True)
        form = Form.of(header, sheet, stored.layout)
        return cls(file, stored.name, form, report_lacking(header, form, notes), [""])

    def holding(self, keys: Iterable[str]) -> KeyedTable:
        """Return the table with rows that these keys name."""
        return self._replace(keys=["", *keys])

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell, both counted from 0."""
        return Place(self.file, self.sheet, f"{self.keys[row]} {self.form.titles[column]}")

    def row_name(self, row: int) -> str:
        """Return the key of a row."""
        return self.keys[row]

    def row_places(self, rows: Sequence[int], letters: Mapping[str, str]) -> Iterable[tuple[Any, ...]]:
        """Return where the records of rows come from; ``letters`` are those of the form."""
        keys = [self.keys[row] for row in rows]
        return zip(repeat(self.file), repeat(self.sheet), rows, repeat(letters), repeat(_PATTERN), keys)

    def heading_place(self, column: int) -> Place:
        """Return the place of a column itself."""
        return Place(self.file, self.sheet, str(self.form.titles[column]))
