"""What can go wrong with a database, in words: no driver, no server, no right; and never a password."""

from __future__ import annotations

import importlib.util
import logging
import pickle
import sqlite3
import tempfile
import traceback
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from docsmith.errors import SourceError, UsageError
from docsmith.model.schema import Schema
from docsmith.sources import ImportRules, load
from docsmith.sources.database import DatabaseSource
from tests.postgres import PASSWORD, USER, Server, running
from tests.sources.databases import fill, sqlite
from tests.sources.making import BRANCHES, UNIT, by_code, workbook

SCHEMA = Schema.built_in()
TABLES = {"单位": UNIT, "支部": BRANCHES, "党员": [("支部", "姓名"), ("第一党支部", "甲")]}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        yield server


def opened(url: str) -> DatabaseSource:
    return DatabaseSource(url, SCHEMA, ImportRules())


def refused(url: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        opened(url)
    return caught.value


def test_wrong_password_is_said_and_not_shown(server: Server) -> None:
    error = refused(server.url(password="secret-4712"))
    assert "does not accept the user or the password" in error.message
    assert "secret-4712" not in "".join(traceback.format_exception(error))


def test_database_that_is_not_there_is_said(server: Server) -> None:
    assert (
        refused(server.url("nowhere")).message
        == f"There is no database {server.url('nowhere').partition('+')[0]}://127.0.0.1:{server.port}/nowhere."
    )


def test_server_that_does_not_answer_is_said() -> None:
    error = refused("postgresql+psycopg://keeper:secret-4712@127.0.0.1:1/party")
    assert error.message.startswith("The database postgresql://127.0.0.1:1/party cannot be reached: ")
    assert "secret-4712" not in "".join(traceback.format_exception(error))


@pytest.mark.parametrize("password", ["p@ssw0rd9", "p@ssw0rd9/x", "p?q@ssw0rd9", "p@ssw0rd9?q", "@ssw0rd9"])
def test_password_with_an_at_sign_is_refused_before_it_is_taken_for_a_host(password: str) -> None:
    error = refused(f"postgresql+psycopg://keeper:{password}@127.0.0.1:1/party")
    assert error.message == "The URL of the database has more than one @."
    assert "%40" in (error.hint or "")
    assert "ssw0rd9" not in "".join(traceback.format_exception(error)) + (error.hint or "")


def test_table_that_may_not_be_read_is_named(server: Server) -> None:
    url = fill(server.make("closed"), TABLES)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE ROLE guest LOGIN PASSWORD 'guest-4711'")
        connection.execute('GRANT SELECT ON "单位", "支部" TO guest')
    error = refused(url.replace(USER, "guest", 1).replace("p%40ss%2Fword-4711", "guest-4711"))
    assert "may not read 党员" in error.message


def test_nothing_can_be_written_to_postgresql(server: Server) -> None:
    source = opened(fill(server.make("kept"), TABLES))
    with source.reader()._link.snapshot() as connection, pytest.raises(sa.exc.DBAPIError, match="read-only"):
        connection.exec_driver_sql('DELETE FROM "党员"')
    source.close()


def test_nothing_can_be_written_to_sqlite(tmp_path: Path) -> None:
    source = opened(sqlite(tmp_path / "数据.db", TABLES))
    with source.reader()._link.snapshot() as connection, pytest.raises(sa.exc.DBAPIError, match="readonly"):
        connection.exec_driver_sql('DELETE FROM "党员"')
    source.close()


def test_one_ticket_is_of_one_state_of_the_database(server: Server) -> None:
    url = fill(server.make("moving"), TABLES)
    source = opened(url)
    with source.reader()._link.snapshot() as connection:
        count = sa.text('SELECT count(*) FROM "党员"')
        before = connection.execute(count).scalar_one()
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as writer:
            writer.execute('DELETE FROM "党员"')
        assert connection.execute(count).scalar_one() == before
    source.close()


def test_server_that_stops_midway_fails_the_ticket_and_the_next_one_is_read(server: Server) -> None:
    source = opened(fill(server.make("stopped"), TABLES))
    reader, (ticket,) = source.reader(), source.tickets(list(source.names()), 10)
    assert reader.read(ticket).branches == ticket.branches
    server.stop()
    try:
        with pytest.raises(SourceError) as caught:
            reader.read(ticket)
        assert PASSWORD not in "".join(traceback.format_exception(caught.value))
    finally:
        server.start()
    assert reader.read(ticket).branches == ticket.branches
    source.close()


def test_table_that_is_dropped_midway_fails_the_ticket_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "数据.db"
    source = opened(sqlite(path, TABLES))
    (ticket,) = source.tickets(list(source.names()), 10)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE 党员")
    connection.close()
    with pytest.raises(SourceError, match=r"The table 党员 of sqlite:///.* could not be read to its end"):
        source.reader().read(ticket)
    source.close()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("sqlite:///nowhere.db", "There is no database sqlite:///nowhere.db."),
        ("sqlite://", "There is no database sqlite://."),
        ("sqlite:///:memory:", "There is no database sqlite:///:memory:."),
        ("oracel://u:secret@h/d", "No database is called oracel."),
        ("postgresql+psycopg://u:secret@h:port/d", "postgresql://h:port/d is not the URL of a database."),
    ],
)
def test_url_of_nothing_is_refused(url: str, message: str) -> None:
    assert refused(url).message == message


def test_driver_that_is_not_installed_is_named_with_its_package() -> None:
    if importlib.util.find_spec("MySQLdb"):
        pytest.skip("mysqlclient is installed")
    error = refused("mysql+mysqldb://u:secret@h/d")
    assert "The driver mysqldb, which mysql://h/d needs, is not installed." in error.message
    assert error.hint == 'Install it: pip install "mysqlclient"'


def test_missing_extra_is_named_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec

    def without_sqlalchemy(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "sqlalchemy" else find(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", without_sqlalchemy)
    assert refused(f"sqlite:///{tmp_path}/a.db").hint == 'Install it: pip install "docsmith-forms[db]"'


def test_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = workbook(tmp_path / "数据.xlsx", {"单位": UNIT})
    assert refused(f"sqlite:///{file}").message == f"sqlite:///{file} is not a SQLite database."


def test_database_that_somebody_writes_is_said(tmp_path: Path) -> None:
    url = sqlite(tmp_path / "数据.db", TABLES)
    writer = sqlite3.connect(tmp_path / "数据.db", isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    assert "is being written by somebody else" in refused(f"{url}?timeout=0.1").message
    writer.close()


def test_database_is_read_alone(tmp_path: Path) -> None:
    url = sqlite(tmp_path / "数据.db", TABLES)
    with pytest.raises(UsageError, match="read alone"):
        load([url, tmp_path], SCHEMA)


def test_no_message_place_log_or_repr_shows_the_password(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    rows = {
        **TABLES,
        "党员": [("支部", "姓名", "出生日期"), ("第一党支部", "甲", "昨天"), ("火星", "乙", None)],
    }
    source = opened(fill(server.make("hidden"), rows))
    reader = source.reader()
    (ticket,) = source.tickets(list(source.names()), 10)
    dataset = reader.read(ticket).dataset(ticket.branches)
    shown = repr((vars(source), vars(reader), ticket, dataset.findings, dataset.failed, source.raw_shared()))
    for secret in (PASSWORD, "p%40ss", "word-4711"):
        assert secret not in shown + caplog.text
        assert secret.encode() not in pickle.dumps((source.head, ticket))
    assert (
        by_code(dataset.findings, "date-unreadable")[0].place.file
        == f"postgresql://127.0.0.1:{server.port}/hidden"
    )
    source.close()
