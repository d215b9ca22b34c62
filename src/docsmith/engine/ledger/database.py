"""The database that the ledger is kept in: one writer, many readers, and whole transactions.

It is SQLite with a write-ahead log. What is noted before files are written waits for the disk
(``synchronous = FULL``): 0.1 ms for a document alone, 1 ms for a hundred together, where a rollback journal
takes 1.5 and 4.5 ms. So it survives not only a kill but the loss of power, and others can read while a run
writes. The log becomes part of the database when a run ends, so that the folder can be copied; after a kill
it lies beside the database, and is copied with it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from docsmith._files import OWN_FOLDER, reason_of
from docsmith._i18n import gettext as _
from docsmith.engine.ledger.schema import VERSION, bring_up_to_date, version_of
from docsmith.errors import OutputError

FILE_NAME = "ledger.sqlite3"
LOCK_NAME = "lock.sqlite3"
_PATIENCE = 2.0  # seconds to wait for a run that is just ending
# Pages of 4 KiB in the log before they are moved to their places: the more, the fewer are moved twice.
_PAGES_IN_LOG = 4000
# What SQLite calls a folder that cannot be written in, and what the system does.
_OF_THE_FOLDER = {
    "FULL": errno.ENOSPC,
    "CANTOPEN": errno.EACCES,
    "PERM": errno.EACCES,
    "READONLY": errno.EACCES,
}


def ledger_file(out: Path) -> Path:
    """Return where the ledger of an output folder is, or would be."""
    return out / OWN_FOLDER / FILE_NAME


class Database:
    """The database of an output folder, held by one run at a time."""

    def __init__(self, out: Path, *, read_only: bool = False) -> None:
        """Open the ledger of ``out``; raises :class:`OutputError` while another run holds it.

        A read-only ledger can be opened meanwhile. It is never made: where there is none, it is empty.
        """
        self.out = out
        self._file = ledger_file(out)
        self._held = contextlib.ExitStack()
        try:
            self._connection = self._open_to_read() if read_only else self._open()
        except (sqlite3.Error, OSError) as error:
            self._held.close()
            raise self._unusable(error) from error
        except BaseException:
            self._held.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._held.close()

    def _open(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._lock()
        if not self._file.exists():
            self._make()
        connection = self._connect(str(self._file))
        self._check_version(connection)
        bring_up_to_date(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_IN_LOG}")
        return connection

    def _make(self) -> None:
        """Make an empty ledger beside its place: one wait for the disk, where a dozen steps had five."""
        new = self._file.with_name(f"new-{FILE_NAME}")
        new.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(new, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            bring_up_to_date(connection)
            connection.execute("PRAGMA journal_mode = WAL")
        with new.open("r+b") as stream:
            os.fsync(stream.fileno())
        new.replace(self._file)

    def _lock(self) -> None:
        """Hold a second database, empty, for as long as this one is open: it ends with the process."""
        lock = self._connect(str(self._file.with_name(LOCK_NAME)))
        lock.execute("BEGIN EXCLUSIVE")

    def _open_to_read(self) -> sqlite3.Connection:
        """Open the ledger while a run may be on, or a copy of it in memory, brought up to date."""
        log = self._file.with_name(f"{FILE_NAME}-wal")
        if log.exists():
            connection = self._connect(f"{self._file.absolute().as_uri()}?mode=ro")
            self._check_version(connection)
            if version_of(connection) == VERSION:
                return connection
        memory = self._connect(":memory:")
        if log.exists():
            connection.backup(memory)
        elif self._file.is_file():
            # "Immutable": SQLite makes no files beside it, which it would not take away again.
            with contextlib.closing(self._connect(f"{self._file.absolute().as_uri()}?immutable=1")) as still:
                still.backup(memory)
        self._check_version(memory)
        bring_up_to_date(memory)
        return memory

    def _connect(self, where: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            where, timeout=_PATIENCE, isolation_level=None, uri=where.startswith("file:")
        )
        self._held.callback(connection.close)
        return connection

    def _check_version(self, connection: sqlite3.Connection) -> None:
        if version_of(connection) > VERSION:
            raise OutputError(
                _("{file} was written by a newer docsmith.").format(file=self._file),
                hint=_("Use that one here too, or name another folder with --out."),
            )

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection; what fails in it is an :class:`OutputError`."""
        try:
            yield self._connection
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """Lend the connection for what happens wholly or not at all.

        ``durable`` waits until it is on the disk, and all that was done before: for what must be known there
        before a file is.
        """
        with self.reading() as connection:
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _unusable(self, error: Exception) -> OutputError:
        if "locked" in str(error):
            return OutputError(
                _("Another docsmith is writing in {folder}.").format(folder=self.out),
                hint=_("Wait until it is done, and try again."),
            )
        if folder := _folders_fault(error):
            return OutputError(
                _("Nothing can be written in {folder}: {reason}.").format(
                    folder=self.out, reason=reason_of(folder)
                ),
                hint=_("Name another folder with --out, or see to this one."),
            )
        return OutputError(
            _("{file} cannot be used: {reason}.").format(file=self._file, reason=error),
            hint=_("Move it away: docsmith will then keep every document that is already there."),
        )


def _folders_fault(error: Exception) -> OSError | None:
    """Return what is wrong with the folder of the ledger, where it is not the ledger itself."""
    if isinstance(error, OSError):
        return error
    kind = getattr(error, "sqlite_errorname", "").removeprefix("SQLITE_").partition("_")[0]
    code = _OF_THE_FOLDER.get(kind)
    return OSError(code, str(error)) if code else None
