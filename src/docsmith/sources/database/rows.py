"""The rows of one table: all of them in pieces, or those that say certain names of branches."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import compress, islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from docsmith.sources.database.address import Address
from docsmith.sources.database.faults import fails_at_hand_over, speaking_of
from docsmith.sources.database.leniency import be_lenient
from docsmith.sources.database.tables import Spelling, StoredTable
from docsmith.sources.database.values import plain_columns
from docsmith.sources.notes import shortened
from docsmith.sources.tables import BrokenCell

if TYPE_CHECKING:
    from sqlalchemy import ColumnClause, ColumnElement, Connection, CursorResult, Select

# Rows that are fetched at once where all are read: memory holds so many of a table of any length.
PIECE = 2000


class Rows(NamedTuple):
    """Rows of a table, column by column, and what names each row in a place: ``id=5``."""

    columns: list[tuple[Any, ...]]
    keys: list[str]

    @property
    def cells(self) -> list[tuple[Any, ...]]:
        """The rows one by one."""
        return list(zip(*self.columns))

    def only(self, wanted: Sequence[bool]) -> Rows:
        """Return some of the rows."""
        columns = [tuple(compress(column, wanted)) for column in self.columns]
        return Rows(columns, list(compress(self.keys, wanted)))


class RowReader:
    """Reads one table; it is made in the process that reads.

    Columns are selected without types, so that SQLAlchemy hands on what the driver gives.
    """

    def __init__(self, address: Address, table: StoredTable) -> None:
        from sqlalchemy import column, select
        from sqlalchemy import table as from_table
        from sqlalchemy.sql import quoted_name

        self._address, self._table = address, table
        read = tuple(dict.fromkeys((*table.columns, *table.key)))
        named: dict[str, ColumnClause[Any]] = {
            name: column(quoted_name(name, True)) for name in dict.fromkeys((*read, *table.order))
        }
        source = from_table(quoted_name(table.name, True), *named.values())
        self._all: Select[Any] = select(*(named[name] for name in read)).select_from(source)
        self._all = self._all.order_by(*(named[name] for name in table.order))
        self._name, self._code = (
            None if at is None else named[table.columns[at]] for at in (table.branch_at, table.code_at)
        )
        self._named = named
        self._keys = [(read.index(name), name) for name in table.key]
        self._asked: dict[tuple[bool, bool], Select[Any]] = {}

    def all(self, connection: Connection) -> Iterator[Rows]:
        """Yield all rows in order, in pieces."""
        for piece in self._pieces(connection, self._all):
            yield self._rows(piece)

    def first(self, connection: Connection, count: int) -> Rows:
        """Return the first rows."""
        return self._rows(self._at_once(connection, self._all.limit(count)))

    def spellings(self, connection: Connection) -> Iterator[Spelling]:
        """Yield the different ways in which rows say their branch, in no order."""
        asked = [None if one is None else self._exactly(connection, one) for one in (self._name, self._code)]
        statement = self._all.with_only_columns(*(one for one in asked if one is not None)).order_by(None)
        for piece in self._pieces(connection, statement.distinct(), ordered=False):
            for row in zip(*plain_columns(piece)):
                yield (
                    row[0] if self._name is not None else None,
                    row[-1] if self._code is not None else None,
                )

    def different(self, connection: Connection, name: str) -> Iterator[Any]:
        """Yield the different values of a column, in no order."""
        statement = self._all.with_only_columns(self._named[name]).order_by(None).distinct()
        for piece in self._pieces(connection, statement, ordered=False):
            yield from plain_columns(piece)[0]

    def _exactly(self, connection: Connection, column: ColumnClause[Any]) -> ColumnElement[Any]:
        """Return a column as DISTINCT must compare it: by every letter and blank, as Python does."""
        from sqlalchemy import Text, cast

        if column.key in self._table.caseless:
            return cast(column, Text)
        collations = {"sqlite": "BINARY", "mysql": "utf8mb4_bin", "mariadb": "utf8mb4_bin"}
        collation = collations.get(connection.dialect.name)
        return column.collate(collation) if collation else column

    def spelt(self, connection: Connection, spellings: Collection[Spelling]) -> Rows:
        """Return the rows with one of these spellings, in order, and perhaps some that only resemble one."""
        names = {name for name, _code in spellings if not _is_blank(name)}
        codes = {code for name, code in spellings if _is_blank(name)}
        if not (self._name is None or self._table.by_name):
            names = {str(name) for name in names}
        asked = {"names": _as_stored(names), "codes": _as_stored(codes)}
        return self._rows(self._at_once(connection, self._asking(bool(codes), None in codes), asked))

    def _asking(self, by_code: bool, or_no_code: bool) -> Select[Any]:
        """Return what asks for rows with one of ``names``, or without a name but with one of ``codes``.

        It is made once: each statement that SQLAlchemy makes of values leaves circles to the garbage.
        """
        key = by_code, or_no_code
        if key not in self._asked:
            self._asked[key] = self._all.where(self._says(*key))
        return self._asked[key]

    def _says(self, by_code: bool, or_no_code: bool) -> ColumnElement[bool]:
        from sqlalchemy import String, and_, cast, or_

        if self._name is None:
            return _is_one("codes", self._code, or_null=or_no_code)
        said = _is_one("names", self._name if self._table.by_name else cast(self._name, String))
        if not by_code:
            return said
        if self._code is None:
            return or_(said, self._has_no_name())
        return or_(said, and_(self._has_no_name(), _is_one("codes", self._code, or_null=or_no_code)))

    def _has_no_name(self) -> ColumnElement[bool]:
        from sqlalchemy import String, cast, func, or_

        assert self._name is not None  # noqa: S101 - only asked where there is a column of names
        text = self._name if self._table.by_name else cast(self._name, String)
        return or_(self._name.is_(None), func.trim(text) == "")

    def _speaking(self) -> AbstractContextManager[None]:
        return speaking_of(self._address, self._table.name)

    def _at_once(
        self, connection: Connection, statement: Select[Any], values: Mapping[str, Any] = MappingProxyType({})
    ) -> Sequence[Sequence[Any]]:
        """Return all rows that a statement gives."""
        from sqlalchemy.exc import DBAPIError

        with self._speaking():
            try:
                return _as_driven(connection.execute(statement, values))
            except DBAPIError as error:
                if not (fails_at_hand_over(error) and be_lenient(connection)):
                    raise
            return _as_driven(connection.execute(statement, values))

    def _pieces(
        self, connection: Connection, statement: Select[Any], *, ordered: bool = True
    ) -> Iterator[Sequence[Sequence[Any]]]:
        """Yield the rows that a statement gives in pieces; without an order, perhaps some of them twice."""
        from sqlalchemy.exc import DBAPIError

        done = 0
        streamed = statement.execution_options(yield_per=PIECE)
        with self._speaking():
            try:
                for piece in connection.execute(streamed).partitions():
                    yield piece
                    done += len(piece) if ordered else 0
            except DBAPIError as error:
                if not (fails_at_hand_over(error) and be_lenient(connection)):
                    raise
            else:
                return
            rows = islice(connection.execute(streamed), done, None)
            while piece := list(islice(rows, PIECE)):
                yield piece

    def _rows(self, found: Sequence[Sequence[Any]]) -> Rows:
        columns = plain_columns(found)
        if not columns:
            return Rows([], [])
        shown = [_shown(name, columns[at]) for at, name in self._keys]
        keys = shown[0] if len(shown) == 1 else list(map(", ".join, zip(*shown)))
        return Rows(columns[: len(self._table.columns)], keys)


def _as_driven(result: CursorResult[Any]) -> Sequence[Sequence[Any]]:
    """Return all rows as the driver gives them.

    SQLAlchemy would wrap each in an object, which takes as long as to read it: 1.2 µs. In return, what the
    driver raises has to be handed on as SQLAlchemy would.
    """
    from sqlalchemy.exc import DBAPIError

    assert result.cursor is not None  # noqa: S101 - a SELECT has one until it is read
    try:
        rows: Sequence[Sequence[Any]] = result.cursor.fetchall()
    except result.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(None, None, error) from error
    finally:
        result.close()
    return rows


def _shown(name: str, cells: Sequence[Any]) -> list[str]:
    if {int}.issuperset(map(type, cells)):
        return [f"{name}={cell}" for cell in cells]
    return [f"{name}={shortened(cell.text if isinstance(cell, BrokenCell) else cell)}" for cell in cells]


def _is_blank(name: Any) -> bool:
    """Tell whether a name is none: NULL, or nothing but the blanks that SQL trims."""
    return name is None or (isinstance(name, str) and not name.strip(" "))


def _as_stored(values: Collection[Any]) -> list[Any]:
    """Return values to ask for, texts without the blanks at their end as well.

    PostgreSQL pads a ``CHAR(20)`` when it is read, and not when it is compared.
    """
    asked = [value for value in values if value is not None]
    return asked + [value.rstrip(" ") for value in asked if isinstance(value, str) and value.endswith(" ")]


def _is_one(name: str, column: Any, *, or_null: bool = False) -> ColumnElement[bool]:
    """Return the condition that a column has one of the values that are given when it is asked."""
    from sqlalchemy import bindparam, or_

    condition: ColumnElement[bool] = column.in_(bindparam(name, expanding=True))
    return or_(condition, column.is_(None)) if or_null else condition
