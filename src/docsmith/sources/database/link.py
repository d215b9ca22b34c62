"""The connection of one process to a database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from docsmith.sources.database.address import Address
from docsmith.sources.database.faults import speaking_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


class Link:
    """Opens the connection when it is first needed, in the process that needs it.

    Neither pickling nor forking carries a connection into another process: two that speak over one socket
    would read each other's answers.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self._engine: Engine | None = None
        self._process = 0

    def __getstate__(self) -> dict[str, object]:
        return {"address": self.address, "_engine": None, "_process": 0}

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Yield a connection in one transaction, so that all that is read is of one state of the database.

        Raises :class:`docsmith.errors.SourceError` where it cannot be opened.
        """
        if self._process != os.getpid():
            if self._engine is not None:
                self._engine.dispose(close=False)  # the process that we were forked from still uses it
            self._engine, self._process = self.address.open(), os.getpid()
        engine = self._engine
        assert engine is not None  # noqa: S101 - just opened
        with speaking_of(self.address):
            connection = engine.connect()
        try:
            with speaking_of(self.address):
                connection.begin()
                yield connection
        finally:
            with speaking_of(self.address):
                connection.close()

    def close(self) -> None:
        """End the connection, if this process has one."""
        if self._engine is not None and self._process == os.getpid():
            self._engine.dispose()
        self._engine, self._process = None, 0
