"""Jobs for workers of tests: what a ticket names is what happens to the worker."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.errors import SourceError


class Names(NamedTuple):
    """A ticket."""

    names: tuple[str, ...]
    padding: bytes = b""

    def split(self) -> list[Names]:
        return [Names((name,)) for name in self.names]


class Done(NamedTuple):
    """What became of a ticket."""

    documents: tuple[str, ...]
    pid: int
    times_prepared: int
    content: bytes = b""


class Upper:
    """Writes names in capitals; names that are orders are obeyed."""

    def __init__(self, folder: Path, *, size: int = 0, seconds: float = 0) -> None:
        self.folder = folder
        self.size = size
        self.seconds = seconds

    def prepare(self) -> list[int]:
        with (self.folder / "prepared").open("a", encoding="utf-8") as log:
            log.write(f"{os.getpid()}\n")
        return [1]

    def perform(self, state: list[int], ticket: Names) -> Done:
        for name in ticket.names:
            order, _colon, value = name.partition(":")
            if order in ORDERS:
                ORDERS[order](self.folder / value)
            time.sleep(self.seconds)
        return Done(tuple(name.upper() for name in ticket.names), os.getpid(), len(state), bytes(self.size))


class Unready:
    """Fails before the first ticket."""

    def __init__(self, order: str) -> None:
        self.order = order

    def prepare(self) -> None:
        ORDERS[self.order](Path())

    def perform(self, state: None, ticket: Names) -> Done:
        raise AssertionError("never prepared")


class Speaking:
    """Says something in the reader's language."""

    def prepare(self) -> None:
        return None

    def perform(self, state: None, ticket: Names) -> str:
        return _("Wait until it is done, and try again.")


def _kill(_path: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _exit(_path: Path) -> None:
    os._exit(7)


def _crash(_path: Path) -> None:
    ctypes.string_at(0)


def _hunger(_path: Path) -> None:
    raise MemoryError


def _refuse(_path: Path) -> None:
    raise SourceError("No rows.", hint="Add one.")


def _fail(_path: Path) -> None:
    raise UnportableError("broken", 3)


def _once(path: Path) -> None:
    """Kill the first worker that comes along."""
    if not path.exists():
        path.touch()
        _kill(path)


def _wait(path: Path) -> None:
    """Say who waits, and wait for ever, as far as a test is concerned."""
    path.write_text(str(os.getpid()), encoding="utf-8")
    try:
        time.sleep(600)
    finally:
        path.with_suffix(".cleared").touch()


def _spin(path: Path) -> None:
    path.write_text(str(os.getpid()), encoding="utf-8")
    while True:
        pass


def _until(path: Path) -> None:
    """Be done when another worker has written its file."""
    while not (path.exists() and path.read_text(encoding="utf-8")):
        time.sleep(0.01)


def _meet(folder: Path) -> None:
    """Be done when another worker is here as well."""
    folder.mkdir(exist_ok=True)
    (folder / str(os.getpid())).touch()
    while len(list(folder.iterdir())) < 2:
        time.sleep(0.01)


def _bear(path: Path) -> None:
    """Leave a child behind that holds on to what it has inherited, and die."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], close_fds=False)
    with path.open("a", encoding="utf-8") as log:
        log.write(f"{child.pid}\n")
    _kill(path)


ORDERS = {
    "kill": _kill,
    "exit": _exit,
    "crash": _crash,
    "hunger": _hunger,
    "refuse": _refuse,
    "fail": _fail,
    "once": _once,
    "wait": _wait,
    "spin": _spin,
    "bear": _bear,
    "until": _until,
    "meet": _meet,
}


class UnportableError(Exception):
    """An exception that pickle cannot bring back: it is made of two things and keeps one."""

    def __init__(self, message: str, number: int) -> None:
        super().__init__(message)


def tickets(count: int, *, each: int = 3) -> Iterator[Names]:
    """Yield tickets of harmless names, all of them different."""
    for first in range(0, count * each, each):
        yield Names(tuple(f"name {number}" for number in range(first, first + each)))


class Counted:
    """Tickets, and how many of them were pulled."""

    def __init__(self, given: Iterator[Names]) -> None:
        self.pulled = 0
        self._given = given

    def __iter__(self) -> Iterator[Names]:
        for ticket in self._given:
            self.pulled += 1
            yield ticket
