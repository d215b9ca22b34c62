"""The first sheet of the workbook of failed rows: what to do with it. Readers pass over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from docsmith._i18n import gettext as _
from docsmith.model.findings import Finding
from docsmith.sources import xlsx_writer

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

MOST_LISTED = 1000
_WIDTHS = (30, 60, 60)
_TITLE_FONT, _FONT = Font(name="黑体", size=16), Font(name="宋体", size=11)


def write_guide(page: Any, command: str, others: Sequence[Finding], left_out: int) -> None:
    """Write the sheet: the steps, then the errors that no cell of the workbook could be marked for.

    :param command: what to run when the workbook is mended.
    :param left_out: how many rows there was no room for.
    """
    for letter, width in zip("ABC", _WIDTHS):
        page.column_dimensions[letter].width = width
    xlsx_writer.set_page(page, header_row=0)
    page.append([_text(page, _("Rows of the branches that failed"), _TITLE_FONT)])
    for number, step in enumerate(_steps(command, left_out), start=1):
        page.append([_text(page, f"{number}. {step}", _FONT)])
    if not others:
        return
    page.append([])
    page.append([_text(page, _("What is wrong besides the red cells:"), _FONT)])
    page.append([_title(page, text) for text in (_("Place in the data"), _("Reason"), _("What to do"))])
    for finding in islice(others, MOST_LISTED):
        page.append([_in_list(page, text) for text in (str(finding.place), finding.message, finding.hint)])


def _steps(command: str, left_out: int) -> Iterator[str]:
    yield _("The sheets hold every row of the branches that failed, as it was given.")
    yield _(
        "Red cells are wrong. Rest the pointer on one to read why, and what is expected; then correct it."
    )
    yield _(
        "Where a red cell shows #N/A, a formula had no result, or no cell can hold the value: type it anew."
    )
    yield _("A row whose branch is red belongs to no known branch: write the right name, or delete the row.")
    yield _("Save the workbook, and run this, where it takes the place of your data: {command}").format(
        command=command
    )
    yield _("Mend the same in your own data, or these branches fail again the next time.")
    if left_out:
        yield _(
            "{number} further rows did not fit here. Correct these branches first: the next workbook holds "
            "the others."
        ).format(number=left_out)


def _text(page: Any, text: str, font: Font) -> Cell:
    cell: Cell = WriteOnlyCell(page)
    xlsx_writer.put_text(cell, text)
    cell.font = font
    return cell


def _in_list(page: Any, text: str) -> Cell:
    cell = _text(page, text, _FONT)
    cell.alignment, cell.border = xlsx_writer.BODY, xlsx_writer.BORDER
    return cell


def _title(page: Any, text: str) -> Cell:
    cell: Cell = WriteOnlyCell(page)
    xlsx_writer.put_title(cell, text, required=False)
    return cell
