"""Workbooks: xlsx, xls (and the et of WPS, which is one of the two), ods."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from docsmith._i18n import gettext as _
from docsmith.errors import SourceError
from docsmith.sources import xlsx_parts
from docsmith.sources.archive import bomb, open_archive
from docsmith.sources.detect import Format, damaged, encrypted
from docsmith.sources.tables import BrokenCell, RawTable

# Far above 100,000 rows of 30 columns; a bare cell takes 8 bytes here, and 32 in the reader.
MAX_CELLS = 20_000_000

_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=\"(\d+)\"")
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)(?<!/)>(.*?)</table:table-row>", re.DOTALL)
_FILLED_ODS_CELL = re.compile(rb"<table:table-cell\b[^>]*?office:value-type=[^>]*>")
_ERROR_TEXT = re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d{3}")

Broken = Mapping[tuple[int, int], BrokenCell]


def read_workbook(data: bytes, kind: Format, name: str) -> list[RawTable]:
    """Return the sheets of a workbook that hold anything; raises :class:`SourceError` if it is unusable."""
    broken = _inspect(data, kind, name)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            table
            for meta in workbook.sheets_metadata
            if meta.typ is SheetTypeEnum.WorkSheet
            and (
                table := _table(
                    workbook.get_sheet_by_name(meta.name),
                    name,
                    meta.visible is not SheetVisibleEnum.Visible,
                    broken.get(meta.name, {}),
                )
            )
        ]
    except PasswordError:
        raise encrypted(name) from None
    except CalamineError:
        raise damaged(name) from None
    except BaseException as error:
        # A damaged .xls makes the reader (Rust) panic; pyo3 exports no name for what it raises then.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(name) from None


def _inspect(data: bytes, kind: Format, name: str) -> Mapping[str, Broken]:
    """Refuse what must not reach the reader; return the broken cells of each sheet."""
    if kind is Format.XLS:
        from docsmith.sources import xls_parts

        return xls_parts.broken_cells(data, name)
    with open_archive(data, name) as archive:
        if kind is Format.ODS:
            manifest = "META-INF/manifest.xml"
            if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
                raise encrypted(name)
            _check_repetitions(archive.read("content.xml"), name)
            return {}
        broken = {}
        for sheet, xml in xlsx_parts.sheet_parts(archive, name).items():
            rows, columns = xlsx_parts.extent(xml, MAX_CELLS)
            if rows * columns > MAX_CELLS:
                raise _too_wide(name, sheet)
            broken[sheet] = xlsx_parts.broken_cells(xml)
        return broken


def _check_repetitions(xml: bytes, name: str) -> None:
    """Refuse an ods whose few cells stand for millions (OpenDocument 1.3 part 3, 19.675 and 19.677)."""
    if not any(int(count) > 1000 for count in _REPEATED.findall(xml)):
        return
    cells = 0
    for row in _ODS_ROW.finditer(xml):
        cells += _times(row[1]) * sum(map(_times, _FILLED_ODS_CELL.findall(row[2])))
    if cells > MAX_CELLS:
        raise bomb(name)


def _times(attributes: bytes) -> int:
    """Return how often a row or a cell stands there."""
    count = _REPEATED.search(attributes)
    return int(count[1]) if count else 1


def _too_wide(name: str, sheet: str) -> SourceError:
    return SourceError(
        _("The sheet {sheet} of {file} reaches over more than {limit} million cells.").format(
            sheet=sheet, file=name, limit=MAX_CELLS // 1_000_000
        ),
        hint=_("A stray value stands far away (Ctrl+End shows where): delete its row and column, and save."),
    )


def _table(sheet: CalamineSheet, name: str, hidden: bool, broken: Broken) -> RawTable | None:
    """Return one sheet from its first row and column on, or ``None`` for one without a value."""
    if sheet.end is None:
        return None
    if (sheet.end[0] + 1) * (sheet.end[1] + 1) > MAX_CELLS:
        raise _too_wide(name, sheet.name)
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    for (row, column), cell in broken.items():
        _put(rows, row, column, cell)
    _mark_error_texts(rows)
    if not any(cell != "" for row in rows for cell in row):
        return None
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right:
            _fill_down(rows, left, top, bottom)
    return RawTable(name, sheet.name, rows, hidden=hidden)


def _fill_down(rows: list[list[Any]], column: int, top: int, bottom: int) -> None:
    """Give the value of cells that are merged downwards to each of their rows that holds anything else."""
    for row in rows[top + 1 : bottom + 1]:
        if any(cell != "" for cell in row):
            row[column] = rows[top][column]


def _put(rows: list[list[Any]], row: int, column: int, cell: BrokenCell) -> None:
    """Set a broken cell; a row or column of nothing else is not in ``rows`` yet."""
    if rows and column >= len(rows[0]):
        for line in rows:
            line.extend([""] * (column + 1 - len(line)))
    while row >= len(rows):
        rows.append([""] * (len(rows[0]) if rows else column + 1))
    rows[row][column] = cell


def _mark_error_texts(rows: list[list[Any]]) -> None:
    """Mark the errors that arrive as their text, as in an ods."""
    for row in rows:
        for column, cell in enumerate(row):
            if type(cell) is str and cell[:1] in ("#", "E") and _ERROR_TEXT.fullmatch(cell):
                row[column] = BrokenCell(cell)
