"""What files say once, and which of their rows belong to which branch: everything short of binding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.dataset import Dataset, FailedRow
from docsmith.model.findings import Place
from docsmith.model.records import BranchRecord
from docsmith.model.rows import Record
from docsmith.model.schema import Schema
from docsmith.model.values import CellError
from docsmith.sources.binders import Binders
from docsmith.sources.binding import Bound, Owner, report_lacking
from docsmith.sources.branch_cells import BranchReader
from docsmith.sources.branches import Directory
from docsmith.sources.cells import CellReader
from docsmith.sources.duplicates import shared_codes, without_repeated
from docsmith.sources.forms import FormedTable, Forms
from docsmith.sources.imports import ImportRules
from docsmith.sources.notes import Notes
from docsmith.sources.recognise import Recognised
from docsmith.sources.sorting import OwnerOf, Sorted, report_unknown_columns, sort_rows
from docsmith.sources.tables import RawTable
from docsmith.sources.units import UnitReader

# Findings about a whole file or table: whatever stands in it is not in the dataset.
_WHOLLY_UNREAD = frozenset({"file-unreadable", "sheet-ambiguous"})


class FileHead:
    """The tables of files, sorted; tables have numbers, in the order of the schema's sheets.

    ``rows`` are those of each branch: the number of a table, and numbers of rows in it from 0. ``stray`` are
    in the same way the rows of no known branch, and those of sheets that belong to no branch. ``said`` are
    the failures of branches' own rows that only a look at all branches shows.
    """

    def __init__(
        self, schema: Schema, imports: ImportRules, notes: Notes, found: Sequence[Recognised]
    ) -> None:
        self._schema, self._imports, self._notes = schema, imports, notes
        self.raw: list[RawTable] = []
        self.tables: list[FormedTable] = []
        self.rows: dict[str, list[tuple[int, list[int]]]] = defaultdict(list)
        self.stray: list[tuple[int, list[int]]] = []
        self.said: dict[str, list[FailedRow]] = defaultdict(list)
        self.binders = Binders(imports)
        self._forms = Forms()
        self._records: dict[str, list[Record]] = {n: [] for n, s in schema.sheets.items() if not s.paired}
        self._failed: list[FailedRow] = []
        self.unit = UnitReader(schema.sheets["unit"], imports, notes)
        for one in found:
            if one.sheet.name == "unit":
                self.unit.take(one.table)
        self.listed = any(one.sheet.name == "branches" for one in found)
        self.directory = self._branches([one for one in found if one.sheet.name == "branches"])
        for one in found:
            if one.layout is not None and one.sheet.name != "branches":
                self._take(one)
        if not self.listed:
            self._drop_what_is_no_data()

    @property
    def codes(self) -> dict[str, str | None]:
        """The code of each branch that has one, by the names of all branches in order."""
        named = self.directory.named
        return {name: code for name, code in named if self.listed or name in self.rows}

    def dataset(self, year: int | None) -> Dataset:
        """Return what is said once; ``year`` is for a unit that names none."""
        unit, failed = self.unit.finish(year, self._years())
        return Dataset(
            schema=self._schema,
            unit=unit,
            tables={name: tuple(records) for name, records in self._records.items()},
            failed=(*failed, *self._failed),
            findings=tuple(self._notes.findings),
            partial=any(finding.code in _WHOLLY_UNREAD for finding in self._notes.findings),
        )

    def _years(self) -> Iterator[int]:
        """Yield the years of all activities and talks that can be read."""
        silent = Notes()
        for branch, parts in self.rows.items():
            for number, indexes in parts:
                if self.tables[number].form.sheet.name in ("activities", "talks"):
                    records: list[Any] = self._bind(number, [(i, branch) for i in indexes], silent).records
                    yield from (record.date.year for record in records)

    def _branches(self, found: Sequence[Recognised]) -> Directory:
        """Return the branches by their own rows; without a sheet 支部, other rows will say who they are."""
        if not found:
            self._notes.error(
                "branches-missing",
                Place(),
                _("there is no sheet 支部: the branches that other rows name are used"),
                _("Add a sheet 支部 with a row for each branch: 支部编码, 支部名称, 书记 …"),
            )
            return Directory(owners=self.unit.names, closed=False)
        tables = [(self._add(one), name_reader(one, self._imports)) for one in found]
        by_table = [(number, self._sort(number, owner_of), owner_of) for number, owner_of in tables]
        silent = Notes()
        bounds = [self._bind(number, _in_order(rows), silent) for number, rows, _owner_of in by_table]
        branches: list[Any] = [record for bound in bounds for record in bound.records]
        kept, _failed = without_repeated(branches, silent)
        for row in shared_codes(kept):
            for name in row.branches:
                self.said[name].append(row)
        broken = [name for bound in bounds for name in bound.failed_names]
        directory = Directory(
            [*((branch.name, branch.code) for branch in kept), *((name, None) for name in broken)],
            owners=self.unit.names,
        )
        names = {name for name, _code in directory.named}
        for number, rows, owner_of in by_table:
            for name in rows.of_branch.keys() - names:  # a header once more, a total: no data after all
                rows.stray += [(index, name) for index in rows.of_branch.pop(name)]
            self._settle(number, rows, owner_of)
        return directory

    def _drop_what_is_no_data(self) -> None:
        """Take what was read as the name of a branch from headers and totals alone for what it is."""
        for name, parts in [*self.rows.items()]:
            owned = [(number, [(index, name) for index in indexes]) for number, indexes in parts]
            if not any(self._reads(number, *row) for number, rows in owned for row in rows):
                del self.rows[name]
                for number, rows in owned:
                    self._bind(number, rows, self._notes)

    def _reads(self, number: int, index: int, owner: Owner) -> bool:
        table = self.tables[number]
        return self.binders.of(table.form).reads(table, index, self.raw[number].rows[index], owner)

    def _take(self, found: Recognised) -> None:
        """Sort the rows of a table that is neither 单位 nor 支部."""
        number = self._add(found)
        form = self.tables[number].form
        of_branch = issubclass(found.sheet.record, BranchRecord)
        owner_of = BranchReader(form.layout, self.directory) if of_branch else _nobodys
        self._settle(number, self._sort(number, owner_of), owner_of)

    def _add(self, found: Recognised) -> int:
        """Take a table in, and return its number."""
        assert found.layout is not None  # noqa: S101 - only the sheet of pairs has none
        form = self._forms.of(found.table, found.sheet, found.layout)
        lacking = report_lacking(found.table, form, self._notes)
        self.raw.append(found.table)
        self.tables.append(FormedTable(found.table.file, found.table.sheet, form, lacking))
        return len(self.tables) - 1

    def _sort(self, number: int, owner_of: OwnerOf) -> Sorted:
        table = self.tables[number]
        return sort_rows(self.raw[number], table, self.binders.of(table.form), owner_of, self._notes)

    def _settle(self, number: int, found: Sorted, owner_of: OwnerOf) -> None:
        """Give branches their rows; bind those that are nobody's."""
        table = self.tables[number]
        binder = self.binders.of(table.form)
        report_unknown_columns(self.raw[number], table, binder, owner_of, found, self._notes)
        for branch, indexes in found.of_branch.items():
            self.rows[branch].append((number, indexes))
        data = [index for index, owner in found.stray if self._reads(number, index, owner)]
        if data:
            self.stray.append((number, data))
        bound = self._bind(number, found.stray, self._notes)
        self._records[table.form.sheet.name] += bound.records
        self._failed += bound.failed

    def _bind(self, number: int, rows: Iterable[tuple[int, Owner]], notes: Notes) -> Bound:
        table, raw = self.tables[number], self.raw[number]
        owned = ((index, raw.rows[index], owner) for index, owner in rows)
        return self.binders.of(table.form).bind(table, owned, notes, raw.extras)


def name_reader(found: Recognised, imports: ImportRules) -> OwnerOf:
    """Return what tells of a row of the sheet 支部 which branch it is."""
    at = found.layout.index_of("name") if found.layout else None
    if at is None:
        return _nobodys
    meant = imports.values.get("branches", {}).get("name")
    read = CellReader(found.sheet.column("name"), meant)

    def name_of(row: Sequence[Any]) -> Owner:
        try:
            name: str = read(row[at])
        except CellError as error:
            return error.with_traceback(None)
        return name

    return name_of


def _nobodys(_row: Sequence[Any]) -> Owner:
    return None


def _in_order(found: Sorted) -> list[tuple[int, Owner]]:
    """Return the rows of all branches in the order of the table."""
    return sorted((index, name) for name, indexes in found.of_branch.items() for index in indexes)
