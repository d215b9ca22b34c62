"""A dataset as tables with Chinese titles: a workbook of sheets, or a folder of csv files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docsmith._files import write_atomically
from docsmith._i18n import gettext as _
from docsmith.errors import UsageError
from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.dates import PartialDate
from docsmith.model.schema import PAIR_TITLES
from docsmith.sources import xlsx_writer
from docsmith.sources.export import rows_of, values_of
from docsmith.sources.formulas import marked
from docsmith.sources.xlsx_writer import text_width

if TYPE_CHECKING:
    from openpyxl import Workbook

    from docsmith.model.dataset import Dataset
    from docsmith.model.rows import Record

# In the width of one digit, as spreadsheets count; a Chinese character takes two.
_NARROWEST, _WIDEST = 8, 48


@dataclass(frozen=True)
class Table:
    """One sheet as rows of values, without the header; ``columns`` has ``None`` for unknown columns."""

    sheet: Sheet
    titles: tuple[str, ...]
    columns: tuple[Column | None, ...]
    rows: tuple[tuple[object, ...], ...]


def table_of(dataset: Dataset, sheet: Sheet) -> Table:
    """Return the table of a sheet; a paired one has a row for each item."""
    records = rows_of(dataset, sheet)
    extras = tuple(dict.fromkeys(title for record in records for title in record.extra))
    titles = (*(column.title for column in sheet.columns), *extras)
    columns = (*sheet.columns, *(None for _title in extras))
    rows = tuple(_values(record, sheet, extras) for record in records)
    if not sheet.paired:
        return Table(sheet, titles, columns, rows)
    values = rows[0] if rows else (None,) * len(titles)
    return Table(sheet, PAIR_TITLES, (None, None), tuple(zip(titles, values)))


def _values(record: Record, sheet: Sheet, extras: Sequence[str]) -> tuple[object, ...]:
    return (*values_of(record, sheet).values(), *(record.extra.get(title) for title in extras))


def write_workbook(dataset: Dataset, path: Path) -> None:
    """Write a clean workbook: one sheet for each of the schema, the header in row 1."""
    workbook = xlsx_writer.new_workbook()
    for sheet in dataset.schema.sheets.values():
        _add_sheet(workbook, table_of(dataset, sheet))
    xlsx_writer.save(workbook, path)


def _add_sheet(workbook: Workbook, table: Table) -> None:
    sheet = workbook.create_sheet(table.sheet.title)
    required = {i for i, column in enumerate(table.columns) if column and column.required}
    xlsx_writer.write_header(sheet, 1, list(table.titles), frozenset(required))
    for number, row in enumerate(table.rows, start=2):
        for position, value in enumerate(row):
            cell = sheet.cell(number, position + 1)
            xlsx_writer.put(cell, value)
            cell.alignment = xlsx_writer.BODY
    for position, (title, column) in enumerate(zip(table.titles, table.columns)):
        letter = sheet.cell(1, position + 1).column_letter
        longest = max([title, *(_as_field(row[position]) for row in table.rows)], key=text_width)
        sheet.column_dimensions[letter].width = min(max(text_width(longest) + 2, _NARROWEST), _WIDEST)
        if column and column.kind is Kind.CODE:
            sheet.column_dimensions[letter].number_format = xlsx_writer.TEXT_FORMAT
    for number in range(2, len(table.rows) + 2):
        xlsx_writer.fit_row(sheet, number)
    xlsx_writer.set_page(sheet, header_row=1)


def write_folder(dataset: Dataset, path: Path) -> None:
    """Write one csv file for each sheet, in UTF-8 with the mark by which Excel knows it.

    Every sheet is written, an empty one too, so that none is left over from an earlier dataset. Raises
    :class:`UsageError` for a folder that holds other files: they would be read as part of the data.
    """
    files = {
        f"{sheet.title}.csv": _as_csv(table_of(dataset, sheet)) for sheet in dataset.schema.sheets.values()
    }
    if path.exists() and (not path.is_dir() or any(file.name not in files for file in path.iterdir())):
        raise UsageError(
            _("{path} is there already, and holds something else").format(path=path),
            hint=_("Name a folder that is new or empty."),
        )
    for name, content in files.items():
        write_atomically(path / name, content)


def _as_csv(table: Table) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for row in (table.titles, *table.rows):
        writer.writerow([marked(_as_field(value)) for value in row])
    return buffer.getvalue().encode("utf-8-sig")


def _as_field(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, PartialDate):
        return value.iso()
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)
