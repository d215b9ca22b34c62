"""The columns of a table whose rows depend on the data, counted while the table is written.

What cannot be known before the last row is written is left open (:class:`Hole`) and filled in at the end.
How wide columns become is said in :mod:`docsmith.template.mending.grid`, which does the same to a parsed
table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from docsmith.template.limits import MAX_COLUMNS


class Detour(Exception):  # noqa: N818  # no error: the document is made by the slower way
    """What this rendering needs can only be done to the parsed document."""


class Hole:
    """A place in what was written that is filled in later."""

    __slots__ = ("written",)

    def __init__(self, written: bytes) -> None:
        self.written = written

    def __len__(self) -> int:
        return len(self.written)

    def filled(self, _before: bytes) -> bytes:
        """Return what stands here; ``before`` is what was written last before it."""
        return self.written


class LastParagraph(Hole):
    """The end of a cell, text box, header or note, which Word refuses without a last paragraph."""

    def __init__(self) -> None:
        super().__init__(b"")

    def filled(self, before: bytes) -> bytes:
        """Return a paragraph unless one, or a content control, was written just before."""
        return b"" if before.endswith((b"</w:p>", b"</w:sdt>")) else b"<w:p></w:p>"


class _Cell:
    __slots__ = ("hole", "span", "width")

    def __init__(self) -> None:
        self.span = 1
        self.hole: Hole | None = None
        self.width = 0


class _Row(NamedTuple):
    before: int
    after: int
    cells: list[_Cell]

    @property
    def width(self) -> int:
        return self.before + sum(cell.span for cell in self.cells) + self.after


class Columns:
    """One table while it is written: its rows so far, and the cell that is open."""

    def __init__(self) -> None:
        self.grid: Hole | None = None
        self.widths: tuple[int, ...] = ()
        self.cell = _Cell()
        self._cells: list[_Cell] = []
        self._rows: list[_Row] = []

    def end_cell(self) -> None:
        """Take the cell that is open into its row."""
        self._cells.append(self.cell)
        self.cell = _Cell()

    def end_row(self, before: int, after: int) -> None:
        """Take the row that is open into the table, with the columns that it skips.

        Raises :class:`Detour` for a row without cells, which has to be taken out.
        """
        if not self._cells:
            raise Detour
        self._rows.append(_Row(before, after, self._cells))
        self._cells = []

    def end(self, table_width: int) -> None:
        """Make grid and cells agree; ``table_width`` is 0 where the table does not state it.

        A single column may be all that :mod:`docsmith.template.dialect.columns` has left of the grid.
        Raises :class:`Detour` for a table without rows.
        """
        if not self._rows:
            raise Detour
        columns = max(row.width for row in self._rows)
        total = sum(self.widths)
        if self.grid is None or 1 < columns == len(self.widths) or columns > MAX_COLUMNS or not total:
            return
        widths = shared_out(next(self._full_rows(columns), [1] * columns), table_width or total)
        self.grid.written = b"".join(b'<w:gridCol w:w="%d"/>' % width for width in widths)
        for row in self._rows:
            position = row.before
            for cell in row.cells:
                if cell.hole:
                    width = sum(widths[position : position + cell.span])
                    cell.hole.written = b'<w:tcW w:w="%d" w:type="dxa"/>' % width
                position += cell.span

    def _full_rows(self, columns: int) -> Iterator[list[int]]:
        for row in self._rows:
            widths = [cell.width for cell in row.cells]
            if len(widths) == columns and all(widths):
                yield widths


def shared_out(widths: Sequence[int], total: int) -> list[int]:
    """Return widths in the same proportions that add up to ``total`` exactly."""
    together = sum(widths)
    ends = [round(end * total / together) for end in accumulate(widths)]
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]
