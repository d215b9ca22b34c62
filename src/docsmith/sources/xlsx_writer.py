"""Writing workbooks: cells that are never formulas, and the same bytes for the same content."""

from __future__ import annotations

import datetime as dt
import math
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from docsmith._files import opened_atomically
from docsmith.model.dates import PartialDate
from docsmith.sources.formulas import STARTS_FORMULA
from docsmith.sources.xlsx_text import EPOCH, TimelessArchive, storable, text_width

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TEXT_FORMAT = "@"
DATE_FORMAT = "yyyy-mm-dd"
# Excel counts days from 1900 and wrongly has a 29 February in that year; earlier dates are written as text.
FIRST_SERIAL_DATE = dt.date(1900, 3, 1)
_LINE_HEIGHT = 15  # points, of 11 point text

_LINE = Side(style="thin", color="BFBFBF")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
BODY = Alignment(vertical="center", wrap_text=True)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_HEADER_FILL = PatternFill("solid", fgColor="DDE6F0")
_REQUIRED_FILL = PatternFill("solid", fgColor="FBE3D6")


def new_workbook(*, write_only: bool = False) -> Workbook:
    """Return a workbook without sheets, whose properties name no person and no moment.

    With ``write_only`` its rows are appended one by one, and are not kept in memory.
    """
    workbook = Workbook(write_only=write_only)
    for sheet in workbook.worksheets:
        workbook.remove(sheet)
    workbook.properties.creator = "docsmith"
    workbook.properties.created = workbook.properties.modified = EPOCH
    return workbook


def save(workbook: Workbook, path: Path) -> None:
    """Write a workbook in one step; raises :class:`docsmith.errors.OutputError`."""
    with opened_atomically(path) as stream, TimelessArchive(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        # Workbook.save() would put the time of day into the properties.
        ExcelWriter(workbook, archive).write_data()


def put(cell: Cell | MergedCell, value: object) -> None:
    """Put a value of a record into a cell: numbers and full dates as such, everything else as text."""
    if value is None:
        return
    if isinstance(value, PartialDate):
        _put_date(cell, value)
    elif isinstance(value, int | Decimal):
        cell.value = value
    elif isinstance(value, tuple | list):
        put_text(cell, "、".join(map(str, value)))
    else:
        put_text(cell, str(value))


def _put_date(cell: Cell | MergedCell, date: PartialDate) -> None:
    if date.day is None or date.first < FIRST_SERIAL_DATE:
        put_text(cell, date.iso())
        return
    cell.value = date.first
    cell.number_format = DATE_FORMAT


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Put text into a cell, so that it is text for every program, whatever it starts with."""
    cell.value = storable(text)
    cell.data_type = "s"  # openpyxl takes =... for a formula and #N/A for an error
    if STARTS_FORMULA.match(text):
        quoted: Any = cell
        quoted.quotePrefix = True


def write_header(sheet: Worksheet, row: int, titles: list[str], required: frozenset[int]) -> None:
    """Write the header cells of a table; ``required`` holds the positions, from 0, of required columns."""
    for position, title in enumerate(titles):
        put_title(sheet.cell(row, position + 1), title, required=position in required)


def put_title(cell: Cell | MergedCell, title: str, *, required: bool) -> None:
    """Put the title of a column into a header cell."""
    put_text(cell, title)
    cell.font = Font(name="宋体", size=11, bold=True)
    cell.fill = _REQUIRED_FILL if required else _HEADER_FILL
    cell.alignment = CENTRED
    cell.border = BORDER


def fit_row(sheet: Worksheet, row: int) -> None:
    """Make a row as high as its wrapped text needs: not every program does so when it opens a file."""
    cells = sheet[row]
    letters = map(get_column_letter, range(1, len(cells) + 1))
    widths = [sheet.column_dimensions[letter].width for letter in letters]
    sheet.row_dimensions[row].height = height_of(cells, widths)


def height_of(cells: Iterable[Cell | MergedCell], widths: Iterable[float]) -> float:
    """Return the height, in points, that the wrapped text of a row's cells needs in columns so wide."""
    lines = 1
    for cell, width in zip(cells, widths):
        if isinstance(cell.value, str):
            wrapped = (math.ceil(text_width(line) / (width - 1)) or 1 for line in cell.value.split("\n"))
            lines = max(lines, sum(wrapped))
    # Excel's own limit for a row is 409 points.
    return min(_LINE_HEIGHT * lines + 4, 409)


def set_page(sheet: Worksheet, header_row: int) -> None:
    """Print landscape on A4, as wide as the page, with the header on every page; freeze the header."""
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    properties: Any = sheet.sheet_properties
    properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = 0.5
