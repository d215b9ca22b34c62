"""The value that leaves a place for a pen."""

from __future__ import annotations

from typing import Self


class Blank(str):
    """Prints nothing, is false in a condition, and so are its parts: one cell, or a whole row of them.

    Nothing is wrong where it is printed, as it is for what is missing: an empty row of a form has it in all
    its cells.
    """

    __slots__ = ()

    def __new__(cls) -> Self:
        """Make the value; one is as good as another (:data:`BLANK`)."""
        return super().__new__(cls, "")

    def __getitem__(self, _part: object) -> Self:
        return self

    # A place for a pen is neither more nor less than anything.
    def __lt__(self, other: object) -> bool:
        return False

    __le__ = __gt__ = __ge__ = __lt__


BLANK = Blank()
"""A place for a pen."""
