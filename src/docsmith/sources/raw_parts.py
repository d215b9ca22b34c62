"""Rows as they were given, for the workbook of failed rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docsmith.model.schema import PAIR_TITLES
from docsmith.sources.forms import TableOfForm
from docsmith.sources.headers import Keys
from docsmith.sources.shares import RawPart
from docsmith.sources.tables import RawTable
from docsmith.sources.unit_cells import unit_cells


def raw_part(
    table: TableOfForm, rows: Iterable[tuple[int, Sequence[Any]]], extras: Mapping[int, Mapping[str, str]]
) -> RawPart:
    """Return rows of a table (with its own numbers); the ``extra`` of objects become columns of their own."""
    form = table.form
    rows = list(rows)
    more = list(dict.fromkeys(key for number, _row in rows for key in extras.get(number, ())))
    titles = tuple("" if cell is None else str(cell) for cell in form.titles)
    columns = tuple(heading.column.name if heading.column else "" for heading in form.layout.headings)
    return RawPart(
        form.sheet.name,
        table.file,
        table.sheet,
        (*titles, *more),
        (*columns, *("" for _key in more)),
        tuple(
            (table.row_name(number), (*row, *(extras.get(number, {}).get(key) for key in more)))
            for number, row in rows
        ),
    )


def raw_unit(table: RawTable, keys: Keys) -> RawPart:
    """Return what a sheet 单位 holds as pairs of 项目 and 内容, however it stands there."""
    cells = unit_cells(table, keys)
    rows = tuple((cell.row + 1, (cell.label, table.rows[cell.row][cell.at])) for cell in cells)
    extra = tuple((0, pair) for given in table.extras.values() for pair in given.items())
    return RawPart("unit", table.file, table.sheet, PAIR_TITLES, ("", ""), rows + extra)
