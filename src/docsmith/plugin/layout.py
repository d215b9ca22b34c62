"""Estimates of how much room text takes, for plugins that lay out long tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A table column of a template: ``characters`` of full width fit in one of its lines."""

    characters: float

    def lines(self, text: str) -> int:
        """Return how many lines a text fills; an empty one counts as one."""
        rows = (max(1.0, -(-_width(line) // self.characters)) for line in (text or "").split("\n"))
        return int(sum(rows))


def _width(text: str) -> float:
    """Return the width of text in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def table_lines(cells: Iterable[tuple[TextColumn, str]]) -> int:
    """Return how many lines the tallest cell of a row has."""
    return max(column.lines(text) for column, text in cells)


def split_tall(rows: Sequence[Row], lines: Sequence[int], page_lines: int) -> Iterator[Sequence[Row]]:
    """Cut the rows of a merged cell into stretches that each fit on a page.

    A merged cell taller than a page shows its text on the first page only; each stretch gets a cell of its
    own. ``lines`` are the heights of the rows. Rows that fit on one page come back as one stretch.
    """
    start, height = 0, 0
    for position, row_lines in enumerate(lines):
        if height and height + row_lines > page_lines:
            yield rows[start:position]
            start, height = position, 0
        height += row_lines
    yield rows[start:]
