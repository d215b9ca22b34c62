"""Rows into records: every cell read, every problem found at its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from docsmith._i18n import gettext as _
from docsmith.model.columns import Column, Kind
from docsmith.model.dataset import FailedRow
from docsmith.model.findings import Finding, Place
from docsmith.model.records import Branch, BranchRecord
from docsmith.model.rows import Record, RowPlace
from docsmith.model.values import CellError, time_beside_date
from docsmith.sources.branch_cells import branch_index
from docsmith.sources.branches import BranchError
from docsmith.sources.cells import CellReader, report
from docsmith.sources.extras import ExtraColumns, report_broken
from docsmith.sources.forms import Form
from docsmith.sources.headers import untitled
from docsmith.sources.imports import ImportRules
from docsmith.sources.memo import Memos
from docsmith.sources.notes import Notes
from docsmith.sources.skipping import RowFilter, note_skipped
from docsmith.sources.tables import RawTable, first_filled, is_empty
from docsmith.sources.wholesale import Wholesale, halves, pieces, reader_of_column

Problem = tuple[int, Column, CellError]
ReadRow = tuple[dict[str, Any], Sequence[Problem]]
# Whom a row belongs to: a branch as the sheet 支部 spells it, or why that cannot be told; ``None`` for rows
# of sheets that belong to no branch, and where the table does not say.
Owner = str | CellError | None
# A row to bind: its number from 0, its cells, its owner.
OwnedRow = tuple[int, Sequence[Any], Owner]
_NO_EXTRAS: Mapping[int, Mapping[str, str]] = MappingProxyType({})
_NO_EXTRA: Mapping[str, str] = MappingProxyType({})


class Table(Protocol):
    """What binding asks of a table: where things stand, and what its header lacks."""

    @property
    def lacking(self) -> Finding | None:
        """The finding that stops all rows of the table."""
        ...

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell, both counted from 0."""
        ...

    def row_places(self, rows: Sequence[int], letters: Mapping[str, str]) -> Iterable[tuple[Any, ...]]:
        """Return where the records of rows come from, each as the fields of a :class:`RowPlace`."""
        ...


class Bound:
    """What rows have become.

    ``failed_names`` are branches whose own row failed: rows that name them are not at fault. ``lacking`` are
    those that were said already to lack a column.
    """

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.failed: list[FailedRow] = []
        self.failed_names: list[str] = []
        self.lacking: set[tuple[str, ...]] = set()


class _Task(NamedTuple):
    """A table whose rows are bound: what is found, the rows' own ``extra`` objects, what becomes of them."""

    table: Table
    notes: Notes
    extras: Mapping[int, Mapping[str, str]]
    bound: Bound


class Binder:
    """Binds the rows of tables of one form to the records of their sheet; it remembers no rows.

    ``filter`` tells rows of data from others, ``extras`` are the columns that the sheet does not know.
    """

    def __init__(self, form: Form, imports: ImportRules, memos: Memos) -> None:
        sheet, layout = form.sheet, form.layout
        of_branch = issubclass(sheet.record, BranchRecord)
        self._sheet = sheet
        self.filter = RowFilter(form)
        self.extras = ExtraColumns(form)
        self._branch_at = branch_index(layout) if of_branch else None
        meant = imports.values.get(sheet.name, {})
        self._plan = [
            (heading.index, heading.column, CellReader(heading.column, meant.get(heading.column.name)))
            for heading in layout.headings
            if heading.column and not (of_branch and heading.column.name == "branch")
        ]
        self._date_at = layout.index_of("date") if "time" in sheet.record.columns else None
        self._wholesale = Wholesale(
            [
                (column.name, at, reader_of_column(column, words, memos.of(column, words)))
                for at, column, _read in self._plan
                for words in [meant.get(column.name, {})]
            ],
            self._date_at,
            memos.times,
            owned=self._branch_at is not None,
        )
        unknown = [h.index for h in layout.headings if h.column is None and h.text == untitled(h.index)]
        self._untitled = unknown if form.separated else []
        self._letters = form.letters

    def bind(
        self,
        table: Table,
        rows: Iterable[OwnedRow],
        notes: Notes,
        extras: Mapping[int, Mapping[str, str]] = _NO_EXTRAS,
    ) -> Bound:
        """Return what rows become; findings go to the notes in the order of the rows.

        ``extras`` are the rows' own ``extra`` objects, by their numbers.
        """
        task = _Task(table, notes, extras, Bound())
        for piece in pieces(list(rows)):
            self._bind(task, piece)
        return task.bound

    def _bind(self, task: _Task, rows: Sequence[OwnedRow]) -> None:
        records = None if task.table.lacking else self._at_once(task, rows)
        if records is not None:
            task.bound.records += records
        elif parts := halves(rows):
            for part in parts:
                self._bind(task, part)
        else:
            for row in rows:
                self._bind_one(task, row)

    def _at_once(self, task: _Task, rows: Sequence[OwnedRow]) -> list[Record] | None:
        """Return the records of rows, or ``None`` where there is anything wrong with any of them."""
        numbers, cells, owners = zip(*rows)
        values = self._wholesale.read(cells, owners)
        if values is None or (self._untitled and any(map(self._shifted, cells))):
            return None
        if self.extras.unknown or task.extras:
            extra = [self._extra(task, index, row) for index, row, _owner in rows]
        else:
            extra = [{} for _row in rows]
        return self._sheet.record.of_columns(values, extra, task.table.row_places(numbers, self._letters))

    def _bind_one(self, task: _Task, owned: OwnedRow) -> None:
        index, row, owner = owned
        values, problems = self._read(row, owner)
        if not problems and not task.table.lacking:
            (origin,) = map(RowPlace._make, task.table.row_places([index], self._letters))
            task.bound.records.append(self._sheet.record.of(values, self._extra(task, index, row), origin))
        elif not self._is_noise(task, index, row):
            self._extra(task, index, row)
            self._fail(task, owned, (values, problems))

    def reads(self, table: Table, index: int, row: Sequence[Any], owner: Owner) -> bool:
        """Tell whether a row is data: it can be read, or ought to be."""
        _values, problems = self._read(row, owner)
        return not (problems or table.lacking) or not self.filter.is_noise(index, row)

    def _read(self, row: Sequence[Any], owner: Owner) -> ReadRow:
        """Return the values of a row by the names of their columns, and all that is wrong with its cells.

        What is wrong with the branch comes first.
        """
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        if self._branch_at is not None:
            if isinstance(owner, CellError):
                problems.append((self._branch_at, self._sheet.column("branch"), owner))
            else:
                values["branch"] = owner
        for at, column, read in self._plan:
            try:
                values[column.name] = read(row[at])
            except CellError as error:
                problems.append((at, column, error))
        if self._date_at is not None and not values.get("time") and values.get("date"):
            try:
                values["time"] = time_beside_date(row[self._date_at])
            except CellError as error:
                problems.append((self._date_at, self._sheet.column("date"), error))
        return values, problems + [(at, *_too_long(at)) for at in self._shifted(row)]

    def _shifted(self, row: Sequence[Any]) -> list[int]:
        """Return where a csv row holds more values than the header has titles."""
        return [at for at in self._untitled if not is_empty(row[at])] if self._untitled else []

    def _extra(self, task: _Task, index: int, row: Sequence[Any]) -> dict[str, str]:
        extra, broken = self.extras.of(row, task.extras.get(index, _NO_EXTRA))
        for heading in broken:
            report_broken(heading, row[heading.index], task.table.place(index, heading.index), task.notes)
        return extra

    def _is_noise(self, task: _Task, index: int, row: Sequence[Any]) -> bool:
        """Tell whether a row that cannot be used is no data after all; if it says anything, note it."""
        noise = self.filter.is_noise(index, row)
        if noise and not self.filter.says_nothing(row):
            note_skipped(task.table.place(index, first_filled(row)), row, task.notes)
        return noise

    def _fail(self, task: _Task, owned: OwnedRow, read: ReadRow) -> None:
        """Report all that is wrong with a row."""
        (index, row, owner), (values, problems), bound = owned, read, task.bound
        name = values.get("name" if issubclass(self._sheet.record, Branch) else "branch") or ""
        branches = owner.candidates if isinstance(owner, BranchError) else tuple(filter(None, (name,)))
        if issubclass(self._sheet.record, Branch):
            bound.failed_names.extend(branches)
        for at, column, error in problems:
            finding = report(task.notes, error, column, row[at], task.table.place(index, at), name)
            bound.failed.append(FailedRow(self._sheet.name, branches, finding))
        lacking = task.table.lacking
        if lacking and branches not in bound.lacking:
            bound.lacking.add(branches)
            bound.failed.append(FailedRow(self._sheet.name, branches, lacking))


def report_lacking(table: RawTable, form: Form, notes: Notes) -> Finding | None:
    """Name the required columns that a header has not; return the finding, if there are any."""
    of_branch = issubclass(form.sheet.record, BranchRecord) and branch_index(form.layout) is not None
    lacking = [c for c in form.layout.lacking if not (c.name == "branch" and of_branch)]
    if not lacking:
        return None
    titles = "、".join(column.title for column in lacking)
    return notes.error(
        "column-missing",
        table.place(form.layout.row, 0) if not table.objects else table.whole(),
        _("the sheet {sheet} has no column {columns}; its rows cannot be used").format(
            sheet=form.sheet.title, columns=titles
        ),
        _("Add the column, for example with {example}; or say in docsmith.toml which header it has.").format(
            example="、".join(column.example for column in lacking)
        ),
    )


def _too_long(at: int) -> tuple[Column, CellError]:
    """Return what is wrong with a csv row that has more values than the header has titles."""
    return Column("", untitled(at), Kind.TEXT), CellError(
        "row-too-long",
        _("the header has no title for it, the row may be shifted"),
        _('Put a value that holds a comma into quotation marks: "a,b".'),
    )
