"""What docsmith wrote, and from what: the memory that tells its own files from a person's."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from docsmith._files import reason_of
from docsmith._i18n import gettext as _
from docsmith.errors import OutputError

FOLDER = ".docsmith"
FILE_NAME = "ledger.sqlite3"
_PATIENCE = 2.0  # seconds to wait for a run that is just ending
# What SQLite calls a folder that cannot be written in, and what the system does.
_OF_THE_FOLDER = {
    "FULL": errno.ENOSPC,
    "CANTOPEN": errno.EACCES,
    "PERM": errno.EACCES,
    "READONLY": errno.EACCES,
}
_TABLE = """
CREATE TABLE IF NOT EXISTS written (
    path TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    previous TEXT NOT NULL,
    document_type TEXT NOT NULL,
    branch TEXT NOT NULL,
    template TEXT NOT NULL,
    version TEXT NOT NULL
)
"""
_REMEMBER = """
INSERT OR REPLACE INTO written
VALUES (:path, :sha256, :previous, :document_type, :branch, :template, :version)
"""


class Origin(NamedTuple):
    """What a document was made from: type, branch, the hash of the template, the version of docsmith."""

    document_type: str
    branch: str
    template: str
    version: str


class Ledger:
    """The ledger of an output folder, held by one run at a time.

    An entry is written *before* its file, with the hash of what the file replaces. So a run that is killed in
    between leaves a file that one of the two hashes explains, and that is docsmith's own in the next run.
    """

    def __init__(self, out: Path, *, read_only: bool = False) -> None:
        """Open the ledger of ``out``; raises :class:`OutputError` while another run holds it.

        A read-only ledger is never made: where there is none, it is empty.
        """
        self._file = out / FOLDER / FILE_NAME
        self._read_only = read_only
        try:
            self._connection = self._connect()
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(error) from error

    def _connect(self) -> sqlite3.Connection:
        if self._read_only and self._file.is_file():
            return sqlite3.connect(f"{self._file.absolute().as_uri()}?mode=ro", uri=True)
        if not self._read_only:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = not self._file.exists()
        where = ":memory:" if self._read_only else str(self._file)
        connection = sqlite3.connect(where, timeout=_PATIENCE, isolation_level=None)
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            if fresh:  # nothing to lose yet: four waits for the disk less, of 0.2 to 4 ms each
                connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute(_TABLE)
            connection.execute("COMMIT")
            connection.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()

    def wrote(self, path: str, sha256: str) -> bool:
        """Say whether a file (its path within the output folder, its hash) is docsmith's own."""
        try:
            found = self._connection.execute(
                "SELECT sha256, previous FROM written WHERE path = ?", (path,)
            ).fetchone()
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        return found is not None and sha256 in found

    def remember(self, path: str, sha256: str, previous: str, origin: Origin) -> None:
        """Note a file that is about to be written, and what it replaces; raises :class:`OutputError`."""
        values = {"path": path, "sha256": sha256, "previous": previous, **origin._asdict()}
        try:
            self._connection.execute(_REMEMBER, values)
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _unusable(self, error: Exception) -> OutputError:
        if "locked" in str(error):
            return OutputError(
                _("Another docsmith is writing in {folder}.").format(folder=self._file.parent.parent),
                hint=_("Wait until it is done, and try again."),
            )
        if folder := _folders_fault(error):
            return OutputError(
                _("Nothing can be written in {folder}: {reason}.").format(
                    folder=self._file.parent.parent, reason=reason_of(folder)
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
