"""Rows into records: every cell read, every problem found at its cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.dataset import FailedRow
from docsmith.model.findings import Finding
from docsmith.model.records import Branch, BranchRecord, Record
from docsmith.model.values import CellError, as_code, as_name, as_time
from docsmith.sources.branches import BranchError, Directory
from docsmith.sources.cells import CellReader, report, shown
from docsmith.sources.headers import Layout, keys_of, untitled
from docsmith.sources.imports import ImportRules
from docsmith.sources.keys import header_key
from docsmith.sources.notes import Notes
from docsmith.sources.skipping import RowFilter
from docsmith.sources.tables import BrokenCell, RawTable, is_empty

Problem = tuple[int, Column, CellError]


@dataclass
class Bound:
    """What the rows of one table have become."""

    records: list[Record] = field(default_factory=list)
    failed: list[FailedRow] = field(default_factory=list)
    # Branches whose own row failed: rows that name them are not at fault.
    failed_names: list[str] = field(default_factory=list)


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
        self._table, self._sheet, self._layout = table, sheet, layout
        self._directory, self._notes = directory, notes
        self._filter = RowFilter(table, layout, notes)
        meant = imports.values.get(sheet.name, {})
        of_branch = directory is not None and issubclass(sheet.record, BranchRecord)
        self._plan: list[tuple[int, Column, Callable[[Any], Any]]] = [
            (heading.index, heading.column, CellReader(heading.column, meant.get(heading.column.name)))
            for heading in layout.headings
            if heading.column and not (of_branch and heading.column.name == "branch")
        ]
        self._unknown = [heading for heading in layout.headings if heading.column is None]
        self._untitled = (
            [h.index for h in self._unknown if h.text == untitled(h.index)] if table.separated else []
        )
        self._branch_at = layout.index_of("branch") if of_branch else None
        self._code_at = code_index(layout) if of_branch else None
        self._of_branch = of_branch
        self._defaults: dict[str, Any] = {
            column.name: () if column.kind is Kind.NAMES else column.default for column in sheet.columns
        }
        self._letters = {
            heading.column.name: table.letter(heading.index) for heading in layout.headings if heading.column
        }
        self._used: dict[int, int] = {}

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
        self._report_unknown()
        self._notes.findings.extend(later)
        return bound

    def _bind_row(self, index: int, row: Sequence[Any], lacking: Finding | None, bound: Bound) -> None:
        values = dict(self._defaults)
        problems: list[Problem] = []
        for at, column, read in self._plan:
            try:
                values[column.name] = read(row[at])
            except CellError as error:
                problems.append((at, column, error))
        if self._of_branch:
            self._read_branch(row, values, problems)
        problems += [(at, *_too_long(at)) for at in self._untitled if not is_empty(row[at])]
        if (problems or lacking) and self._filter.is_noise(index, row):
            return
        extra = self._extra(index, row)
        if problems or lacking:
            self._fail(index, row, values, problems, lacking, bound)
            return
        self._fill_time(row, values)
        record = self._sheet.record.model_construct(extra=extra, **values)
        bound.records.append(record.read_from(self._table.row_place(index, self._letters)))

    def _read_branch(self, row: Sequence[Any], values: dict[str, Any], problems: list[Problem]) -> None:
        assert self._directory is not None  # noqa: S101 - a table of branch records has one
        column = self._sheet.column("branch")
        at = self._branch_at if self._branch_at is not None else self._code_at
        if at is None:
            return
        try:
            name = as_name(_plain(row[self._branch_at])) if self._branch_at is not None else None
            code = as_code(_plain(row[self._code_at])) if self._code_at is not None else None
            values["branch"] = self._directory.find(name, code)
        except CellError as error:
            problems.insert(0, (at, column, error))

    def _fill_time(self, row: Sequence[Any], values: dict[str, Any]) -> None:
        """Keep the time of day that stands with a date (2026/3/5  14:30) where there is no other."""
        if "time" not in values or values["time"] or "date" not in values:
            return
        at = self._layout.index_of("date")
        cell = row[at] if at is not None else None
        if isinstance(cell, dt.datetime) and cell.time() != dt.time():
            values["time"] = f"{cell:%H:%M}"
        elif isinstance(cell, str) and (":" in cell or "：" in cell):
            values["time"] = as_time(cell.split()[-1])

    def _fail(
        self,
        index: int,
        row: Sequence[Any],
        values: Mapping[str, Any],
        problems: Iterable[Problem],
        lacking: Finding | None,
        bound: Bound,
    ) -> None:
        branches = _branches_of(self._sheet, values, problems)
        if self._sheet.record is Branch or issubclass(self._sheet.record, Branch):
            bound.failed_names.extend(branches)
        name = branches[0] if len(branches) == 1 else ""
        for at, column, error in problems:
            finding = report(self._notes, error, column, row[at], self._table.place(index, at), name)
            bound.failed.append(FailedRow(self._sheet.name, branches, finding))
        if lacking:
            failed = FailedRow(self._sheet.name, branches, lacking)
            if failed not in bound.failed[-1:]:
                bound.failed.append(failed)

    def _extra(self, index: int, row: Sequence[Any]) -> dict[str, str]:
        extra = dict(self._table.extras.get(index, {}))
        for heading in self._unknown:
            cell = row[heading.index]
            if is_empty(cell):
                continue
            self._used.setdefault(heading.index, index)
            if isinstance(cell, BrokenCell):
                self._notes.warning(
                    "cell-error",
                    self._table.place(index, heading.index),
                    _("{column} is “{value}”: the formula there has no value").format(
                        column=heading.text, value=cell.text
                    ),
                    _("Mend the formula, or type the value in its place."),
                )
            elif text := shown(cell):
                extra[heading.text] = text
        return extra

    def _report_lacking(self) -> Finding | None:
        """Name the required columns that the header has not; return the finding, if there are any."""
        lacking = [c for c in self._layout.lacking if not (c.name == "branch" and self._code_at is not None)]
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

    def _report_unknown(self) -> None:
        for heading in self._unknown:
            if heading.index not in self._used:
                continue
            place = self._table.place(self._layout.row, heading.index)
            if heading.rival:
                self._notes.warning(
                    "column-duplicate",
                    place,
                    _("two columns mean {column}; this one ({header}) is kept as an extra field").format(
                        column=heading.rival.title, header=heading.text
                    ),
                    _("Keep one of them, or give this one another title."),
                )
            else:
                self._notes.info(
                    "column-unknown",
                    place,
                    _("the column {header} is not one of this sheet; it is kept as an extra field").format(
                        header=heading.text
                    ),
                )


def _too_long(at: int) -> tuple[Column, CellError]:
    """Return what is wrong with a csv row that has more values than the header has titles."""
    return Column("", untitled(at), Kind.TEXT), CellError(
        "row-too-long",
        _("the header has no title for it, the row may be shifted"),
        _('Put a value that holds a comma into quotation marks: "a,b".'),
    )


def _plain(cell: Any) -> Any:
    """Return a cell that holds a name or a code; anything else is an error at that cell."""
    return CellReader(_ANY)(cell) if isinstance(cell, BrokenCell | list | dict) else cell


_ANY = Column("any", "", Kind.TEXT)


def code_index(layout: Layout) -> int | None:
    """Return where a table that is not the sheet 支部 has the code of the row's branch."""
    codes = {
        key for key, (_rank, column) in keys_of(_BRANCHES).items() if column.name == "code" and "支部" in key
    }
    return next((h.index for h in layout.headings if h.column is None and header_key(h.text) in codes), None)


_BRANCHES = Sheet("branches", "支部", Branch)


def _branches_of(sheet: Sheet, values: Mapping[str, Any], problems: Iterable[Problem]) -> tuple[str, ...]:
    """Return the branches whose documents would be wrong without a row."""
    for _at, _column, error in problems:
        if isinstance(error, BranchError):
            return error.candidates
    name = values.get("name") if issubclass(sheet.record, Branch) else values.get("branch")
    return (name,) if isinstance(name, str) and name else ()
