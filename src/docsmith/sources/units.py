"""The unit, put together from every sheet 单位 of a source; and what to do where there is none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.columns import Column, Sheet
from docsmith.model.dataset import FailedRow
from docsmith.model.findings import Finding, Place
from docsmith.model.missing import Missing
from docsmith.model.records import Unit
from docsmith.model.rows import RowPlace
from docsmith.model.values import CellError
from docsmith.sources.cells import CellReader, report, required_empty
from docsmith.sources.extras import extra_text
from docsmith.sources.headers import keys_of
from docsmith.sources.imports import ImportRules
from docsmith.sources.notes import Notes, shortened
from docsmith.sources.tables import RawTable, is_empty
from docsmith.sources.unit_cells import UnitCell, unit_cells

# The year of a unit that says none, where nobody gave one: an error stops all its documents.
NO_YEAR = 1900


class UnitReader:
    """Reads the sheets 单位 of a source, one of each file; the first value of a field counts."""

    def __init__(self, sheet: Sheet, imports: ImportRules, notes: Notes) -> None:
        self._sheet, self._notes = sheet, notes
        self._meant = imports.values.get(sheet.name, {})
        renames = imports.columns.get(sheet.name, {})
        self.keys = {**keys_of(sheet), **{key: (-1, sheet.column(name)) for key, name in renames.items()}}
        self._values: dict[str, Any] = {}
        self._places: dict[str, Place] = {}
        self._extra: dict[str, str] = {}
        self._problems: list[Finding] = []
        self._unread: set[str] = set()
        self.tables: list[RawTable] = []

    def take(self, table: RawTable) -> None:
        """Read one sheet 单位."""
        self.tables.append(table)
        for cell in unit_cells(table, self.keys):
            place = table.place(cell.row, cell.at)
            value = table.rows[cell.row][cell.at]
            if cell.column is None:
                self._keep_unknown(cell, value, place)
            elif is_empty(value):
                # A required cell is reported where it stands, unless another file fills it.
                self._places.setdefault(cell.column.name, place)
            else:
                self._read(cell.column, value, place)
        for extra in table.extras.values():
            self._extra.update(extra)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the unit and of the committee above it, so far as they are given."""
        return tuple(self._values[name] for name in ("name", "superior") if self._values.get(name))

    def _read(self, column: Column, cell: Any, place: Place) -> None:
        try:
            value = CellReader(column, self._meant.get(column.name))(cell)
        except CellError as error:
            self._problems.append(report(self._notes, error, column, cell, place, ""))
            self._unread.add(column.name)
            return
        if column.name not in self._values:
            self._values[column.name], self._places[column.name] = value, place
        elif self._values[column.name] != value:
            self._notes.warning(
                "unit-contradiction",
                place,
                _("{column} is “{value}” here, but “{other}” in {place}; the latter is used").format(
                    column=column.title,
                    value=shortened(value),
                    other=shortened(self._values[column.name]),
                    place=self._places[column.name],
                ),
                _("Give the unit's data in one file only, or the same in all."),
            )

    def _keep_unknown(self, cell: UnitCell, value: Any, place: Place) -> None:
        self._extra[cell.label] = extra_text(value)
        self._notes.info(
            "column-unknown",
            place,
            _("the item {header} is not one of this sheet; it is kept as an extra field").format(
                header=shortened(cell.label)
            ),
        )

    def finish(self, year: int | None, years: Iterable[int]) -> tuple[Unit, list[FailedRow]]:
        """Return the unit, and the failures that stop all documents.

        A unit without a sheet is allowed: its name prints as missing. Its year is that of the sheet, else
        ``year``, which the caller wants, else that of all dated records (``years``, looked at only then) if
        they agree, which is said; never a guess.
        """
        if self.tables:
            self._require_name()
        else:
            self._notes.warning(
                "unit-missing",
                Place(),
                _("there is no sheet 单位: the name of the unit is not known"),
                _("Add a sheet 单位 with the columns 项目 and 内容: 单位名称, 年度 …"),
            )
        values = dict(self._values)
        values["name"] = values.get("name") or Missing("单位.单位名称")
        values["year"] = values.get("year") or year or self._year_of(set(years))
        unit: Any = self._sheet.record.of(values, self._extra)
        failed = [FailedRow(self._sheet.name, (), finding) for finding in self._problems]
        return unit.read_from(self._origin()), failed

    def _require_name(self) -> None:
        for column in self._sheet.columns:
            if column.required and column.name != "year" and column.name not in self._values:
                self._lack(column)

    def _year_of(self, years: set[int]) -> int:
        column = self._sheet.column("year")
        if len(years) != 1:
            self._lack(column)
            return max(years, default=NO_YEAR)
        (only,) = years
        self._notes.warning(
            "year-from-dates",
            self._places.get("year", Place()),
            _("the year is not given; all activities and talks are of {year}, which is used").format(
                year=only
            ),
            _("Write 年度 into the sheet 单位, for example {example}.").format(example=column.example),
        )
        return only

    def _lack(self, column: Column) -> None:
        if column.name in self._unread:
            return
        whole = self.tables[0].whole() if self.tables else Place()
        place = self._places.get(column.name, whole)
        self._problems.append(report(self._notes, required_empty(column), column, None, place, ""))

    def _origin(self) -> RowPlace:
        if not self.tables:
            return RowPlace()
        first = self.tables[0]
        cells = {name: place.cell for name, place in self._places.items() if place.file == first.file}
        return RowPlace(first.file, first.sheet, 1, cells, "{letter}")
