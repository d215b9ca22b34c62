"""What forms and articles are put together from: titles, header and signature lines, boxes, notes."""

from __future__ import annotations

from collections.abc import Sequence

from docsmith.official.page import Page, Size, mm
from docsmith.official.table import Cell, Row, Table, gap
from docsmith.official.text import Face, directive, page_break, paragraph, run, tabs
from docsmith.official.xml import Element, w

# Blanks for a pen: wide enough to write in.
DATE_BLANK = "　　　　年　　月　　日"
_ROOM_TO_SIGN = 26  # mm
_BOX_HEIGHT = 32  # mm


def form_title(*lines: str, new_page: bool = False) -> Element:
    """Return the title of a form: the organisation in the first line, the name of the form in the second."""
    return paragraph("\n".join(lines), "FormTitle", *([page_break()] if new_page else []))


def header_line(page: Page, left: str, right: str, left_share: float = 2 / 3) -> list[Element]:
    """Return the line between title and table: a long name wraps within its share, the left two thirds."""
    widths = [page.text_width * left_share, page.text_width * (1 - left_share)]
    cells = [
        Cell([paragraph(left, "HeaderLine")]),
        Cell([paragraph([run(right)], "HeaderLineRight")]),
    ]
    return [
        Table(widths, [Row(cells, height=0)], bordered=False).element(),
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


def sign_boxes(page: Page, labels: Sequence[tuple[str, str]], overleaf: str) -> list[Element]:
    """Return opinion boxes side by side, each with its label and who signs it.

    They are a table of their own: a header row that comes back on every page has no business above them.
    ``overleaf`` names what the template asks whether they begin a page, with what stands below them.
    """
    widths = [page.text_width / len(labels)] * len(labels)
    return [
        directive(f"{{%p if {overleaf} %}}"),
        gap(1, page_break()),
        directive("{%p else %}"),
        gap(6),
        directive("{%p endif %}"),
        Table(widths, [Row([_sign_box(*label) for label in labels], _BOX_HEIGHT)]).element(),
    ]


def _sign_box(label: str, signer: str) -> Cell:
    """Return a box: the label at the top left, room to write, signature and date at the bottom right."""
    room_to_sign = w("ind", right=mm(_ROOM_TO_SIGN))
    content = [
        paragraph(label, "BoxLabel"),
        paragraph("", "BoxLabel"),
        paragraph(signer, "BoxSign", room_to_sign),
        paragraph(DATE_BLANK, "BoxSign"),
    ]
    return Cell(content, top=True)


def group_cell(group: str) -> Cell:
    """Return the cell that names a group, merged down over its rows.

    ``group`` is what the template calls it; it has a ``name``, and is ``continued`` where its rows go on
    over a page. （续） is set smaller, so that it fits on one line of a column of two characters.
    """
    name = run(f"{{% vm %}}{{{{ {group}.name }}}}")
    opening = run(f"{{% if loop.first and {group}.continued %}}\n")
    continued = run("（续）{% endif %}", Face(size=Size.XIAOWU))
    return Cell([paragraph([name, opening, continued], "TableCentred")])
