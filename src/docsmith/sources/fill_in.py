"""The fill-in workbook: what a unit gets empty, and gives back filled in.

One sheet for each sheet of the schema, the header in row 1, behind a first sheet 填写说明.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.schema import EXAMPLE_MARK, INSTRUCTIONS_SHEET, Schema
from docsmith.model.values import read_cell
from docsmith.sources import fill_in_notes as notes
from docsmith.sources import xlsx_writer
from docsmith.sources.fill_in_choices import add_choices, name_branches, offer_choices
from docsmith.sources.xlsx_text import text_width

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

Row = Mapping[str, str]
NO_ROWS: Mapping[str, Sequence[Row]] = MappingProxyType({})

# How many rows below the header have cells ready for typing. Below them the column's own format serves; each
# hundred rows more took every reader of the workbook a millisecond.
PREPARED_ROWS = 200
_FORMATS = {Kind.CODE: xlsx_writer.TEXT_FORMAT, Kind.DATE: xlsx_writer.DATE_FORMAT}
# Widths in digits, as spreadsheets count them; a Chinese character takes two.
_NARROWEST, _WIDEST, _PROSE, _LONG_PROSE = 8, 24, 40, 64
_TYPED = frozenset({Kind.DATE, Kind.COUNT, Kind.NUMBER, Kind.YEAR})
_LEFT = frozenset({Kind.TEXT, Kind.NAME, Kind.NAMES})
_EXAMPLE_FONT = Font(name="宋体", size=11, italic=True, color="808080")
_BODY_FONT = Font(name="宋体", size=11)


def write_blank(
    path: Path,
    schema: Schema,
    sheets: Sequence[str] | None = None,
    rows: Mapping[str, Sequence[Row]] = NO_ROWS,
) -> None:
    """Write the fill-in workbook.

    :param sheets: English names of the sheets to make; all of the schema without it. Their order is always
        that of the schema.
    :param rows: what is filled in already, by sheet and column (English names), as a person would type it.
        Such a sheet gets no example row.
    :raises docsmith.errors.OutputError: where the file cannot be written.
    """
    chosen = [sheet for sheet in schema.sheets.values() if sheets is None or sheet.name in sheets]
    workbook = xlsx_writer.new_workbook()
    name_branches(workbook, chosen)
    _add_instructions(workbook, chosen)
    for sheet in chosen:
        if sheet.paired:
            _add_pairs(workbook, sheet, rows.get(sheet.name, ()))
        else:
            _add_table(workbook, sheet, rows.get(sheet.name, ()))
    add_choices(workbook, chosen)
    workbook.active = 0
    xlsx_writer.save(workbook, path)


def _add_instructions(workbook: Workbook, sheets: Sequence[Sheet]) -> None:
    page = workbook.create_sheet(INSTRUCTIONS_SHEET)
    for letter, width in zip("ABC", (12, 76, 32)):
        page.column_dimensions[letter].width = width
    page["A1"] = notes.TITLE
    page["A1"].font = Font(name="黑体", size=16)
    page.row_dimensions[1].height = 30
    for number, rule in enumerate(notes.rules(), start=1):
        page.cell(number + 1, 1, f"{number}．{rule}").font = _BODY_FONT
        page.row_dimensions[number + 1].height = 20
    first = len(notes.rules()) + 3
    xlsx_writer.write_header(page, first, list(notes.TABLE_TITLES), frozenset())
    for row, sheet in enumerate(sheets, start=first + 1):
        line = (sheet.title, notes.purpose(sheet), notes.required_titles(sheet))
        for position, text in enumerate(line):
            cell = page.cell(row, position + 1)
            xlsx_writer.put_text(cell, text)
            cell.alignment, cell.border, cell.font = xlsx_writer.BODY, xlsx_writer.BORDER, _BODY_FONT
        page.row_dimensions[row].height = 26
    xlsx_writer.set_page(page, header_row=0)


def _add_pairs(workbook: Workbook, sheet: Sheet, rows: Sequence[Row]) -> None:
    """Add a sheet of two columns: each item of the record, and the cell to fill in beside it."""
    page = workbook.create_sheet(sheet.title)
    xlsx_writer.write_header(page, 1, ["项目", "内容"], frozenset())
    for number, column in enumerate(sheet.columns, start=2):
        xlsx_writer.write_header(page, number, [_title(column)], frozenset({0} if column.required else ()))
        page.cell(number, 1).comment = _comment(column)
        cell = page.cell(number, 2)
        cell.number_format = _FORMATS.get(column.kind, "General")
        cell.alignment, cell.border, cell.font = xlsx_writer.BODY, xlsx_writer.BORDER, _BODY_FONT
        xlsx_writer.put(cell, _value(rows[0] if rows else {}, column))
        page.row_dimensions[number].height = 22
    page.column_dimensions["A"].width = 20
    page.column_dimensions["B"].width = 50
    xlsx_writer.set_page(page, header_row=1)


def _add_table(workbook: Workbook, sheet: Sheet, rows: Sequence[Row]) -> None:
    page = workbook.create_sheet(sheet.title)
    required = {position for position, column in enumerate(sheet.columns) if column.required}
    xlsx_writer.write_header(page, 1, [_title(column) for column in sheet.columns], frozenset(required))
    page.row_dimensions[1].height = 30
    for position, column in enumerate(sheet.columns, start=1):
        page.cell(1, position).comment = _comment(column)
        _prepare_column(page, position, column, [row.get(column.name, "") for row in rows])
        offer_choices(workbook, page, position, sheet, column)
    if rows:
        _fill(page, sheet, rows)
    else:
        _add_example(page, sheet)
    xlsx_writer.set_page(page, header_row=1)


def _prepare_column(page: Worksheet, position: int, column: Column, texts: Sequence[str]) -> None:
    """Give a column its width, and the format that keeps what is typed: text for codes, dates for dates."""
    dimension = page.column_dimensions[get_column_letter(position)]
    dimension.width = _width(column, texts) + (text_width(EXAMPLE_MARK) if position == 1 else 0)
    dimension.alignment, dimension.font = _alignment(column), _BODY_FONT
    number_format = _FORMATS.get(column.kind)
    if number_format is None:
        return
    # The column's format serves every row; the cells' own is what programs see that read cell by cell.
    dimension.number_format = number_format
    for row in range(2, PREPARED_ROWS + 2):
        cell = page.cell(row, position)
        cell.number_format, cell.alignment, cell.font = number_format, _alignment(column), _BODY_FONT


def _alignment(column: Column) -> Alignment:
    return xlsx_writer.BODY if column.kind in _LEFT else xlsx_writer.CENTRED


def _width(column: Column, texts: Iterable[str]) -> int:
    longest = max(map(text_width, (_title(column), column.example, *texts)))
    if longest > 3 * _PROSE:
        return _LONG_PROSE
    free = column.kind is Kind.TEXT and not column.example and column.title != "备注"
    if free or column.title.endswith("内容"):
        return _PROSE
    return min(max(longest + 3, _NARROWEST), _WIDEST)


def _fill(page: Worksheet, sheet: Sheet, rows: Sequence[Row]) -> None:
    for number, row in enumerate(rows, start=2):
        for position, column in enumerate(sheet.columns, start=1):
            cell = page.cell(number, position)
            xlsx_writer.put(cell, _value(row, column))
            _dress(cell, column, _BODY_FONT)
        xlsx_writer.fit_row(page, number)


def _dress(cell: Cell | MergedCell, column: Column, font: Font) -> None:
    cell.alignment, cell.border, cell.font = _alignment(column), xlsx_writer.BORDER, font


def _add_example(page: Worksheet, sheet: Sheet) -> None:
    example = {column.name: column.example for column in sheet.columns}
    for position, column in enumerate(sheet.columns, start=1):
        cell = page.cell(2, position)
        if position == 1:
            xlsx_writer.put_text(cell, f"{EXAMPLE_MARK}{column.example}")
        else:
            xlsx_writer.put(cell, _value(example, column))
        _dress(cell, column, _EXAMPLE_FONT)
    xlsx_writer.fit_row(page, 2)


def _value(row: Row, column: Column) -> object:
    """Return a typed value as the workbook keeps it; what is no date or number stays text."""
    typed = row.get(column.name, "")
    if not typed:
        return None
    return read_cell(typed, column) if column.kind in _TYPED else typed


def _title(column: Column) -> str:
    return f"*{column.title}" if column.required else column.title


def _comment(column: Column) -> Comment | None:
    text = notes.header_note(column)
    return (
        Comment(text, "填写提示", height=28 + 22 * (text.count("\n") + len(text) // 16), width=260)
        if text
        else None
    )
