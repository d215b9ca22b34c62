"""Which pictures rows name: what their documents show changes with these files, and with no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from docsmith.model.pictures import SUFFIXES
from docsmith.model.values import CellError, as_picture


def named_pictures(cells: Iterable[object]) -> Iterator[str]:
    """Yield the path of each picture that a cell holds, be its column one of pictures or of any text."""
    for cell in cells:
        if isinstance(cell, str) and cell.rstrip().lower().endswith(SUFFIXES):
            with suppress(CellError):
                yield as_picture(cell) or ""
