"""What a box of a table is to its neighbours: their label, a directive, or the place of a photograph."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from docsmith.official.adopting.blanks import Kind, gaps
from docsmith.official.adopting.grid import Box, Grid

# 照片, 贴照片处, 一寸免冠照片, 照片（二寸）: a person glues one there.
_PHOTOGRAPH = re.compile(
    r"(?:谈话|活动|会议|现场)?[（(]?[粘张贴大小一二两12寸吋近期本人免冠正面半身红蓝白底彩色证件电子的]*[照相]片[粘张贴处]*(?:[（(][^（()）]*)?[）)]?"
)
_LONGEST = 40
# Room that answers the words in its own box: they name no other one.
_ANSWERS = (Kind.LINE, Kind.DATE, Kind.CHOICE, Kind.TAG)


def label_of(grid: Grid, box: Box, used: AbstractSet[Box]) -> Box | None:
    """Return the box that names another: the one at its left, else the one above it."""
    for other in (grid.left_of(box), grid.above(box)):
        if other is None or other in used or not other.text.strip() or other.is_row_number or other.goes_on:
            continue
        if not is_answered(other) and "{%" not in other.text:
            return None if other.is_blank else other
    return None


def group_of(grid: Grid, label: Box, row: int) -> Box | None:
    """Return the box whose words hold for several labels of a row: 谈话人│姓名│　│职务│　.

    It stands directly before the first of these labels; the room of one ends at the next.
    """
    boxes = list(dict.fromkeys(box for column in range(label.column) if (box := grid.at(row, column))))
    while boxes:
        before = boxes.pop()
        if before.text.strip() and not before.is_blank and not is_answered(before) and before.gap is None:
            return None if before.is_row_number else before
        while boxes and (before.is_blank or before.gap is not None):  # the room of the label before
            before = boxes.pop()
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


def is_answered(box: Box) -> bool:
    """Tell whether a box has the room for its words in itself: ``性别：□男 □女``."""
    return not box.is_blank and any(
        gap.kind in _ANSWERS for line in box.lines for gap in gaps(line.text[:400])
    )
