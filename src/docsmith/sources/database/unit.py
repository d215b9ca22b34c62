"""The unit of a database, and the years of its events where the unit names none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from docsmith._i18n import gettext as _
from docsmith.model.findings import Place
from docsmith.model.schema import PAIR_TITLES
from docsmith.model.values import CellError
from docsmith.sources.cells import CellReader
from docsmith.sources.database.address import Address
from docsmith.sources.database.rows import RowReader
from docsmith.sources.database.tables import PAIRS, StoredTable
from docsmith.sources.notes import Notes
from docsmith.sources.scrub import scrub
from docsmith.sources.tables import RawTable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from docsmith.model.schema import Schema

# A unit has a dozen fields; nobody writes so many.
_MOST_PAIRS = 1000


def unit_table(
    connection: Connection, address: Address, stored: StoredTable, notes: Notes, *, clean_pinyin: bool
) -> RawTable:
    """Return a table of the unit as one object: from its one row, or from pairs of 项目 and 内容."""
    pairs = stored.columns in PAIRS
    rows = RowReader(address, stored).first(connection, _MOST_PAIRS if pairs else 2).cells
    if pairs:
        header, values = [row[0] for row in rows], [row[1] for row in rows]
    else:
        header, values = list(stored.titles), list(rows[0]) if rows else []
        if len(rows) > 1:
            notes.warning(
                "unit-rows",
                Place(address.name, stored.name),
                _("the table has several rows, but a unit is one; the first is used"),
                _("Keep one row, or make it a table of two columns: {pair}.").format(
                    pair="、".join(PAIR_TITLES)
                ),
            )
    table = RawTable(address.name, stored.name, [header, values] if values else [header], objects=True)
    return scrub(table, notes, clean_pinyin=clean_pinyin)


def years_of(
    connection: Connection, address: Address, tables: Sequence[StoredTable], schema: Schema
) -> Iterator[int]:
    """Yield the years of all activities and talks, for data whose unit does not name its year."""
    for stored in tables:
        if stored.sheet not in ("activities", "talks") or stored.layout is None:
            continue
        at = stored.layout.index_of("date")
        if at is None:
            continue
        read = CellReader(schema.sheets[stored.sheet].column("date"))
        for cell in RowReader(address, stored).different(connection, stored.columns[at]):
            try:
                date: Any = read(cell)
            except CellError:
                continue
            yield date.year
