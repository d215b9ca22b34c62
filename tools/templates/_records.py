"""What the records of one talk or meeting have in common: a grid of four columns, signed at its foot."""

from __future__ import annotations

from docsmith.official.blocks import DATE_BLANK, foot_row, notes
from docsmith.official.page import Size, mm, pt
from docsmith.official.starting.common import label
from docsmith.official.table import Cell, Row
from docsmith.official.text import paragraph
from docsmith.official.xml import Element, w

# Millimetres, of the 165 between the margins of a form: label, value, label, value.
WIDTHS = (28, 54.5, 28, 54.5)
_ROW, _SIGNATURE = 10.5, 25


def pairs(*values: tuple[str, str]) -> Row:
    """Return a row of labels and values: two of them, or one over the whole width."""
    span = 1 if len(values) > 1 else 3
    cells: list[Cell] = []
    for name, value in values:
        cells += [label(name), Cell(value, "TableCentredLarge", span=span)]
    return Row(cells, _ROW)


def line(name: str, value: str, *, kept: bool = False) -> Row:
    """Return a row of one sentence; one that is ``kept`` stays with the row below it."""
    return Row([label(name), Cell(value, "TableTextLarge", span=3)], _ROW, kept=kept)


def text(name: str, value: str, height: float, *, kept: bool = False) -> Row:
    """Return a row for paragraphs that may be long, at least that many millimetres high.

    One that is ``kept`` goes over to the next page with the row below it: no signature stands there alone.
    """
    indent = w("ind", firstLineChars=200, firstLine=pt(2 * Size.XIAOSI))
    content = [paragraph(value, "TableTextLarge", indent)]
    return Row([label(name), Cell(content, span=3, top=True)], height, splits=True, kept=kept)


def signatures(*signers: str) -> Row:
    """Return the row of two boxes, each with a name to sign and a date to write."""
    return Row([Cell(_signature(signer), span=2, top=True) for signer in signers], _SIGNATURE, kept=True)


def note(text: str) -> Row:
    """Return the note below the grid, on the page of the signatures."""
    return foot_row(len(WIDTHS), notes([text]))


def _signature(signer: str) -> list[Element]:
    return [
        paragraph(f"{signer}（签字）：", "TableTextLarge", w("spacing", before=pt(6))),
        paragraph("", "BoxSign"),
        paragraph(DATE_BLANK, "BoxSign", w("ind", right=mm(4))),
    ]
