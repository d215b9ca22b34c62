"""Values that a driver refuses to hand over: read as they are, so that only their rows are at fault.

SQLite keeps any bytes as text, GBK for example; PostgreSQL has dates that Python has not: ``infinity``,
``0044-03-15 BC``. Drivers raise at the first one. A connection that has met one is made lenient, for good,
and asked again: to be lenient costs 100 ns a value, and hardly any database needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LENIENT = "docsmith-lenient"


def be_lenient(connection: Connection) -> bool:
    """Let a connection read whatever is stored; return whether asking again may help.

    Text that is not UTF-8 is read as bytes, a date that Python has not as text: both fail at their cells.
    """
    make = _MAKE.get(connection.dialect.driver)
    if make is None or _LENIENT in connection.info:
        return False
    make(connection.connection.driver_connection)
    connection.info[_LENIENT] = True
    return True


def _make_sqlite(driver: Any) -> None:
    driver.text_factory = _text_or_bytes


def _text_or_bytes(stored: bytes) -> str | bytes:
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return stored


def _make_psycopg(driver: Any) -> None:
    from psycopg.types import datetime

    usual = {
        "date": datetime.DateLoader,
        "time": datetime.TimeLoader,
        "timetz": datetime.TimetzLoader,
        "timestamp": datetime.TimestampLoader,
        "timestamptz": datetime.TimestamptzLoader,
        "interval": datetime.IntervalLoader,
    }
    for kind, loader in usual.items():
        driver.adapters.register_loader(kind, _or_text(loader))


def _or_text(loader: Any) -> Any:
    """Return a loader of psycopg that gives a value as text where the usual one gives none."""
    from psycopg import DataError

    class OrText(loader):  # type: ignore[misc]
        def load(self, data: Any) -> Any:
            try:
                return super().load(data)
            except DataError:
                return bytes(data).decode()

    return OrText


_MAKE: Mapping[str, Callable[[Any], None]] = MappingProxyType(
    {"pysqlite": _make_sqlite, "psycopg": _make_psycopg}
)
