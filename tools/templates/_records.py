"""What the records of one talk or meeting have in common: a grid of four columns, signed at its foot."""

from __future__ import annotations

from dataclasses import replace

from docsmith.official.blocks import DATE_BLANK, foot_row, notes
from docsmith.official.page import Size, mm, pt
from docsmith.official.starting.common import label
from docsmith.official.table import Cell, Row, directive_row
from docsmith.official.text import directive, paragraph
from docsmith.official.xml import Element, w

# Millimetres, of the 165 between the margins of a form: label, value, label, value.
WIDTHS = (28, 54.5, 28, 54.5)
_ROW, _SIGNATURE = 10.5, 25
# A text of so many paragraphs, and of so many characters, is sure to find a page with the signatures.
_LINES, _CHARACTERS = 16, 400


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


def text(name: str, value: str, height: float) -> Row:
    """Return a row for paragraphs that may be long, at least that many millimetres high."""
    content = [_indented(f"{{{{ {value}|分段 }}}}")]
    return Row([label(name), Cell(content, span=3, top=True)], height, splits=True)


def last_text(name: str, value: str, height: float) -> list[Row]:
    """Return the rows of such a text that is signed below: its end is on the page of the signatures.

    A short text goes over to that page whole. Of one that may be longer than a page, the last paragraph has a
    row of its own, without a line above it.
    """
    before, last = f"({value}|分段)[:-1]", f"{value}|分段|last"
    loop = [directive(f"{{%p for 段 in {before} %}}"), _indented("{{ 段 }}"), directive("{%p endfor %}")]
    end = Cell([_indented(f"{{{{ {last} }}}}")], span=3, top=True, open="top")
    return [
        directive_row(
            f"{{%tr if {before} and ({before}|length > {_LINES} or ({value})|length > {_CHARACTERS}) %}}",
            len(WIDTHS),
        ),
        Row(
            [replace(label(name), merge="restart"), Cell(loop, span=3, top=True, open="bottom")],
            height=0,
            splits=True,
        ),
        Row([Cell(merge="continue"), end], height - _ROW, splits=True, kept=True),
        directive_row("{%tr else %}", len(WIDTHS)),
        replace(text(name, value, height), kept=True),
        directive_row("{%tr endif %}", len(WIDTHS)),
    ]


def _indented(content: str) -> Element:
    indent = w("ind", firstLineChars=200, firstLine=pt(2 * Size.XIAOSI))
    return paragraph(content, "TableTextLarge", indent)


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
