"""Estimates of how much room text takes, for plugins that lay out long tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from docsmith.model.dates import PartialDate
from docsmith.model.wording import pad_name

Row = TypeVar("Row")
_SHORT_NAME = 5


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A table column of a template: ``characters`` of full width fit in one of its lines."""

    characters: float

    def lines(self, text: str) -> int:
        """Return how many lines a text fills; an empty one counts as one."""
        rows = (max(1.0, -(-text_width(line) // self.characters)) for line in (text or "").split("\n"))
        return int(sum(rows))


def text_width(text: str) -> float:
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


@dataclass(frozen=True, slots=True)
class TablePages:
    """How much height (millimetres) the rows of a table find on its first page, and on each later one."""

    first: float
    later: float

    def of_rows(self, heights: Iterable[float]) -> list[int]:
        """Return the page, from 0, that each row will probably stand on.

        A group cell that runs over the end of a page shows its text on the first page only: a plugin cuts
        its groups where the page changes, and prints the name again with （续）.
        """
        pages, page, room = [], 0, self.first
        for height in heights:
            if height > room and room < (self.later if page else self.first):
                page, room = page + 1, self.later
            room -= height
            pages.append(page)
        return pages


def row_height(lines: int) -> float:
    """Return the height (millimetres) of a table row with so many lines of 五号 at 16 pt."""
    return max(9.0, lines * 16 * 25.4 / 72 + 1.1)


def empty_rows(heights: Iterable[float], room: float) -> int:
    """Return how many empty rows fill a page below a short list; none where the list fills it already.

    ``heights`` are those of the rows that there are, ``room`` what rows may take; both in millimetres.
    """
    return max(0, int((room - sum(heights)) // row_height(1)))


def date_lines(date: PartialDate) -> str:
    """Return a date for a narrow column: the year in the first line, month and day in the second."""
    return str(date).replace("年", "年\n", 1)


def name_lines(names: str) -> str:
    """Return names for a narrow column: one to a line, 张三 as 张　三, a long one broken after its ·."""
    lines = [pad_name(name) for name in re.split(r"[、，,；;\s]+", names) if name]
    return "\n".join(line if len(line) <= _SHORT_NAME else line.replace("·", "·\n") for line in lines)
