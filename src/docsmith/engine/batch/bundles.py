"""Bundles of documents, for the printer or to be sent: large files that take their places as documents do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from docsmith._files import not_written
from docsmith._version import VERSION
from docsmith.engine.ledger import Origin
from docsmith.engine.writing import Document, Placed, Writer
from docsmith.errors import OutputError

PARTIAL = "（部分）"
"""Behind the name of a bundle of some branches or types only: it never takes the place of a whole one."""


class Bundle:
    """A file that is being written; it goes to its place, or it goes."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._file = writer.scratch()

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Open it to be written and read; at the end it is on the disk. Raises :class:`OutputError`."""
        try:
            with self._file.open("x+b") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            self.discard()
            raise not_written(self._file, error) from error
        except BaseException:
            self.discard()
            raise

    def place(self, path: Path, kind: str, year: int, about: str = "") -> Placed:
        """Put it in its place, where it is not there already; raises :class:`OutputError`."""
        origin = Origin(kind, about, template="", version=VERSION, year=year)
        (placed,) = self._writer.place_all([Document(path, b"", origin, str(self._file))])
        self.discard()
        if isinstance(placed, OutputError):
            raise placed
        return placed

    def discard(self) -> None:
        """Delete it, where it has not gone to its place."""
        with suppress(OSError):
            self._file.unlink()
