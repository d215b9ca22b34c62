"""Rows into records: every cell read, every problem found at its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Protocol

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

    def row_place(self, row: int, letters: Mapping[str, str]) -> RowPlace:
        """Return where the record of a row comes from."""
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
        self._names = [column.name for _at, column, _read in self._plan]
        self._memos = [(at, memos.of(column, meant.get(column.name, {}))) for at, column, _read in self._plan]
        self._date_at = layout.index_of("date") if "time" in sheet.record.columns else None
        self._times = memos.times
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
        bound = Bound()
        of, keep, letters = self._sheet.record.of, bound.records.append, self._letters
        with_extra = bool(self.extras.unknown or extras)
        for index, row, owner in rows:
            values, problems = self._read(row, owner)
            if problems or table.lacking:
                if not self._is_noise(table, index, row, notes):
                    self._extra(table, index, row, extras, notes)
                    self._fail(table, (index, row, owner), (values, problems), notes, bound)
                continue
            extra = self._extra(table, index, row, extras, notes) if with_extra else _NO_EXTRA
            keep(of(values, extra, table.row_place(index, letters)))
        return bound

    def reads(self, table: Table, index: int, row: Sequence[Any], owner: Owner) -> bool:
        """Tell whether a row is data: it can be read, or ought to be."""
        _values, problems = self._read(row, owner)
        return not (problems or table.lacking) or not self.filter.is_noise(index, row)

    def _read(self, row: Sequence[Any], owner: Owner) -> ReadRow:
        """Return the values of a row by the names of their columns, and what is wrong with its cells."""
        if self._branch_at is None or isinstance(owner, str):
            try:
                values = dict(zip(self._names, [memo[row[at]] for at, memo in self._memos]))
                if self._date_at is not None and not values.get("time") and values.get("date"):
                    values["time"] = self._times[row[self._date_at]]
            except (CellError, TypeError):  # a list or an object is not remembered; it may be a value yet
                return self._read_slowly(row, owner)
            if not self._shifted(row):
                if self._branch_at is not None:
                    values["branch"] = owner
                return values, ()
        return self._read_slowly(row, owner)

    def _read_slowly(self, row: Sequence[Any], owner: Owner) -> tuple[dict[str, Any], list[Problem]]:
        """Do the same cell by cell, so that all that is wrong is found; the branch comes first."""
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

    def _extra(
        self,
        table: Table,
        index: int,
        row: Sequence[Any],
        extras: Mapping[int, Mapping[str, str]],
        notes: Notes,
    ) -> Mapping[str, str]:
        extra, broken = self.extras.of(row, extras.get(index, _NO_EXTRA))
        for heading in broken:
            report_broken(heading, row[heading.index], table.place(index, heading.index), notes)
        return extra

    def _is_noise(self, table: Table, index: int, row: Sequence[Any], notes: Notes) -> bool:
        """Tell whether a row that cannot be used is no data after all; if it says anything, note it."""
        noise = self.filter.is_noise(index, row)
        if noise and not self.filter.says_nothing(row):
            note_skipped(table.place(index, first_filled(row)), row, notes)
        return noise

    def _fail(self, table: Table, owned: OwnedRow, read: ReadRow, notes: Notes, bound: Bound) -> None:
        """Report all that is wrong with a row."""
        (index, row, owner), (values, problems) = owned, read
        name = values.get("name" if issubclass(self._sheet.record, Branch) else "branch") or ""
        branches = owner.candidates if isinstance(owner, BranchError) else tuple(filter(None, (name,)))
        if issubclass(self._sheet.record, Branch):
            bound.failed_names.extend(branches)
        for at, column, error in problems:
            finding = report(notes, error, column, row[at], table.place(index, at), name)
            bound.failed.append(FailedRow(self._sheet.name, branches, finding))
        if table.lacking and branches not in bound.lacking:
            bound.lacking.add(branches)
            bound.failed.append(FailedRow(self._sheet.name, branches, table.lacking))


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
