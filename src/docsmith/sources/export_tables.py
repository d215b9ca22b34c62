"""A dataset as tables with Chinese titles: a workbook of sheets, or a folder of csv files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from docsmith._files import opened_atomically
from docsmith._i18n import gettext as _
from docsmith.errors import UsageError
from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.dates import PartialDate
from docsmith.model.schema import PAIR_TITLES
from docsmith.sources import xlsx_writer
from docsmith.sources.formulas import marked
from docsmith.sources.xlsx_text import text_width

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from docsmith.sources.export_rows import Advance, Gathered, SheetRows

# In the width of one digit, as spreadsheets count; a Chinese character takes two.
_NARROWEST, _WIDEST = 8, 48
_MOST_ROWS = 1_048_576  # that a sheet of a workbook can have, the header among them


class _Table:
    """One sheet as rows of values; ``columns`` has ``None`` for unknown columns.

    A paired sheet has a line for each item, which ``per_line`` does not count as a row.
    """

    def __init__(self, rows: SheetRows) -> None:
        self._rows = rows
        self._fields = (*(column.title for column in rows.sheet.columns), *rows.extras)
        self.sheet: Sheet = rows.sheet
        self.per_line = 0 if rows.sheet.paired else 1
        self.titles: tuple[str, ...] = PAIR_TITLES if rows.sheet.paired else self._fields
        self.columns: tuple[Column | None, ...] = (
            (None, None) if rows.sheet.paired else (*rows.sheet.columns, *(None for _title in rows.extras))
        )

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        for row in self._rows:
            values = (*row.values, *(row.extra.get(title) for title in self._rows.extras))
            if self.sheet.paired:
                yield from zip(self._fields, values)
            else:
                yield values


def write_workbook(gathered: Gathered, path: Path, advance: Advance) -> None:
    """Write a clean workbook: one sheet for each of the schema, the header in row 1.

    Raises :class:`UsageError` for more rows than a sheet can have.
    """
    for rows in gathered.sheets.values():
        _refuse_too_many(rows)
    workbook = xlsx_writer.new_workbook(write_only=True)
    for rows in gathered.sheets.values():
        _add_sheet(workbook, _Table(rows), advance)
    xlsx_writer.save(workbook, path)


def _refuse_too_many(rows: SheetRows) -> None:
    if len(rows) >= _MOST_ROWS:
        raise UsageError(
            _("The sheet {sheet} has {number} rows, and a workbook holds at most {most} in a sheet.").format(
                sheet=rows.sheet.title, number=f"{len(rows):,}", most=f"{_MOST_ROWS - 1:,}"
            ),
            hint=_("Write .json, .yaml, or a name without a suffix for a folder of csv files."),
        )


def _add_sheet(workbook: Workbook, table: _Table, advance: Advance) -> None:
    sheet = workbook.create_sheet(table.sheet.title)
    xlsx_writer.set_page(sheet, header_row=1)
    widths = _set_columns(sheet, table)
    required = [column is not None and column.required for column in table.columns]
    header: list[Cell] = [WriteOnlyCell(sheet) for _title in table.titles]
    for cell, title, is_required in zip(header, table.titles, required):
        xlsx_writer.put_title(cell, title, required=is_required)
    sheet.append(header)
    for number, row in enumerate(table, start=2):
        cells: list[Cell] = [WriteOnlyCell(sheet) for _value in row]
        for cell, value in zip(cells, row):
            xlsx_writer.put(cell, value)
            cell.alignment = xlsx_writer.BODY
        sheet.row_dimensions[number].height = xlsx_writer.height_of(cells, widths)
        sheet.append(cells)
        del sheet.row_dimensions[number]  # it is written, and there may be a million
        advance(table.per_line)


def _set_columns(sheet: Worksheet, table: _Table) -> list[float]:
    """Make each column as wide as its longest text, within bounds; return the widths."""
    longest = [text_width(title) for title in table.titles]
    for row in table:
        longest = [max(width, text_width(_as_field(value))) for width, value in zip(longest, row)]
    widths: list[float] = [min(max(width + 2, _NARROWEST), _WIDEST) for width in longest]
    for position, (width, column) in enumerate(zip(widths, table.columns), start=1):
        dimension = sheet.column_dimensions[get_column_letter(position)]
        dimension.width = width
        if column and column.kind is Kind.CODE:
            dimension.number_format = xlsx_writer.TEXT_FORMAT
    return widths


def write_folder(gathered: Gathered, path: Path, advance: Advance) -> None:
    """Write one csv file for each sheet, in UTF-8 with the mark by which Excel knows it.

    Every sheet is written, an empty one too, so that none is left over from an earlier dataset. Raises
    :class:`UsageError` for a folder that holds other files: they would be read as part of the data.
    """
    files = {f"{rows.sheet.title}.csv": rows for rows in gathered.sheets.values()}
    if path.exists() and (not path.is_dir() or any(file.name not in files for file in path.iterdir())):
        raise UsageError(
            _("{path} is there already, and holds something else").format(path=path),
            hint=_("Name a folder that is new or empty."),
        )
    for name, rows in files.items():
        _write_csv(_Table(rows), path / name, advance)


def _write_csv(table: _Table, path: Path, advance: Advance) -> None:
    with opened_atomically(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        writer = csv.writer(text)
        writer.writerow([marked(title) for title in table.titles])
        for row in table:
            writer.writerow([marked(_as_field(value)) for value in row])
            advance(table.per_line)
        text.flush()
        text.detach()


def _as_field(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, PartialDate):
        return value.iso()
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)
