"""What is known of a table before it is filled: its grid, and which rows and cells every document has."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field


@dataclass(slots=True)
class CellLayout:
    """A cell of the template; ``span`` is ``None`` if a value decides it, ``fixed`` if every row has it."""

    fixed: bool
    span: int | None = 1


@dataclass(slots=True)
class RowLayout:
    """A row of the template; ``fixed`` if every document has it.

    ``before`` and ``after`` are the grid columns that it leaves out at its beginning and at its end.
    """

    fixed: bool
    before: int = 0
    after: int = 0
    cells: dict[Hashable, CellLayout] = field(default_factory=dict)

    @property
    def width(self) -> int | None:
        """How many grid columns the row takes; ``None`` if values decide it, or whether it has a cell."""
        spans = [cell.span for cell in self.cells.values() if cell.fixed and cell.span]
        known = 0 < len(spans) == len(self.cells)
        return self.before + sum(spans) + self.after if known else None


@dataclass(slots=True)
class TableLayout:
    """A table of the template; ``grid`` are the widths of its columns, ``None`` where values decide them."""

    grid: list[str] | None = None
    has_grid: bool = False
    width: str = ""
    rows: dict[Hashable, RowLayout] = field(default_factory=dict)

    @property
    def steady(self) -> bool:
        """Whether the grid fits the rows of every document, and no row or table can come out empty."""
        widths = [(row.fixed, row.width) for row in self.rows.values()]
        fixed = [width for always, width in widths if always and width is not None]
        if not fixed or any(width is None for _always, width in widths):
            return False
        widest = max(width or 0 for _always, width in widths)
        fits = not self.has_grid or (self.grid is not None and len(self.grid) == widest)
        return fits and max(fixed) == widest
