"""The pieces that a part is written in: constants, and slots for what depends on the data."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import groupby
from typing import cast

from jinja2 import nodes

from docsmith.template.compiled import Slot
from docsmith.template.compiling.frames import Stack
from docsmith.template.compiling.layout import TableLayout
from docsmith.template.compiling.lexer import Unprovable
from docsmith.template.language.merging import MERGE, MERGE_IS_TALL

Piece = str | tuple[Slot, nodes.Expr | None]


class Pieces:
    """What is woven so far of one part: the open elements, and the ``pieces`` of the output that is taken.

    ``tables`` are the layouts found, by where each table begins; those in ``tracked`` get slots that count
    their columns. ``grid`` collects the columns of such a table while they are read.
    """

    def __init__(self, tracked: frozenset[Hashable]) -> None:
        self.stack = Stack()
        self.pieces: list[Piece] = []
        self.tables: dict[Hashable, TableLayout] = {}
        self.tracked = tracked
        self.grid: list[str] | None = None

    def write(self, source: str) -> None:
        """Add a constant."""
        if self.grid is not None:
            self.grid.append(source)
            return
        if self.stack.capture is not None:
            self.stack.capture.append(source)
        self.pieces.append(source)

    def put(self, slot: Slot, expression: nodes.Expr | None = None) -> None:
        """Add a slot, with the expression whose value it takes if it takes any."""
        if self.grid is not None:
            raise Unprovable("a grid depends on values")
        self.stack.break_capture()
        self.pieces.append((slot, expression))


def merge_slot(expression: nodes.Expr) -> Slot | None:
    """Return the slot of a cell that merges with the one above it; nothing for any other value."""
    if not isinstance(expression, nodes.Filter) or expression.name != MERGE:
        return None
    return ("merge", cast(nodes.Const, expression.args[MERGE_IS_TALL]).value)


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces, constants that follow each other in one."""
    together: list[Piece] = []
    for are_constants, group in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        following = list(group)
        together += ["".join(cast(list[str], following))] if are_constants else following
    return together
