"""How a table is read, apart from its rows: small, picklable, and shared by all tables of one shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from docsmith.model.columns import Sheet
from docsmith.model.findings import Finding, Place
from docsmith.model.rows import RowPlace
from docsmith.sources.headers import Layout
from docsmith.sources.tables import RawTable, cell_name, letter_of


class Form(NamedTuple):
    """The sheet that tables of one shape are, their header, and the rows down to it as they were given.

    ``objects`` and ``separated`` are those of :class:`docsmith.sources.tables.RawTable`.
    """

    sheet: Sheet
    layout: Layout
    top: tuple[tuple[Any, ...], ...]
    objects: bool = False
    separated: bool = False

    @classmethod
    def of(cls, table: RawTable, sheet: Sheet, layout: Layout) -> Form:
        """Return the form of a table."""
        top = tuple(map(tuple, table.rows[: layout.row + 1]))
        return cls(sheet, layout, top, table.objects, table.separated)

    @property
    def titles(self) -> tuple[Any, ...]:
        """The cells of the header."""
        return self.top[self.layout.row]

    @property
    def meaning(self) -> tuple[object, ...]:
        """What decides on how data rows are read."""
        means = tuple((h.text, h.column.name if h.column else "") for h in self.layout.headings)
        return self.sheet.name, means, self.objects, self.separated

    @property
    def letters(self) -> dict[str, str]:
        """What names a column in a place: its letter, or the objects' key, by the English name."""
        return {
            heading.column.name: str(self.titles[heading.index]) if self.objects else letter_of(heading.index)
            for heading in self.layout.headings
            if heading.column
        }


class TableOfForm(Protocol):
    """A table without its rows: where it stands, its form, and what is said if its header lacks a column."""

    @property
    def file(self) -> str:
        """What findings call the file, or the database."""
        ...

    @property
    def sheet(self) -> str:
        """What findings call the table."""
        ...

    @property
    def form(self) -> Form:
        """How its rows are read."""
        ...

    @property
    def lacking(self) -> Finding | None:
        """The finding that stops all its rows."""
        ...

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell: the row as the source numbers it, the column from 0."""
        ...

    def row_name(self, row: int) -> int | str:
        """Return what names a row in places."""
        ...

    def row_places(self, rows: Sequence[int], letters: Mapping[str, str]) -> Iterable[tuple[Any, ...]]:
        """Return where the records of rows come from; ``letters`` are those of the form."""
        ...


class FormedTable(NamedTuple):
    """A table of a file; see :class:`TableOfForm`."""

    file: str
    sheet: str
    form: Form
    lacking: Finding | None = None

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell, both counted from 0."""
        keys = self.form.titles if self.form.objects else None
        return Place(self.file, self.sheet, cell_name(row, column, keys))

    def row_name(self, row: int) -> int:
        """Return the number of a row (from 0) as places say it: from 1 in a table."""
        return row if self.form.objects else row + 1

    def row_places(self, rows: Sequence[int], letters: Mapping[str, str]) -> Iterable[RowPlace]:
        """Return where the records of rows (from 0) come from; ``letters`` are those of the form."""
        if self.form.objects:
            return [RowPlace(self.file, self.sheet, row, letters, "{row}.{letter}") for row in rows]
        return [RowPlace(self.file, self.sheet, row + 1, letters) for row in rows]


class Forms:
    """The forms of a source, each once: the workbooks of a folder mostly have one header."""

    def __init__(self) -> None:
        self._known: dict[str, Form] = {}

    def of(self, table: RawTable, sheet: Sheet, layout: Layout) -> Form:
        """Return the form of a table, the same object for tables of one shape."""
        form = Form.of(table, sheet, layout)
        return self._known.setdefault(repr((form.meaning, form.top)), form)
