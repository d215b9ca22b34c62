"""Which elements are open at a point of a template, and what is known of each."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace

from docsmith.template.compiling.layout import CellLayout, RowLayout, TableLayout
from docsmith.template.compiling.lexer import Unprovable

EITHER = "?"
"""Stands for the last child of an element when it depends on the data which one that is."""


@dataclass(slots=True)
class Frame:
    """An open element. ``depth`` counts the blocks (``if``, ``for``) around its start tag.

    ``last`` is the name of its last child so far. ``formatting`` is the XML of a run's ``w:rPr`` or a
    paragraph's ``w:pPr``, ``None`` if values decide it.
    """

    name: str
    depth: int
    key: Hashable = field(compare=False)
    last: str = ""
    formatting: str | None = ""
    layout: TableLayout | RowLayout | CellLayout | None = field(default=None, compare=False)


@dataclass(slots=True)
class Stack:
    """The open elements, outermost first; ``tag`` and ``attribute`` where a start tag is not finished.

    ``capture`` collects the XML of a ``w:rPr`` or ``w:pPr`` while it is read.
    """

    frames: list[Frame] = field(default_factory=list)
    tag: str = ""
    attribute: str = ""
    capture: list[str] | None = None

    def copy(self) -> Stack:
        """Return a stack for one side of a block; formatting that has blocks in it is not known."""
        self.break_capture()
        return replace(self, frames=[copy(frame) for frame in self.frames])

    def break_capture(self) -> None:
        """Give up on formatting that a value or a block is a part of."""
        self.capture = None

    def nearest(self, name: str) -> Frame:
        """Return the innermost open element of that name; raises :class:`Unprovable` if there is none."""
        for frame in reversed(self.frames):
            if frame.name == name:
                return frame
        raise Unprovable(f"no {name} is open")

    def parent_is(self, name: str) -> bool:
        """Say whether the innermost open element but one has that name."""
        return len(self.frames) > 1 and self.frames[-2].name == name


def merged(stacks: Sequence[Stack]) -> Stack:
    """Return what is known after a block, whichever of its sides ran."""
    first = stacks[0].copy()
    for other in stacks[1:]:
        if (first.tag, first.attribute) != (other.tag, other.attribute):
            raise Unprovable("a block ends in another tag than it begins in")
        if len(first.frames) != len(other.frames):
            raise Unprovable("a block ends in another element than it begins in")
        for frame, same in zip(first.frames, other.frames, strict=True):
            _merge(frame, same)
    return first


def _merge(frame: Frame, other: Frame) -> None:
    if frame.name != other.name or frame.layout is not other.layout:
        raise Unprovable("a block ends in another element than it begins in")
    frame.depth = max(frame.depth, other.depth)
    if frame.last != other.last:
        frame.last = EITHER
    if frame.formatting != other.formatting:
        frame.formatting = None
