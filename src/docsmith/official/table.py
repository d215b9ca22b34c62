"""Tables as forms have them: fixed widths, thin black lines, a header that comes back on every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from docsmith.official.page import mm, pt
from docsmith.official.text import directive, keep_next, paragraph
from docsmith.official.xml import Element, w

# Border widths in eighths of a point: 1 pt outside, 0.5 pt inside.
_OUTER, _INNER = 8, 4
_CELL_MARGIN, _SNUG_MARGIN = 1.5, 0.3  # mm, left and right
# mm above and below: a line that is taller than its type has its room on top, so that this looks even.
_ABOVE, _BELOW = 0.2, 0.9
ROW_HEIGHT = 9.0  # mm, at the least


@dataclass(frozen=True)
class Cell:
    """One cell: paragraphs, or text in a style. ``span`` counts grid columns.

    ``merge`` is ``restart`` or ``continue`` for a cell merged downwards. ``top`` puts the text at the top
    instead of the middle; ``snug`` leaves hardly any room at the sides, for a head that just fits. ``bare``
    has no lines but the one above it, which closes the table: what stands in it seems to stand below.
    ``open`` is the side (``top``, ``bottom``) that has no line: what stands on both sides of it is one.
    """

    content: str | list[Element] = ""
    style: str = "TableText"
    span: int = 1
    merge: str | None = None
    top: bool = False
    snug: bool = False
    bare: bool = False
    open: str = ""

    def paragraphs(self) -> list[Element]:
        """Return the block content; a cell always ends with a paragraph."""
        if isinstance(self.content, str):
            return [paragraph(line, self.style) for line in self.content.split("\n")]
        return self.content


@dataclass(frozen=True)
class Row:
    """One row; ``height`` in millimetres is a minimum, or exact. ``header`` rows come back on every page.

    ``kept`` holds it on the page of the next row: always, or under that condition of the template.
    """

    cells: Sequence[Cell]
    height: float = ROW_HEIGHT
    exact: bool = False
    header: bool = False
    splits: bool = False
    kept: bool | str = False

    def blocks(self) -> list[list[Element]]:
        """Return the block content of each cell."""
        cells = [cell.paragraphs() for cell in self.cells]
        if self.kept is True:
            return [_kept(content) for content in cells]
        if self.kept:
            # Word and LibreOffice look at the first cell.
            cells[0] = [
                directive(f"{{%p if {self.kept} %}}"),
                *_kept(cells[0]),
                directive("{%p else %}"),
                *cells[0],
                directive("{%p endif %}"),
            ]
        return cells


@dataclass(frozen=True)
class Table:
    """A table as wide as its columns (millimetres), which ought to be as wide as the text."""

    widths: Sequence[float]
    rows: Sequence[Row] = field(default_factory=list)
    bordered: bool = True

    def element(self) -> Element:
        """Return ``w:tbl``, with ``w:tblGrid`` and every ``w:tcW`` in agreement."""
        grid = [mm(width) for width in self.widths]
        made = w("tbl", self._properties(sum(grid)), w("tblGrid", *(w("gridCol", w=width) for width in grid)))
        made.extend([_row(row, grid) for row in self.rows])
        return made

    def _properties(self, width: int) -> Element:
        return w(
            "tblPr",
            w("tblW", w=width, type="dxa"),
            w("jc", val="center"),
            _borders() if self.bordered else None,
            w("tblLayout", type="fixed"),
            self._margins(),
        )

    def _margins(self) -> Element:
        """Return the room inside the cells; a table without lines stands flush with the text around it."""
        across, above, below = (_CELL_MARGIN, _ABOVE, _BELOW) if self.bordered else (0, 0, 0)
        sides = {"top": above, "left": across, "bottom": below, "right": across}
        return _margins("tblCellMar", sides)


def directive_row(text: str, columns: int) -> Row:
    """Return a row that only holds a template directive (``{%tr for … %}``), and goes away with it."""
    return Row([Cell(text, "Normal", span=columns)])


def header_row(titles: Sequence[str], height: float = 11.0) -> Row:
    r"""Return a header row; ``\n`` in a title is where its words break."""
    return Row([Cell([paragraph(title, "TableHead")]) for title in titles], height, header=True)


def _kept(blocks: Sequence[Element]) -> list[Element]:
    """Return copies of paragraphs, each held on the page of the next one."""
    copies = [deepcopy(block) for block in blocks]
    for copy in copies:
        properties = copy[0]
        if properties.find(keep_next().tag) is None:
            properties.insert(1, keep_next())
    return copies


def _borders() -> Element:
    sides = (_line(side, _OUTER) for side in ("top", "left", "bottom", "right"))
    return w("tblBorders", *sides, _line("insideH", _INNER), _line("insideV", _INNER))


def _line(side: str, eighths: int) -> Element:
    return w(side, val="single", sz=eighths, space=0, color="000000")


def _margins(tag: str, sides: Mapping[str, float]) -> Element:
    return w(tag, *(w(side, w=mm(room), type="dxa") for side, room in sides.items()))


def _row(row: Row, grid: Sequence[int]) -> Element:
    properties = w(
        "trPr",
        None if row.splits else w("cantSplit"),
        w("trHeight", val=mm(row.height), hRule="exact" if row.exact else "atLeast") if row.height else None,
        w("tblHeader") if row.header else None,
    )
    made = w("tr", properties)
    position = 0
    for cell, blocks in zip(row.cells, row.blocks(), strict=True):
        made.append(_cell(cell, sum(grid[position : position + cell.span]), blocks))
        position += cell.span
    return made


def _cell(cell: Cell, width: int, blocks: Sequence[Element]) -> Element:
    properties = w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=cell.span) if cell.span > 1 else None,
        w("vMerge", val=cell.merge) if cell.merge else None,
        _own_borders(cell),
        _own_margins(cell),
        w("vAlign", val="top" if cell.top else "center"),
    )
    made = w("tc", properties)
    made.extend(blocks)
    return made


def _own_margins(cell: Cell) -> Element | None:
    """Return the room inside a cell that differs from that of its table."""
    if cell.bare:
        return _margins("tcMar", dict.fromkeys(("top", "left", "bottom", "right"), 0))
    return _margins("tcMar", {"left": _SNUG_MARGIN, "right": _SNUG_MARGIN}) if cell.snug else None


def _own_borders(cell: Cell) -> Element | None:
    """Return the lines of a cell that differ from those of its table."""
    if cell.bare:
        sides = (w(side, val="nil") for side in ("left", "bottom", "right"))
        return w("tcBorders", _line("top", _OUTER), *sides)
    return w("tcBorders", w(cell.open, val="nil")) if cell.open else None


def gap(points: float, *before: Element) -> Element:
    """Return a paragraph of exactly that height, to keep two tables apart; ``before`` may break the page."""
    height = w("spacing", line=pt(points), lineRule="exact")
    return paragraph("", "Normal", *before, w("snapToGrid", val=0), height)
