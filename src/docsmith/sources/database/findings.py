"""What is said of the tables themselves: columns that nobody knows, and tables that are slow to look up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docsmith._i18n import gettext as _
from docsmith.model.findings import Place
from docsmith.sources.database.address import Address
from docsmith.sources.database.faults import speaking_of
from docsmith.sources.database.keyed import KeyedTable
from docsmith.sources.database.tables import StoredTable
from docsmith.sources.extras import ExtraColumns
from docsmith.sources.notes import Notes

if TYPE_CHECKING:
    from sqlalchemy import ColumnClause, Connection

# Reading a smaller table from end to end takes a few milliseconds.
_LARGE = 20_000


def report_unknown(
    connection: Connection, address: Address, stored: StoredTable, table: KeyedTable, notes: Notes
) -> None:
    """Add a finding for each column that the sheet does not know, if any row has something in it."""
    from sqlalchemy import Text, cast, column, func, select
    from sqlalchemy import table as from_table
    from sqlalchemy.sql import quoted_name

    extras = ExtraColumns(table.form)
    for heading in extras.unknown:
        asked: ColumnClause[Any] = column(quoted_name(stored.columns[heading.index], True))
        source = from_table(quoted_name(stored.name, True), asked)
        with speaking_of(address, stored.name):
            filled = select(1).select_from(source).where(func.trim(cast(asked, Text)) != "").limit(1)
            found = connection.execute(filled).first()
        if found:
            extras.report(heading, table.heading_place(heading.index), notes)


def is_slow(connection: Connection, address: Address, stored: StoredTable, notes: Notes) -> bool:
    """Tell whether a table is so large that it should have an index which it has not; say so once."""
    from sqlalchemy import Column, Index, MetaData, Table, func, select
    from sqlalchemy.schema import CreateIndex

    asked = stored.branch_at if stored.branch_at is not None else stored.code_at
    if not stored.scanned or asked is None:
        return False
    column: Column[object] = Column(stored.columns[asked])
    table = Table(stored.name, MetaData(), column, quote=True)
    with speaking_of(address, stored.name):
        some = select(column).limit(_LARGE + 1).subquery()
        count = connection.execute(select(func.count()).select_from(some)).scalar_one()
    if count <= _LARGE:
        return False
    index = CreateIndex(Index(f"docsmith_{stored.sheet}", column))
    notes.warning(
        "index-missing",
        Place(address.name, stored.name),
        _("to find the rows of a branch, the database has to read the whole table {table}").format(
            table=table.name
        ),
        _("Add an index: {statement}").format(statement=index.compile(dialect=connection.dialect)),
    )
    return True
