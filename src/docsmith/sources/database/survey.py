"""A first look at a database: its sheets, its branches, what it says once, and what belongs to nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from docsmith._i18n import gettext as _
from docsmith.errors import SourceError
from docsmith.model.dataset import Dataset, FailedRow
from docsmith.model.records import BranchRecord
from docsmith.model.rows import Record
from docsmith.model.schema import Schema
from docsmith.sources.binders import Binders
from docsmith.sources.binding import OwnedRow, Owner
from docsmith.sources.branch_cells import BranchReader
from docsmith.sources.database.address import Address
from docsmith.sources.database.census import Census, Spellings, Strays
from docsmith.sources.database.cleaning import Cleaner
from docsmith.sources.database.findings import is_slow, report_unknown
from docsmith.sources.database.keyed import KeyedTable
from docsmith.sources.database.rows import RowReader, Rows
from docsmith.sources.database.tables import StoredTable, find_tables
from docsmith.sources.database.tickets import MOST_ASKED, StoredSheet
from docsmith.sources.database.unit import unit_table, years_of
from docsmith.sources.imports import ImportRules
from docsmith.sources.notes import Notes
from docsmith.sources.raw_parts import raw_part, raw_unit
from docsmith.sources.shares import RawPart
from docsmith.sources.tables import BrokenCell, RawTable
from docsmith.sources.units import UnitReader

if TYPE_CHECKING:
    from sqlalchemy import Connection


class DatabaseSurvey:
    """What one look at a database, in one state of it, shows.

    ``sheets`` are the tables whose rows belong to branches; ``spellings`` how each of them spells branches
    otherwise than by their names; ``raw`` are the rows that belong to no known branch, as they were given;
    ``slow`` tells that tickets should be large.
    """

    def __init__(
        self,
        connection: Connection,
        address: Address,
        schema: Schema,
        imports: ImportRules,
        *,
        clean_pinyin: bool,
    ) -> None:
        self._connection, self._address, self._schema = connection, address, schema
        self._clean_pinyin = clean_pinyin
        self._notes = Notes()
        self.binders = Binders(imports)
        self.census = Census(address, imports)
        self.sheets: list[StoredSheet] = []
        self.spellings: list[Spellings] = []
        self.raw: list[RawPart] = []
        self.slow = False
        self._records: dict[str, list[Record]] = {n: [] for n, s in schema.sheets.items() if not s.paired}
        self._failed: list[FailedRow] = []
        self._unit = UnitReader(schema.sheets["unit"], imports, self._notes)
        self._tables = find_tables(connection, address.name, schema, imports, self._notes)

    def look(self, year: int | None) -> Dataset:
        """Return what the database says once; ``year`` is for a unit that names none.

        Raises :class:`SourceError` where it has no table of branches, or cannot be read.
        """
        for stored in self._of("unit"):
            self._unit.take(self._unit_table(stored))
        self.census.owners = self._unit.names
        self._take_branches()
        for stored in self._tables:
            if stored.layout is not None and stored.sheet != "branches":
                self._take(stored)
        years = years_of(self._connection, self._address, self._tables, self._schema)
        unit, failed = self._unit.finish(year, years)
        return Dataset(
            schema=self._schema,
            unit=unit,
            tables={name: tuple(records) for name, records in self._records.items()},
            failed=(*failed, *self._failed),
            findings=tuple(self._notes.findings),
        )

    def _of(self, sheet: str) -> list[StoredTable]:
        return [stored for stored in self._tables if stored.sheet == sheet]

    def _unit_table(self, stored: StoredTable) -> RawTable:
        table = unit_table(
            self._connection, self._address, stored, self._notes, clean_pinyin=self._clean_pinyin
        )
        self.raw.append(raw_unit(table, self._unit.keys))
        return table

    def _take_branches(self) -> None:
        sheet = self._schema.sheets["branches"]
        tables = self._of("branches")
        if not tables:
            raise SourceError(
                _("The database {name} has no table 支部 (branches).").format(name=self._address.name),
                hint=_("Make a table or view called branches, with the columns name, code, secretary …"),
            )
        for stored in tables:
            spellings, strays = self.census.take(self._connection, stored, sheet)
            self._add(stored, spellings, strays)

    def _take(self, stored: StoredTable) -> None:
        """Take a table whose rows belong to branches, or to nobody at all."""
        if not issubclass(self._schema.sheets[stored.sheet].record, BranchRecord):
            for rows in RowReader(self._address, stored).all(self._connection):
                self._keep(self._sheet(stored), rows, lambda _row: None)
        elif stored.branch_at is None and stored.code_at is None:
            # Its rows are nobody's, and all for one reason: one of them says it.
            first = RowReader(self._address, stored).first(self._connection, 1)
            self._keep(self._sheet(stored), first, lambda _row: None)
        else:
            self._add(stored, *self.census.judge(self._connection, stored))

    def _sheet(self, stored: StoredTable) -> StoredSheet:
        sheet = self._schema.sheets[stored.sheet]
        table = KeyedTable.of(stored, sheet, self._address.name, self._notes)
        report_unknown(self._connection, self._address, stored, table, self._notes)
        return StoredSheet(stored, table)

    def _add(self, stored: StoredTable, spellings: Spellings, strays: Strays) -> None:
        """Take a table whose rows belong to branches; the rows that are no branch's are bound here."""
        sheet = self._sheet(stored)
        self.sheets.append(sheet)
        self.spellings.append(spellings)
        self.slow = is_slow(self._connection, self._address, stored, self._notes) or self.slow
        if not strays:
            return
        assert stored.layout is not None  # noqa: S101 - only that of the unit has none
        owner_of = (
            BranchReader(stored.layout, self.census.directory)
            if stored.sheet != "branches"
            else lambda _row: None
        )
        wanted = set(strays)
        for rows in self._resembling(stored, strays):
            ours = [spelling in wanted for spelling in stored.spellings(rows.columns)]
            self._keep(sheet, rows.only(ours), owner_of)

    def _resembling(self, stored: StoredTable, strays: Strays) -> Iterator[Rows]:
        """Yield the rows of these spellings, and others, where it takes too many values to ask for them."""
        reader = RowReader(self._address, stored)
        if len(strays) > MOST_ASKED or any(isinstance(cell, BrokenCell) for one in strays for cell in one):
            yield from reader.all(self._connection)
        else:
            yield reader.spelt(self._connection, strays)

    def _keep(self, sheet: StoredSheet, given: Rows, owner_of: Callable[[Sequence[Any]], Owner]) -> None:
        """Bind rows that no ticket will have, and keep them as they were given."""
        table = sheet.table.holding(given.keys)
        binder = self.binders.of(table.form)
        cleaner = Cleaner(table, binder.filter, clean_pinyin=self._clean_pinyin)
        rows: list[OwnedRow] = []
        for index, cells in enumerate(given.cells, 1):
            row = cleaner.clean(cells, index, self._notes)
            if row:
                rows.append((index, row, owner_of(row)))
        data = [(index, row) for index, row, owner in rows if binder.reads(table, index, row, owner)]
        if data:
            self.raw.append(raw_part(table, data, {}))
        bound = binder.bind(table, rows, self._notes)
        self._records[table.form.sheet.name] += bound.records
        self._failed += bound.failed
