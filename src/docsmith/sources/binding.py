"""Rows into records: every cell read, every problem found at its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.dataset import FailedRow
from docsmith.model.findings import Finding
from docsmith.model.records import Branch, BranchRecord
from docsmith.model.rows import Record
from docsmith.model.values import CellError, time_beside_date
from docsmith.sources.branch_cells import BranchReader
from docsmith.sources.branches import BranchError, Directory
from docsmith.sources.cells import CellReader, report
from docsmith.sources.extras import ExtraColumns
from docsmith.sources.headers import Layout, untitled
from docsmith.sources.imports import ImportRules
from docsmith.sources.notes import Notes
from docsmith.sources.skipping import RowFilter
from docsmith.sources.tables import RawTable, is_empty

Problem = tuple[int, Column, CellError]


class Bound:
    """What the rows of one table have become.

    ``failed_names`` are branches whose own row failed: rows that name them are not at fault.
    """

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.failed: list[FailedRow] = []
        self.failed_names: list[str] = []


class Binder:
    """Binds the rows of one table to the records of one sheet."""

    def __init__(
        self,
        table: RawTable,
        sheet: Sheet,
        layout: Layout,
        imports: ImportRules,
        directory: Directory | None,
        notes: Notes,
    ) -> None:
        self._table, self._sheet, self._layout, self._notes = table, sheet, layout, notes
        self._filter = RowFilter(table, layout, notes)
        self._extras = ExtraColumns(table, layout, notes)
        of_branch = directory is not None and issubclass(sheet.record, BranchRecord)
        self._branch = BranchReader(layout, directory) if directory and of_branch else None
        meant = imports.values.get(sheet.name, {})
        self._plan: list[tuple[int, Column, Callable[[Any], Any]]] = [
            (heading.index, heading.column, CellReader(heading.column, meant.get(heading.column.name)))
            for heading in layout.headings
            if heading.column and not (self._branch and heading.column.name == "branch")
        ]
        self._untitled = (
            [h.index for h in layout.headings if h.column is None and h.text == untitled(h.index)]
            if table.separated
            else []
        )
        self._defaults: dict[str, Any] = {column.name: column.empty for column in sheet.columns}
        self._letters = {
            heading.column.name: table.letter(heading.index) for heading in layout.headings if heading.column
        }

    def bind(self) -> Bound:
        """Read all rows; findings go to the notes in the order of the rows."""
        bound = Bound()
        lacking = self._report_lacking()
        # The notes of unknown columns belong before those of the rows, but are known only after them.
        position = len(self._notes.findings)
        for index in range(self._layout.row + 1, len(self._table.rows)):
            row = self._table.rows[index]
            if self._filter.is_data(index, row):
                self._bind_row(index, row, lacking, bound)
        later = self._notes.findings[position:]
        del self._notes.findings[position:]
        self._extras.report()
        self._notes.findings.extend(later)
        return bound

    def _bind_row(self, index: int, row: Sequence[Any], lacking: Finding | None, bound: Bound) -> None:
        values, problems = self._read(row)
        if (problems or lacking) and self._filter.is_noise(index, row):
            return
        extra = self._extras.of(index, row)
        if problems or lacking:
            self._fail(index, row, values, problems, lacking, bound)
            return
        record = self._sheet.record.of(values, extra)
        bound.records.append(record.read_from(self._table.row_place(index, self._letters)))

    def _read(self, row: Sequence[Any]) -> tuple[dict[str, Any], list[Problem]]:
        """Return the values of a row, and what is wrong with its cells, the branch first."""
        values = dict(self._defaults)
        problems: list[Problem] = []
        if self._branch and self._branch.at is not None:
            try:
                values["branch"] = self._branch(row)
            except CellError as error:
                problems.append((self._branch.at, self._sheet.column("branch"), error))
        for at, column, read in self._plan:
            try:
                values[column.name] = read(row[at])
            except CellError as error:
                problems.append((at, column, error))
        self._fill_time(row, values, problems)
        problems += [(at, *_too_long(at)) for at in self._untitled if not is_empty(row[at])]
        return values, problems

    def _fill_time(self, row: Sequence[Any], values: dict[str, Any], problems: list[Problem]) -> None:
        """Keep the time of day that stands with a date (2026/3/5  14:30) where there is no other."""
        at = self._layout.index_of("date")
        if at is None or not values.get("date") or "time" not in values or values["time"]:
            return
        try:
            values["time"] = time_beside_date(row[at])
        except CellError as error:
            problems.append((at, self._sheet.column("date"), error))

    def _fail(
        self,
        index: int,
        row: Sequence[Any],
        values: Mapping[str, Any],
        problems: Iterable[Problem],
        lacking: Finding | None,
        bound: Bound,
    ) -> None:
        name = _branch_of(self._sheet, values)
        branches = next((e.candidates for _at, _c, e in problems if isinstance(e, BranchError)), (name,))
        branches = tuple(filter(None, branches))
        if issubclass(self._sheet.record, Branch):
            bound.failed_names.extend(branches)
        for at, column, error in problems:
            finding = report(self._notes, error, column, row[at], self._table.place(index, at), name)
            bound.failed.append(FailedRow(self._sheet.name, branches, finding))
        if lacking:
            failed = FailedRow(self._sheet.name, branches, lacking)
            if failed not in bound.failed[-1:]:
                bound.failed.append(failed)

    def _report_lacking(self) -> Finding | None:
        """Name the required columns that the header has not; return the finding, if there are any."""
        has_branch = self._branch is not None and self._branch.at is not None
        lacking = [c for c in self._layout.lacking if not (c.name == "branch" and has_branch)]
        if not lacking:
            return None
        titles = "、".join(column.title for column in lacking)
        return self._notes.error(
            "column-missing",
            self._table.place(self._layout.row, 0) if not self._table.objects else self._table.whole(),
            _("the sheet {sheet} has no column {columns}; its rows cannot be used").format(
                sheet=self._sheet.title, columns=titles
            ),
            _(
                "Add the column, for example with {example}; or say in docsmith.toml which header it has."
            ).format(example="、".join(column.example for column in lacking)),
        )


def _too_long(at: int) -> tuple[Column, CellError]:
    """Return what is wrong with a csv row that has more values than the header has titles."""
    return Column("", untitled(at), Kind.TEXT), CellError(
        "row-too-long",
        _("the header has no title for it, the row may be shifted"),
        _('Put a value that holds a comma into quotation marks: "a,b".'),
    )


def _branch_of(sheet: Sheet, values: Mapping[str, Any]) -> str:
    """Return the branch that a row is about, or an empty text where that is not known."""
    return values.get("name" if issubclass(sheet.record, Branch) else "branch") or ""
