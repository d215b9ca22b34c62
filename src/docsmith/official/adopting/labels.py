"""What a box of a table is to its neighbours: their label, a directive, or the place of a photograph."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from docsmith.official.adopting.blanks import Kind, gaps
from docsmith.official.adopting.grid import Box, Grid

# 照片, 贴照片处, 一寸免冠照片, 照片（二寸）: a person glues one there.
_PHOTOGRAPH = re.compile(
    r"[（(]?[粘张贴大小一二两12寸吋近期本人免冠正面半身红蓝白底彩色证件电子的]*[照相]片[粘张贴处]*(?:[（(][^（()）]*)?[）)]?"
)
_LONGEST = 40
# Room that answers the words in its own box: they name no other one.
_ANSWERS = (Kind.LINE, Kind.DATE, Kind.CHOICE, Kind.TAG)


def label_of(grid: Grid, box: Box, used: AbstractSet[Box]) -> Box | None:
    """Return the box that names another: the one at its left, else the one above it."""
    for other in (grid.left_of(box), grid.above(box)):
        if other is None or other in used or not other.text.strip() or other.is_row_number:
            continue
        if not _is_answered(other) and "{%" not in other.text:
            return None if other.is_blank else other
    return None


def leads_on(grid: Grid, box: Box) -> bool:
    """Tell whether a box with a colon at its end is the label of an empty one at its right."""
    beside = grid.right_of(box)
    return box.text.rstrip().endswith((":", "：")) and beside is not None and beside.is_blank


def repeats_row(box: Box) -> bool:
    """Tell whether a box holds a tag that its whole row gives way to: {%tr for … %}."""
    return "{%tr" in box.text


def is_photograph(grid: Grid, box: Box) -> bool:
    """Tell whether a box is where a photograph goes: it says so, and names no empty box beside or below."""
    words = "".join(box.text.split())
    if len(words) > _LONGEST or _PHOTOGRAPH.fullmatch(words) is None:
        return False
    beside, below = grid.right_of(box), grid.at(box.last_row + 1, box.column)
    names_below = len(box.cells) == 1 and below is not None and below.is_blank
    return not names_below and not (beside is not None and beside.is_blank)


def _is_answered(box: Box) -> bool:
    return not box.is_blank and any(
        gap.kind in _ANSWERS for line in box.lines for gap in gaps(line.text[:400])
    )
