"""The workbook of failed rows: everything about the branches that failed, as it was given, to be mended.

It is fed back as any other data: its sheets have their own titles, its headers stand in row 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

from docsmith.engine.report.marks import Marks, position_of
from docsmith.engine.report.merging import Merged, MergedColumn, merge
from docsmith.engine.report.retry import RetryRows, RetrySource
from docsmith.engine.report.retry_cells import CellMaker, comment_on, is_lost, mark
from docsmith.engine.report.retry_guide import write_guide
from docsmith.model.columns import Kind, Sheet
from docsmith.model.findings import Finding
from docsmith.model.schema import INSTRUCTIONS_SHEET, Schema
from docsmith.sources import xlsx_writer
from docsmith.sources.fill_in_choices import add_choices, name_branch_cells, offer_choices
from docsmith.sources.headers import cell_key, keys_of
from docsmith.sources.xlsx_text import text_width

# openpyxl keeps each comment and the drawing of its frame until the end; nobody reads more of them either.
MOST_COMMENTS = 5000
# Widths in digits, as spreadsheets count them; a date may have its time with it.
_NARROWEST, _WIDEST, _DATE, _PROSE = 12, 24, 20, 40
_PAIR_WIDTHS = (20, 50)


def write_retry_workbook(
    rows: RetryRows, path: Path, findings: Iterable[Finding], schema: Schema, command: str
) -> None:
    """Write the rows that were collected; ``command`` is what to run when they are mended.

    Raises :class:`docsmith.errors.OutputError`.
    """
    _RetryWorkbook(rows, Marks(findings), schema).write(path, command)


class _RetryWorkbook:
    """One writing; sheets are written row by row, and openpyxl keeps none of them in memory."""

    def __init__(self, rows: RetryRows, marks: Marks, schema: Schema) -> None:
        self._rows, self._marks = rows, marks
        self._sheets = [sheet for sheet in schema.sheets.values() if rows.sources(sheet.name)]
        self._book = xlsx_writer.new_workbook(write_only=True)
        self._comments = 0

    def write(self, path: Path, command: str) -> None:
        # The first sheet is written last: it lists what could be marked nowhere else.
        guide = self._book.create_sheet(INSTRUCTIONS_SHEET)
        merged = {sheet.name: merge(sheet, self._rows.sources(sheet.name)) for sheet in self._sheets}
        self._name_branches(merged)
        for sheet in self._sheets:
            self._add(sheet, merged[sheet.name])
        add_choices(self._book, self._sheets)
        write_guide(guide, command, tuple(self._marks.left()), self._rows.left_out)
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
        widths = _PAIR_WIDTHS if sheet.paired else [*map(_width, merged.columns)]
        for position, (one, width) in enumerate(zip(merged.columns, widths), start=1):
            page.column_dimensions[get_column_letter(position)].width = width
            if one.column:
                offer_choices(self._book, page, position, sheet, one.column)
        xlsx_writer.set_page(page, header_row=1)
        page.append([_header(page, one) for one in merged.columns])
        number = 1
        maker = CellMaker(page)
        for source in self._rows.sources(sheet.name):
            for name, values in self._rows.rows(source):
                number += 1
                cells = self._cells(maker, sheet, merged, source, name, values)
                page.row_dimensions[number].height = xlsx_writer.height_of(cells, widths)
                page.append(cells)
                del page.row_dimensions[number]  # it is written, and there may be a million

    def _cells(
        self,
        maker: CellMaker,
        sheet: Sheet,
        merged: Merged,
        source: RetrySource,
        name: int | str,
        values: Sequence[Any],
    ) -> list[Cell]:
        """Return the cells of a row in the order of the merged columns, the wrong ones marked."""
        positions = merged.positions[source.id]
        if sheet.paired:
            values = (_label(sheet, values[0]), *values[1:])
        given = dict(zip(positions, values, strict=True))
        cells = [maker.cell(given.get(at), one.column) for at, one in enumerate(merged.columns)]
        for at, value in given.items():
            if is_lost(value):
                mark(cells[at])
        for at, findings in self._wrong(sheet, source, name, values).items():
            self._mark(cells[positions[at]], findings)
        return cells

    def _wrong(
        self, sheet: Sheet, source: RetrySource, name: int | str, values: Sequence[Any]
    ) -> Mapping[int, Sequence[Finding]]:
        """Return what is wrong in a row, by the position of the cell there."""
        wrong: dict[int, list[Finding]] = {}
        for finding in self._marks.of_row(source.file, source.table, name):
            at = _position_in_pairs(sheet, finding, values) if sheet.paired else _position(finding, source)
            if at is not None:
                wrong.setdefault(at, []).append(finding)
        return wrong

    def _mark(self, cell: Cell, findings: Sequence[Finding]) -> None:
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


def _label(sheet: Sheet, given: str) -> str:
    """Return the label of a pair as it was given; a person reads the title instead of an English name."""
    return sheet.column(given).title if given in sheet.record.columns else given


def _header(page: Any, one: MergedColumn) -> Cell:
    cell: Cell = WriteOnlyCell(page)
    xlsx_writer.put_title(cell, one.title, required=bool(one.column and one.column.required))
    return cell


def _width(one: MergedColumn) -> int:
    if one.column and one.column.kind is Kind.DATE:
        return _DATE
    example = one.column.example if one.column else ""
    if one.column and one.column.kind is Kind.TEXT and not example:
        return _PROSE
    return min(max(text_width(one.title) + 3, text_width(example) + 3, _NARROWEST), _WIDEST)
