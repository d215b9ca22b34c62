"""Which tables of a database are sheets, which columns are read, and what orders and names the rows."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from docsmith._i18n import gettext as _
from docsmith.model.columns import Sheet
from docsmith.model.findings import Place
from docsmith.model.records import BranchRecord
from docsmith.model.schema import PAIR_TITLES, Schema
from docsmith.sources.branch_cells import code_index
from docsmith.sources.database.column_types import is_caseless, is_text
from docsmith.sources.headers import Layout, cell_key, keys_of
from docsmith.sources.imports import ImportRules
from docsmith.sources.notes import Notes, shortened
from docsmith.sources.recognise import Recognised, exactly_named, recognise
from docsmith.sources.tables import BrokenCell, RawTable

if TYPE_CHECKING:
    from sqlalchemy import Connection, Inspector

# The columns of a table of pairs, in either language.
PAIRS = (PAIR_TITLES, ("item", "content"))
_ROWID = ("rowid", "_rowid_", "oid")
_NAMED_AT_MOST = 8
# How a row says which branch it belongs to: the cell with the name, and the one with the code; ``None`` where
# the table has no such column.
Spelling = tuple[Any, Any]


class StoredTable(NamedTuple):
    """A table or view that is read as a sheet; picklable, so that workers need not look again.

    ``columns`` are read as cells. ``key`` names a row in places, and ``order`` brings the rows into the same
    order every time; both are names of columns, which need not be among ``columns``. ``layout`` is what
    ``columns`` mean; the unit's has none. ``branch_at`` and ``code_at`` are where a row says which branch it
    belongs to, and ``by_name`` that it can be asked for names: PostgreSQL refuses to compare a number, or a
    value of an enumerated type, with a text. ``scanned`` tells that the whole table is read to find the rows
    of a branch. ``caseless`` are columns in which the database takes A and a for one.
    """

    name: str
    sheet: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]
    layout: Layout | None
    branch_at: int | None = None
    code_at: int | None = None
    by_name: bool = True
    scanned: bool = False
    caseless: tuple[str, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """The header of the table: the names of its columns, in small letters where case means nothing."""
        return tuple(map(_title, self.columns))

    def spellings(self, columns: Sequence[Sequence[Any]]) -> Iterable[Spelling]:
        """Return how each row says its branch, for rows that are given column by column."""
        if not columns:
            return ()
        names = repeat(None) if self.branch_at is None else _hashable(columns[self.branch_at])
        codes = repeat(None, len(columns[0])) if self.code_at is None else _hashable(columns[self.code_at])
        return zip(names, codes)


def find_tables(
    connection: Connection, file: str, schema: Schema, imports: ImportRules, notes: Notes
) -> tuple[StoredTable, ...]:
    """Return the tables and views that are sheets, in the order of the schema; a note names the others.

    :param file: what findings call the database.
    """
    from sqlalchemy import inspect

    inspector = inspect(connection)
    views = _views(inspector)
    meant = {
        name: exactly_named(name, schema) or imports.sheet_of(file, name)
        for name in sorted({*inspector.get_table_names(), *views})
    }
    _report_others([name for name, sheet in meant.items() if not sheet], file, notes)
    tables = [
        table
        for sheet in schema.sheets
        for name in meant
        if meant[name] == sheet
        and (
            table := _Look(inspector, name, name in views).table(
                file, schema.sheets[sheet], schema, imports, notes
            )
        )
    ]
    return tuple(tables)


def _views(inspector: Inspector) -> set[str]:
    views = set(inspector.get_view_names())
    if inspector.dialect.name == "postgresql":
        views.update(inspector.get_materialized_view_names())
    return views


def _report_others(names: Sequence[str], file: str, notes: Notes) -> None:
    if not names:
        return
    shown = "、".join(names[:_NAMED_AT_MOST]) + ("…" if len(names) > _NAMED_AT_MOST else "")
    notes.info(
        "sheet-unknown",
        Place(file),
        _("these tables are none of the sheets that docsmith knows; they are not read: {names}").format(
            names=shown
        ),
        _("Name a view after the sheet that it is, or say in docsmith.toml under [import.files] what it is."),
    )


class _Look:
    """What the database says of one table."""

    def __init__(self, inspector: Inspector, name: str, is_view: bool) -> None:
        self._inspector, self._name, self._is_view = inspector, name, is_view
        with warnings.catch_warnings(action="ignore"):  # of types that SQLAlchemy does not know: point, xml
            columns = inspector.get_columns(name)
        self._types: dict[str, Any] = {str(column["name"]): column["type"] for column in columns}
        primary = () if is_view else inspector.get_pk_constraint(name)["constrained_columns"]
        self._primary: tuple[str, ...] = tuple(primary)

    def table(
        self, file: str, sheet: Sheet, schema: Schema, imports: ImportRules, notes: Notes
    ) -> StoredTable | None:
        """Return the table as that sheet, or ``None`` with a finding where no column is the sheet's."""

        def recognised(columns: Iterable[str], said: Notes) -> Recognised | None:
            header = [list(map(_title, columns))]
            raw = RawTable(file, self._name, header, objects=True, known_as=sheet.name)
            return recognise(raw, schema, imports, said)

        if sheet.paired and (pair := self._pair()):
            return StoredTable(self._name, sheet.name, pair, *self._row_names(pair[:1]), None)
        names = tuple(self._types)
        found = recognised(names, notes)
        if found is None:
            return None
        if found.layout is None:
            return StoredTable(self._name, sheet.name, self._told_of_unit(sheet), *self._row_names(()), None)
        code = code_index(found.layout) if issubclass(sheet.record, BranchRecord) else None
        read = tuple(
            names[heading.index]
            for heading in found.layout.headings
            if heading.column or heading.index == code or self._is_kept(names[heading.index], file, notes)
        )
        again = recognised(read, Notes())
        return self._of_rows(sheet, read, again.layout) if again and again.layout else None

    def _of_rows(self, sheet: Sheet, read: tuple[str, ...], layout: Layout) -> StoredTable:
        """Return a table whose rows become records, with these columns."""
        of_branch = issubclass(sheet.record, BranchRecord)
        branch_at = layout.index_of("branch" if of_branch else "name" if sheet.name == "branches" else "")
        code_at = code_index(layout) if of_branch else None
        asked = branch_at if branch_at is not None else code_at
        required = tuple(read[h.index] for h in layout.headings if h.column and h.column.required)
        return StoredTable(
            self._name,
            sheet.name,
            read,
            *self._row_names(required or read[:1]),
            layout,
            branch_at,
            code_at,
            by_name=branch_at is None or is_text(self._types[read[branch_at]], self._inspector.dialect.name),
            scanned=asked is not None and not self._is_view and not self._leads_an_index(read[asked]),
            caseless=tuple(name for name in read if is_caseless(self._types[name])),
        )

    def _pair(self) -> tuple[str, ...]:
        return next((pair for pair in PAIRS if set(pair) <= self._types.keys()), ())

    def _told_of_unit(self, sheet: Sheet) -> tuple[str, ...]:
        """Return the columns of a unit that is one row, but for a key that is no more than that."""
        known = keys_of(sheet)
        return tuple(
            name for name in self._types if name not in self._primary or cell_key(_title(name)) in known
        )

    def _is_kept(self, name: str, file: str, notes: Notes) -> bool:
        """Tell whether an unknown column is kept: not a key, and not what no text can hold."""
        from sqlalchemy import JSON, LargeBinary

        if isinstance(self._types[name], JSON | LargeBinary):
            notes.info(
                "column-unreadable",
                Place(file, self._name, name),
                _("the column {header} holds bytes or JSON; it is not read").format(header=shortened(name)),
            )
            return False
        return name not in self._primary

    def _row_names(self, telling: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the columns that name a row, and those that order the rows.

        That is the primary key, else the number that the database gives a row, else, for a view, the columns
        that tell a reader most, and the order of everything that can be ordered.
        """
        if self._primary:
            return self._primary, self._primary
        dialect = self._inspector.dialect.name
        if dialect == "sqlite" and not self._is_view:
            free = [name for name in _ROWID if name not in map(str.lower, self._types)]
            if free:
                return (free[0],), (free[0],)
        if dialect == "postgresql" and not self._is_view:
            return ("ctid",), ("tableoid", "ctid")
        return telling, self._orderable()

    def _orderable(self) -> tuple[str, ...]:
        from sqlalchemy import JSON
        from sqlalchemy.types import NullType

        # PostgreSQL orders neither json nor what SQLAlchemy has no type for: points, xml.
        orderless = JSON | NullType if self._inspector.dialect.name == "postgresql" else JSON
        return tuple(name for name, kind in self._types.items() if not isinstance(kind, orderless))

    def _leads_an_index(self, column: str) -> bool:
        indexes = [index["column_names"][:1] for index in self._inspector.get_indexes(self._name)]
        unique = [one["column_names"][:1] for one in self._inspector.get_unique_constraints(self._name)]
        return [column] in (*indexes, *unique, list(self._primary[:1]))


def hashable(cell: Any) -> Any:
    """Return a cell as it can stand in a spelling; nobody can ask for a :class:`BrokenCell`."""
    return BrokenCell(str(cell)) if isinstance(cell, list | dict) else cell


def _hashable(column: Sequence[Any]) -> Sequence[Any]:
    return column if {list, dict}.isdisjoint(map(type, column)) else tuple(map(hashable, column))


def _title(column: str) -> str:
    """Return a column's name as a header: without capitals in it, which many databases do not tell apart."""
    return column.lower() if column.isascii() else column
