"""Estimates of how much room text takes, for plugins that lay out long tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from docsmith.model.dates import PartialDate
from docsmith.model.wording import pad_name
from docsmith.plugin.kit.line_breaking import count_lines

_SHORT_NAME = 5
# Millimetres: a line of 16 pt, the room above and below the text of a cell, the line between two rows.
_LINE, _PADDING, _BORDER = 16 * 25.4 / 72, 1.1, 0.2


class TextColumn(NamedTuple):
    """A table column of a template: ``characters`` of full width fit in one of its lines."""

    characters: float

    def lines(self, text: str) -> int:
        """Return how many lines a text fills; an empty one counts as one."""
        return count_lines(text, self.characters)


def table_lines(cells: Iterable[tuple[TextColumn, str]]) -> int:
    """Return how many lines the tallest cell of a row has."""
    most = 1
    for column, text in cells:
        # As in TextColumn.lines; nearly all cells of a form are short, and there are many.
        if len(text) > column.characters or "\n" in text:
            most = max(most, column.lines(text))
    return most


class TablePages(NamedTuple):
    """How much height (millimetres) the rows of a table find on its first page, and on each later one.

    The last ``kept`` rows stand on one page with what comes below them, which is ``below`` millimetres high.
    """

    first: float
    later: float
    kept: int = 0
    below: float = 0

    def of_rows(self, heights: Sequence[float]) -> list[int]:
        """Return the page, from 0, that each row will probably stand on.

        A row that is taller than a page goes on over it.
        """
        start = max(0, len(heights) - self.kept)
        end = sum(heights[start:]) + self.below
        if start == len(heights) or end > self.later:
            return self._placed(heights)
        *pages, last = self._placed([*heights[:start], end])
        return pages + [last] * (len(heights) - start)

    def _placed(self, heights: Iterable[float]) -> list[int]:
        pages = []
        page, room = 0, self.first
        for height in heights:
            if height > room and room < (self.later if page else self.first):
                page, room = page + 1, self.later
            room -= height
            pages.append(page)
        return pages


def row_height(lines: int) -> float:
    """Return the height (millimetres) of a table row with so many lines of 五号 at 16 pt."""
    return max(9.0, lines * _LINE + _PADDING) + _BORDER


def empty_rows(heights: Iterable[float], room: float) -> int:
    """Return how many empty rows fill a page below a short list; none where the list fills it already.

    ``heights`` are those of the rows that there are, ``room`` what rows may take; both in millimetres.
    """
    return max(0, int((room - sum(heights)) // row_height(1)))


def date_lines(date: PartialDate) -> str:
    """Return a date for a narrow column: the year in the first line, month and day in the second."""
    return str(date).replace("年", "年\n", 1)


def name_lines(names: str) -> str:
    """Return names for a narrow column: one to a line, 张三 as 张　三, a long one broken after its ·.

    One with a part that needs more than a line breaks where it must: it takes fewer lines so.
    """
    return "\n".join(_name_lines(pad_name(name)) for name in re.split(r"[、，,；;\s]+", names) if name)


def _name_lines(name: str) -> str:
    broken = name.replace("·", "·\n")
    if len(name) <= _SHORT_NAME or max(map(len, broken.split("\n"))) > _SHORT_NAME:
        return name
    return broken
