"""What forms and articles are put together from: titles, header and signature lines, boxes, notes."""

from __future__ import annotations

from collections.abc import Sequence

from docsmith.official.page import Page
from docsmith.official.table import Cell, Row, Table, gap
from docsmith.official.text import paragraph, run, tabs
from docsmith.official.xml import Element

# Blanks for a pen: wide enough to write in.
DATE_BLANK = "　　　　年　　月　　日"


def form_title(*lines: str) -> Element:
    """Return the title of a form: the organisation in the first line, the name of the form in the second."""
    return paragraph("\n".join(lines), "FormTitle")


def header_line(page: Page, left: str, right: str) -> list[Element]:
    """Return the line between title and table: a long name wraps within the left two thirds."""
    width = page.text_width
    cells = [
        Cell([paragraph(left, "HeaderLine")]),
        Cell([paragraph([run(right)], "HeaderLineRight")]),
    ]
    return [
        Table([width * 2 / 3, width / 3], [Row(cells, height=0)], bordered=False).element(),
        gap(2),
    ]


def sign_line(page: Page, items: Sequence[str]) -> Element:
    """Return 填表人, 审核人 … on one line below a table, evenly spread."""
    step = page.text_width / len(items)
    stops = tabs(*((step * position, "left") for position in range(1, len(items))))
    return paragraph("\t".join(items), "SignLine", stops)


def notes(lines: Sequence[str]) -> list[Element]:
    """Return the note below a table: 注：, numbered when there is more than one."""
    if len(lines) == 1:
        return [paragraph(f"注：{lines[0]}", "Note")]
    numbered = [f"{number}.{line}" for number, line in enumerate(lines, 1)]
    return [paragraph(f"注：{numbered[0]}", "Note"), *(paragraph(line, "NoteMore") for line in numbered[1:])]


def sign_box(label: str, signer: str = "签字（盖章）：　　　　　　", span: int = 1) -> Cell:
    """Return an opinion box: its label at the top left, room to write, signature and date at the bottom."""
    return Cell(
        [
            paragraph(label, "BoxLabel"),
            paragraph("", "TableText"),
            paragraph(signer, "BoxSign"),
            paragraph(DATE_BLANK, "BoxSign"),
        ],
        span=span,
        top=True,
    )
