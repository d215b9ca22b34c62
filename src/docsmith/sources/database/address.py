"""Where a database is, and how it is opened so that nothing can be written to it."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from docsmith._i18n import gettext as _
from docsmith._urls import is_torn, secrets_of, shown_url
from docsmith.errors import SourceError

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection

# How long a connection may take, and how long a database may be locked by others. In seconds.
PATIENCE = 15
# A server that is gone without a word is noticed after a minute; a query may take as long as it likes.
_LIBPQ = {
    "connect_timeout": PATIENCE,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
# What the drivers that are known to us call that; the URL may say otherwise.
_ARGUMENTS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "pysqlite": {"timeout": PATIENCE},
        "psycopg": _LIBPQ,
        "psycopg2": _LIBPQ,
        "pymysql": {"connect_timeout": PATIENCE},
        "mysqldb": {"connect_timeout": PATIENCE},
    }
)
_EXTRA = "docsmith-forms[db]"
# What pip calls a driver where that is not the name in the URL.
_PACKAGES: Mapping[str, str] = MappingProxyType(
    {
        "psycopg": "psycopg[binary]",
        "psycopg2": "psycopg2-binary",
        "mysqldb": "mysqlclient",
        "cx_oracle": "oracledb",
    }
)


class Address:
    """The URL of a database. Only ``name``, which has no secrets, is ever shown."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.name = shown_url(url)

    def __repr__(self) -> str:
        return f"Address({self.name!r})"

    @property
    def url(self) -> URL:
        """The parts of the URL; raises :class:`SourceError` where SQLAlchemy is missing, or it is none."""
        if is_torn(self._url):
            raise SourceError(
                _("The URL of the database has more than one @."),
                hint=_("Write %40 for each @ but the last one, before the host: user:pass%40word@host/name."),
            )
        _require_sqlalchemy()
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            return make_url(self._url)
        except (ArgumentError, ValueError):
            raise SourceError(
                _("{url} is not the URL of a database.").format(url=self.name),
                hint=_(
                    "Expected for example sqlite:///data.db or postgresql+psycopg://user:password@host/name."
                ),
            ) from None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not appear in a message: the password, and whatever the query holds."""
        url = self.url
        values = [url.password, *(one for many in url.normalized_query.values() for one in many)]
        return tuple(dict.fromkeys((*(str(value) for value in values if value), *secrets_of(self._url))))

    def open(self) -> Engine:
        """Return an engine whose connections only read; raises :class:`SourceError` without a driver.

        It holds one connection. SQLite is opened with ``mode=ro``; PostgreSQL, MySQL and MariaDB are told
        that every transaction only reads. Any other is only ever asked to select.
        """
        url = self.url
        from sqlalchemy import create_engine, event
        from sqlalchemy.exc import NoSuchModuleError

        kind = url.get_backend_name()
        try:
            usual = _ARGUMENTS.get(url.get_driver_name(), {})
            engine = create_engine(
                self._of_file(url) if kind == "sqlite" else url,
                connect_args={name: value for name, value in usual.items() if name not in url.query},
                pool_size=1,
                max_overflow=0,
                hide_parameters=True,
                **_one_snapshot(kind),
            )
        except NoSuchModuleError:
            raise SourceError(
                _("No database is called {kind}.").format(kind=url.drivername), hint=_kinds()
            ) from None
        except ImportError:
            raise self._no_driver(url) from None
        if kind in _PREPARE:
            event.listen(engine, "connect", _PREPARE[kind])
        if kind == "sqlite":
            # Python's driver begins no transaction before a SELECT; without one each would see another state.
            event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        return engine

    def _of_file(self, url: URL) -> URL:
        """Return the URL that opens a SQLite file for reading only, and never makes one."""
        file = Path(url.database or "")
        if not url.database or url.database == ":memory:" or not file.is_file():
            raise SourceError(
                _("There is no database {name}.").format(name=self.name),
                hint=_(
                    "Three slashes stand before a relative path (sqlite:///data.db), four before /data.db."
                ),
            )
        return url.set(database=file.absolute().as_uri(), query={**url.query, "mode": "ro", "uri": "true"})

    def _no_driver(self, url: URL) -> SourceError:
        driver = url.get_driver_name()
        return SourceError(
            _("The driver {driver}, which {name} needs, is not installed.").format(
                driver=driver, name=self.name
            ),
            hint=_("Install it: pip install {package}").format(package=f'"{_PACKAGES.get(driver, driver)}"'),
        )


def _one_snapshot(kind: str) -> dict[str, Any]:
    """Return what makes one transaction read one state of the database, where that costs nothing."""
    return {"isolation_level": "REPEATABLE READ"} if kind in ("postgresql", "mysql", "mariadb") else {}


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("query_only = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(connection: DBAPIConnection, _record: object) -> None:
    _run(connection, "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
    connection.commit()


def _prepare_mysql(connection: DBAPIConnection, _record: object) -> None:
    _run(connection, "SET SESSION TRANSACTION READ ONLY")


def _run(connection: DBAPIConnection, statement: str) -> None:
    cursor = connection.cursor()
    cursor.execute(statement)
    cursor.close()


_PREPARE = {
    "sqlite": _prepare_sqlite,
    "postgresql": _prepare_postgresql,
    "mysql": _prepare_mysql,
    "mariadb": _prepare_mysql,
}


def _require_sqlalchemy() -> None:
    if importlib.util.find_spec("sqlalchemy") is None:
        raise SourceError(
            _("Data in a database needs SQLAlchemy, which is not installed."),
            hint=_("Install it: pip install {package}").format(package=f'"{_EXTRA}"'),
        )


def _kinds() -> str:
    return _("Expected sqlite:///…, postgresql+psycopg://… or mysql+pymysql://….")
