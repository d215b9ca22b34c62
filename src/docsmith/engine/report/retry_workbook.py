"""The workbook of failed rows: everything about the branches that failed, as it was given, to be mended.

It is fed back as any other data: its sheets have their own titles, its headers stand in row 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from docsmith.engine.report.marks import Marks, position_of
from docsmith.engine.report.merging import Merged, MergedColumn, merge
from docsmith.engine.report.retry_cells import CellMaker, comment_on, is_lost, mark
from docsmith.engine.report.retry_guide import write_guide
from docsmith.model.columns import Kind, Sheet
from docsmith.model.findings import Finding
from docsmith.model.schema import INSTRUCTIONS_SHEET, Schema
from docsmith.sources import xlsx_writer
from docsmith.sources.fill_in_choices import add_choices, name_branch_cells, offer_choices
from docsmith.sources.headers import cell_key, keys_of
from docsmith.sources.xlsx_text import text_width

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

    from docsmith.engine.report.retry import RetryRows, RetrySource

# openpyxl keeps each comment and the drawing of its frame until the end; nobody reads more of them either.
MOST_COMMENTS = 5000
_NARROWEST, _WIDEST, _PROSE = 10, 24, 40  # digits


def write_retry_workbook(rows: RetryRows, path: Path, findings: Iterable[Finding], schema: Schema) -> None:
    """Write the rows that were collected; raises :class:`docsmith.errors.OutputError`."""
    _RetryWorkbook(rows, Marks(findings), schema).write(path)


class _RetryWorkbook:
    """One writing; sheets are written row by row, and openpyxl keeps none of them in memory."""

    def __init__(self, rows: RetryRows, marks: Marks, schema: Schema) -> None:
        self._rows, self._marks = rows, marks
        self._sheets = [sheet for sheet in schema.sheets.values() if rows.sources(sheet.name)]
        self._book = xlsx_writer.new_workbook(write_only=True)
        self._comments = 0

    def write(self, path: Path) -> None:
        # The first sheet is written last: it lists what could be marked nowhere else.
        guide = self._book.create_sheet(INSTRUCTIONS_SHEET)
        merged = {sheet.name: merge(sheet, self._rows.sources(sheet.name)) for sheet in self._sheets}
        self._name_branches(merged)
        for sheet in self._sheets:
            self._add(sheet, merged[sheet.name])
        add_choices(self._book, self._sheets)
        write_guide(guide, path.name, tuple(self._marks.left()), self._rows.left_out)
        xlsx_writer.save(self._book, path)

    def _name_branches(self, merged: Mapping[str, Merged]) -> None:
        """Let the dropdowns of the other sheets offer the branches of this workbook."""
        for sheet in self._sheets:
            if sheet.name == "branches":
                names = [one.column.name if one.column else "" for one in merged[sheet.name].columns]
                if "name" in names:
                    name_branch_cells(self._book, sheet.title, names.index("name") + 1)

    def _add(self, sheet: Sheet, merged: Merged) -> None:
        page = self._book.create_sheet(sheet.title)
        for position, one in enumerate(merged.columns, start=1):
            page.column_dimensions[get_column_letter(position)].width = _width(one)
            if one.column:
                offer_choices(self._book, page, position, sheet, one.column)
        xlsx_writer.set_page(page, header_row=1)
        page.append([_header(page, one) for one in merged.columns])
        maker = CellMaker(page)
        for source in self._rows.sources(sheet.name):
            for name, values in self._rows.rows(source):
                page.append(self._cells(maker, sheet, merged, source, name, values))

    def _cells(
        self,
        maker: CellMaker,
        sheet: Sheet,
        merged: Merged,
        source: RetrySource,
        name: int | str,
        values: Sequence[Any],
    ) -> list[Cell | None]:
        """Return the cells of a row in the order of the merged columns, the wrong ones marked."""
        cells: list[Cell | None] = [None] * len(merged.columns)
        for position, value in zip(merged.positions[source.id], values, strict=True):
            cells[position] = cell = maker.cell(value, merged.columns[position].column)
            if is_lost(value):
                mark(cell)
        wrong: dict[int, list[Finding]] = {}
        for finding in self._marks.of_row(source.file, source.table, name):
            at = _position_in_pairs(sheet, finding, values) if sheet.paired else _position(finding, source)
            if at is not None:
                wrong.setdefault(merged.positions[source.id][at], []).append(finding)
        for position, findings in wrong.items():
            self._mark(cells[position], findings)
        return cells

    def _mark(self, cell: Cell | None, findings: Sequence[Finding]) -> None:
        if cell is None:
            return
        mark(cell)
        if self._comments < MOST_COMMENTS:
            self._comments += 1
            comment_on(cell, findings)


def _position(finding: Finding, source: RetrySource) -> int:
    at = position_of(finding, source.titles)
    return at if at < len(source.titles) else 0


def _position_in_pairs(sheet: Sheet, finding: Finding, values: Sequence[Any]) -> int | None:
    """Return that of the value, if the finding speaks of this pair: several may lie in a row."""
    meant = keys_of(sheet).get(cell_key(values[0]))
    speaks = meant is None or meant[1].title in finding.message
    return 1 if speaks else None


def _header(page: Any, one: MergedColumn) -> Cell:
    cell: Cell = WriteOnlyCell(page)
    xlsx_writer.put_title(cell, one.title, required=bool(one.column and one.column.required))
    return cell


def _width(one: MergedColumn) -> int:
    example = one.column.example if one.column else ""
    free = one.column is not None and one.column.kind is Kind.TEXT and not example
    return _PROSE if free else min(max(text_width(one.title), text_width(example)) + 3, _WIDEST)
