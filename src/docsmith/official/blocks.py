"""What forms and articles are put together from: titles, header and signature lines, boxes, notes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from docsmith.official.page import Page, Size, mm
from docsmith.official.table import Cell, Row, Table, gap
from docsmith.official.text import Face, page_break, paragraph, run, tabs
from docsmith.official.xml import Element, w

# Blanks for a pen: wide enough to write in.
DATE_BLANK = "　　　　年　　月　　日"
_ROOM_TO_SIGN = 26  # mm
_BOX_HEIGHT = 26  # mm


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


def sign_line(page: Page, items: Sequence[str], shares: Sequence[float] = ()) -> Element:
    """Return 填表人, 审核人 … on one line below a table, evenly spread or with these shares of it."""
    given = shares or [1 / len(items)] * len(items)
    stops = ((page.text_width * position, "left") for position in accumulate(given[:-1]))
    return paragraph("\t".join(items), "SignLine", tabs(*stops))


def notes(lines: Sequence[str]) -> list[Element]:
    """Return the note below a table: 注：, numbered when there is more than one."""
    if len(lines) == 1:
        return [paragraph(f"注：{lines[0]}", "Note")]
    numbered = [f"{number}.{line}" for number, line in enumerate(lines, 1)]
    return [paragraph(f"注：{numbered[0]}", "Note"), *(paragraph(line, "NoteMore") for line in numbered[1:])]


def foot_row(columns: int, content: Sequence[Element]) -> Row:
    """Return the row below the last line of a table, for what is signed and noted there.

    Only in the table is it sure to stand on the page of the row above it.
    """
    return Row([Cell(list(content), span=columns, bare=True)], height=0)


def box_row(*boxes: tuple[int, str, str]) -> Row:
    """Return opinion boxes side by side: how many columns each takes, its label, and who signs it."""
    return Row([_sign_box(*box) for box in boxes], _BOX_HEIGHT, kept=True)


def _sign_box(span: int, label: str, signer: str) -> Cell:
    """Return a box: the label at the top left, room to write, signature and date at the bottom right."""
    room_to_sign = w("ind", right=mm(_ROOM_TO_SIGN))
    content = [
        paragraph(label, "BoxLabel"),
        paragraph("", "BoxLabel"),
        paragraph(signer, "BoxSign", room_to_sign),
        paragraph(DATE_BLANK, "BoxSign"),
    ]
    return Cell(content, span=span, top=True)


def group_cell(group: str) -> Cell:
    """Return the cell that names a group, merged down over its rows.

    ``group`` is what the template calls it; it has a ``name``, and is ``continued`` where its rows go on
    over a page. （续） is set smaller, so that it fits on one line of a column of two characters, and so is a
    name of three.
    """
    small = Face(size=Size.XIAOWU)
    of_three = f"{group}.name|length == 3"
    content = [
        run(f"{{% vm %}}{{{{ '' if {of_three} else {group}.name }}}}"),
        run(f"{{{{ {group}.name if loop.first and {of_three} else '' }}}}", small),
        run(f"{{% if loop.first and {group}.continued %}}\n"),
        run("（续）{% endif %}", small),
    ]
    return Cell([paragraph(content, "TableCentred")])
