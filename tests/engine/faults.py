"""Letting one write fail: the n-th of all that a piece of work does, in the files or in the ledger."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import pytest

_CALLS = ("write", "rename", "replace", "link", "symlink", "unlink", "mkdir", "rmdir", "fsync")
_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_ONLY_READS = ("SELECT", "PRAGMA user_version", "PRAGMA synchronous", "PRAGMA wal")
_NAMES = {errno.ENOSPC: "SQLITE_FULL", errno.EIO: "SQLITE_IOERR_WRITE", errno.EACCES: "SQLITE_READONLY"}

Fault = Callable[[str, tuple[Any, ...]], None]


class Faults:
    """Counts the writes, and lets that with one number fail."""

    def __init__(self, number: int, fault: Fault) -> None:
        self.done = 0
        self._number = number
        self._fault = fault

    def write(self, name: str, args: tuple[Any, ...]) -> None:
        self.done += 1
        if self.done == self._number:
            self._fault(name, args)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for name in _CALLS:
                patch.setattr(os, name, self._watched(name))
            patch.setattr(os, "open", self._watched("open"))
            connect = sqlite3.connect
            patch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, factory=_connection_of(self), **k))
            yield

    def _watched(self, name: str) -> Callable[..., Any]:
        call = getattr(os, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            if name != "open" or args[1] & _TO_WRITE:
                self.write(name, args)
            return call(*args, **kwargs)

        return watched


def _connection_of(faults: Faults) -> type[sqlite3.Connection]:
    class Connection(sqlite3.Connection):
        def execute(self, statement: str, *args: Any) -> sqlite3.Cursor:  # type: ignore[override]
            if statement.strip() and not statement.lstrip().startswith(_ONLY_READS):
                faults.write("sql", (statement,))
            return super().execute(statement, *args)

        def executemany(self, statement: str, *args: Any) -> sqlite3.Cursor:  # type: ignore[override]
            faults.write("sql", (statement,))
            return super().executemany(statement, *args)

    return Connection


def failing_with(code: int) -> Fault:
    """Return a fault that refuses with an error of the system; a write was half done by then."""

    def fail(name: str, args: tuple[Any, ...]) -> NoReturn:
        if name == "sql":
            error = sqlite3.OperationalError("refused")
            error.sqlite_errorname = _NAMES[code]
            raise error
        _half_done(name, args)
        raise OSError(code, os.strerror(code))

    return fail


def kill(name: str, args: tuple[Any, ...]) -> None:
    """Kill this process; a write was half done by then."""
    _half_done(name, args)
    os.kill(os.getpid(), signal.SIGKILL)


def _half_done(name: str, args: tuple[Any, ...]) -> None:
    if name == "write":
        file, content = args
        _real_write(file, bytes(content)[: len(content) // 2])


_real_write = os.write


def in_a_child(work: Callable[[], object]) -> bool:
    """Do something in a process of its own that may be killed; return whether it came to its end."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFEXITED(status)
