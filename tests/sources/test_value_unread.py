"""A value that a driver cannot hand over is told apart from a database that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

sqlalchemy = pytest.importorskip("sqlalchemy")

from docsmith.errors import SourceError, ValueUnreadError  # noqa: E402
from docsmith.sources.database.address import Address  # noqa: E402
from docsmith.sources.database.faults import speaking_of  # noqa: E402


def query(folder: Path, statement: str) -> None:
    file = folder / "data.sqlite"
    file.touch()
    address = Address(f"sqlite:///{file}")
    with address.open().connect() as connection, speaking_of(address, "党员"):
        connection.exec_driver_sql(statement).fetchall()


def test_text_that_is_no_utf_8_is_a_value_and_its_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueUnreadError, match="党员"):
        query(tmp_path, "SELECT CAST(x'CDF5' AS TEXT)")


def test_table_that_is_not_there_is_no_value(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as failure:
        query(tmp_path, "SELECT * FROM nothing")
    assert not isinstance(failure.value, ValueUnreadError)
