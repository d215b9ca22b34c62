"""Cells that may merge with the one below, once the document is parsed and that one can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from docsmith.template.mending.grid import Row
from docsmith.template.package.oxml import Element, w
from docsmith.template.slots.merging import MAY_BEGIN

_MERGED = f"{w('tcPr')}/{w('vMerge')}"


def settle_merges(rows: Sequence[Row]) -> None:
    """Let each cell that may begin a merge begin one where the cell below goes on with it."""
    below: dict[tuple[int, int], Element] = {}
    for row in reversed(rows):
        merged = {}
        positions = accumulate(row.spans, initial=row.before)
        for cell, span, position in zip(row.cells, row.spans, positions):
            own = cell.find(_MERGED)
            if own is None:
                continue
            merged[position, span] = own
            if own.get(w("val")) == MAY_BEGIN:
                following = below.get((position, span))
                if following is not None and following.get(w("val")) == "continue":
                    own.set(w("val"), "restart")
                else:
                    own.getparent().remove(own)  # type: ignore[union-attr]  # it has one
        below = merged
