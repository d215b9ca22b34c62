"""Putting a document in its place: never over a file that a person has edited, never by halves."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import itertools
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from docsmith._files import TEMPORARY_PREFIX, reason_of, write_atomically
from docsmith._i18n import gettext as _
from docsmith.engine.ledger import FOLDER, Ledger, Origin
from docsmith.errors import OutputError

REPLACED_FOLDER = "replaced"


class Status(StrEnum):
    """What became of a document."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    FAILED = "failed"


class Placed(NamedTuple):
    """Where a document is: ``beside`` is the new version, where the file at ``path`` was a person's."""

    status: Status
    path: Path
    beside: Path | None = None


class Writer:
    """Writes the documents of one run into an output folder.

    ``force`` moves a person's file to ``.docsmith/replaced/<time>/`` instead of keeping it in its place;
    ``dry_run`` decides everything and writes nothing.
    """

    def __init__(self, out: Path, ledger: Ledger, *, force: bool = False, dry_run: bool = False) -> None:
        self._out = out
        self._ledger = ledger
        self._force = force
        self._dry_run = dry_run
        self._swept: set[Path] = set()

    def place(self, path: Path, content: bytes, origin: Origin) -> Placed:
        """Write a document to a path in the output folder; raises :class:`OutputError`."""
        self._check_inside(path)
        self._sweep(path.parent)
        if _same(path, content):
            if not self._is_free(path):
                self._remember(path, content, origin)
            return Placed(Status.UNCHANGED, path)
        if not self._is_free(path):
            if not self._force:
                return Placed(Status.KEPT, path, self._place_beside(path, content, origin))
            self._move_away(path)
        self._write(path, content, origin)
        self._clear_beside(path)
        return Placed(Status.WRITTEN, path)

    def _place_beside(self, path: Path, content: bytes, origin: Origin) -> Path:
        """Write to ``名称（新）.docx``, ``名称（新2）.docx`` …: the first that is no person's file."""
        for beside in _names_beside(path):
            if _same(beside, content):
                break
            if self._is_free(beside):
                self._write(beside, content, origin)
                break
        return beside

    def _clear_beside(self, path: Path) -> None:
        """Move new versions of earlier runs aside, where no person has edited them: they are out of date."""
        for beside in itertools.takewhile(Path.exists, _names_beside(path)):
            if self._is_free(beside):
                self._move_away(beside)

    def _is_free(self, path: Path) -> bool:
        """Say whether nothing of a person's is there: no file, a link (which is replaced), or our own."""
        if path.is_symlink() or not path.exists():
            return True
        return self._ledger.wrote(self._inner(path), _digest(_read(path)))

    def _write(self, path: Path, content: bytes, origin: Origin) -> None:
        if not self._dry_run:
            self._remember(path, content, origin)
            write_atomically(path, content)

    def _remember(self, path: Path, content: bytes, origin: Origin) -> None:
        if not self._dry_run:
            previous = _digest(_read(path)) if _is_document(path) else ""
            self._ledger.remember(self._inner(path), _digest(content), previous, origin)

    def _move_away(self, path: Path) -> None:
        if self._dry_run:
            return
        stamp = f"{dt.datetime.now():%Y%m%d-%H%M%S-%f}"
        target = self._out / FOLDER / REPLACED_FOLDER / stamp / self._inner(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
        except OSError as error:
            raise OutputError(
                _("{path} could not be moved aside: {reason}").format(path=path, reason=reason_of(error)),
                hint=_("Close the file in Word or WPS, and try again."),
            ) from error

    def _inner(self, path: Path) -> str:
        return path.relative_to(self._out).as_posix()

    def _check_inside(self, path: Path) -> None:
        """Refuse a folder that a link leads out of the output folder."""
        if not path.parent.resolve().is_relative_to(self._out.resolve()):
            raise OutputError(
                _("{path} lies outside the output folder.").format(path=path),
                hint=_("A link there leads elsewhere: remove it."),
            )

    def _sweep(self, folder: Path) -> None:
        """Delete what a killed run left unfinished; the ledger lets no other run write here meanwhile."""
        if self._dry_run or folder in self._swept:
            return
        self._swept.add(folder)
        with contextlib.suppress(OSError):
            for leftover in folder.glob(f"{TEMPORARY_PREFIX}*"):
                leftover.unlink()


def _names_beside(path: Path) -> Iterator[Path]:
    """Yield ``名称（新）.docx``, ``名称（新2）.docx`` and so on."""
    for number in itertools.count(1):
        mark = "（新）" if number == 1 else f"（新{number}）"
        yield path.with_name(f"{path.stem}{mark}{path.suffix}")


def _same(path: Path, content: bytes) -> bool:
    return _is_document(path) and _read(path) == content


def _is_document(path: Path) -> bool:
    """Say whether a file of its own is there, not a link to another."""
    return path.is_file() and not path.is_symlink()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(
            _("{path} could not be read: {reason}").format(path=path, reason=reason_of(error)),
            hint=_("Close the file in Word or WPS, and try again."),
        ) from error


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
