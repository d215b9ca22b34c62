"""The pack for the printer: all PDFs of a run as one, branch by branch in the order of the list."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from docsmith.engine.batch.bundles import PARTIAL, Bundle
from docsmith.engine.ledger import ResultRow
from docsmith.engine.writing import Placed, Status, Writer
from docsmith.pdf.joining import Extent, Joiner

KIND = "print-pack"
_NAME = "打印册"
_MOST_PAGES = 10_000
"""Of one volume: ten reams of paper, and 300 MB of memory until it is written."""


class Volume(NamedTuple):
    """One file of a pack, where it is, and how much paper it takes."""

    placed: Placed
    extent: Extent


class PrintPack(NamedTuple):
    """A pack: its volumes, and what is missing from it: PDFs or documents that failed."""

    volumes: tuple[Volume, ...]
    missing: tuple[ResultRow, ...]

    @property
    def extent(self) -> Extent:
        """How much paper all volumes take."""
        extents = [volume.extent for volume in self.volumes]
        return Extent(sum(one.pages for one in extents), sum(one.sheets for one in extents))


def write_print_pack(
    rows: Iterable[ResultRow], out: Path, year: int, writer: Writer, *, is_partial: bool = False
) -> PrintPack:
    """Join the PDFs of a run to ``<out>/<year>/打印册.pdf``; raises :class:`docsmith.errors.OutputError`.

    ``rows`` are what became of the PDFs, and the documents that failed before that, in the order in which
    they are to be printed, those of a branch together. The pack of some branches or types only
    (``is_partial``) is called ``打印册（部分）.pdf``. One that would be too thick for memory becomes volumes,
    ``打印册-1.pdf`` and so on, each of which begins with a branch. What a person keeps in the place of a PDF
    is what is printed.
    """
    making = _Making(out, writer, _NAME + PARTIAL if is_partial else _NAME)
    try:
        for _branch, of_branch in itertools.groupby(rows, lambda row: row.branch):
            making.begin_branch()
            for row in of_branch:
                making.add(row)
        making.end_volume()
        return PrintPack(tuple(making.placed(out / str(year), year)), tuple(making.missing))
    finally:
        making.close()


class _Making:
    """A pack that is being made: finished volumes wait on the disk until it is known how many they are."""

    def __init__(self, out: Path, writer: Writer, name: str) -> None:
        self._out, self._writer, self._name = out, writer, name
        self._joiner: Joiner | None = None
        self._finished: list[tuple[Bundle, Extent]] = []
        self.missing: list[ResultRow] = []

    def begin_branch(self) -> None:
        """Let a volume end here that is thick enough."""
        if self._joiner and self._joiner.extent.pages >= _MOST_PAGES:
            self.end_volume()

    def add(self, row: ResultRow) -> None:
        """Add the PDF of a row, or note that it is missing."""
        if row.status is Status.FAILED:
            self.missing.append(row)
            return
        if self._joiner is None:
            self._joiner = Joiner()
        try:
            self._joiner.add((self._out / row.path).read_bytes())
        except (OSError, ValueError):
            self.missing.append(row)

    def end_volume(self) -> None:
        """Write what has been added."""
        if self._joiner and self._joiner.extent.pages:
            bundle = Bundle(self._writer)
            with bundle.opened() as stream:
                self._joiner.write(stream)
            self._finished.append((bundle, self._joiner.extent))
        self._close_joiner()

    def placed(self, folder: Path, year: int) -> Iterable[Volume]:
        """Put the finished volumes in their places."""
        digits = len(str(len(self._finished)))
        for number, (bundle, extent) in enumerate(self._finished, 1):
            mark = f"-{number:0{digits}}" if len(self._finished) > 1 else ""
            name = f"{self._name}{mark}"
            yield Volume(bundle.place(folder / f"{name}.pdf", KIND, year, name), extent)

    def close(self) -> None:
        """Let go of what has not come to its place."""
        self._close_joiner()
        for bundle, _extent in self._finished:
            bundle.discard()

    def _close_joiner(self) -> None:
        if self._joiner:
            self._joiner.close()
            self._joiner = None
