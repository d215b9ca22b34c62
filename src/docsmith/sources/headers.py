"""Where the header of a table stands, and which column each of its cells means."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from docsmith.model.columns import Column, Sheet
from docsmith.sources.keys import header_key
from docsmith.sources.tables import RawTable, letter_of

# A header may have a title, a unit line and hints above it; nobody writes forty lines of them.
_HEADER_WITHIN = 40

# A key of a header, and how well it names the column: 0 its title, then its name, then its synonyms.
Keys = Mapping[str, tuple[int, Column]]


@dataclass(frozen=True)
class Heading:
    """One cell of the header: its position from 0, its wording, and the column that it means, if any.

    ``rival`` is the column that it would mean if a better wording of it did not stand in the same header.
    """

    index: int
    text: str
    column: Column | None = None
    rival: Column | None = None


class Layout(NamedTuple):
    """The header of a table: its row from 0 (the data begin below), and what its cells mean."""

    row: int
    headings: tuple[Heading, ...]
    lacking: tuple[Column, ...]

    @property
    def matched(self) -> tuple[Column, ...]:
        """The columns that the header has."""
        return tuple(heading.column for heading in self.headings if heading.column)

    def index_of(self, name: str) -> int | None:
        """Return the position of a column, by its English name."""
        return next((h.index for h in self.headings if h.column and h.column.name == name), None)


@cache
def keys_of(sheet: Sheet) -> Keys:
    """Return what headers the columns of a sheet go by; a title goes before another column's synonym."""
    keys: dict[str, tuple[int, Column]] = {}
    for column in sheet.columns:
        for rank, text in enumerate((column.title, column.name, *column.synonyms)):
            key = column.name if text == column.name else header_key(text)
            if key not in keys or rank < keys[key][0]:
                keys[key] = (rank, column)
    return keys


def key_rows(table: RawTable) -> list[list[str]]:
    """Return the header keys of every cell of the rows that may be the header."""
    last = 1 if table.objects else _HEADER_WITHIN
    return [[cell_key(cell) for cell in row] for row in table.rows[:last]]


def cell_key(cell: Any) -> str:
    """Return the header key of a cell; an English name stands for itself, and what is no text for none."""
    if not isinstance(cell, str):
        return ""
    return cell if cell.isascii() and cell.islower() else header_key(cell) if len(cell) < 100 else ""


def lay_out(
    table: RawTable, sheet: Sheet, rows: Sequence[Sequence[str]], renames: Mapping[str, str]
) -> Layout | None:
    """Return the layout of a table as that sheet, or ``None`` if no row names a column.

    ``rows`` come from :func:`key_rows`; ``renames`` are the unit's own headers (key to column name).
    """
    keys = keys_of(sheet)
    if renames:
        keys = {**keys, **{key: (-1, sheet.column(name)) for key, name in renames.items()}}
    counts = [len({keys[key][1].name for key in row if key in keys}) for row in rows]
    if not any(counts):
        return None
    row = counts.index(max(counts))
    headings = _headings(table, row, rows[row], keys)
    found = {heading.column.name for heading in headings if heading.column}
    lacking = tuple(column for column in sheet.columns if column.required and column.name not in found)
    return Layout(row, headings, lacking)


def _headings(table: RawTable, row: int, cells: Sequence[str], keys: Keys) -> tuple[Heading, ...]:
    best: dict[str, tuple[int, int]] = {}
    for index, key in enumerate(cells):
        if key in keys:
            rank, column = keys[key]
            best[column.name] = min(best.get(column.name, (rank, index)), (rank, index))
    headings = []
    taken: set[str] = set()
    for index, key in enumerate(cells):
        meant = keys[key][1] if key in keys else None
        wins = meant is not None and best[meant.name][1] == index
        text = " ".join(str(table.rows[row][index] or "").split())
        if not wins:
            text = unique_title(text, index, taken)
            taken.add(text)
        headings.append(Heading(index, text, meant if wins else None, None if wins else meant))
    return tuple(headings)


def unique_title(text: str, index: int, taken: Collection[str]) -> str:
    """Return the name under which a column without a meaning is kept: its header, or its letter."""
    if not text:
        return untitled(index)
    return f"{text}（{letter_of(index)}列）" if text in taken else text


def untitled(index: int) -> str:
    """Return the name under which a column without any title is kept."""
    return f"{letter_of(index)}列"
