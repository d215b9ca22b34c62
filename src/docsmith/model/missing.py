"""The mark that stands in a document where the data has nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from docsmith.model.findings import NOWHERE, Place

MISSING_TEXT = "（待补充）"


class Missing(str):
    """Prints as （待补充）, is false in a condition, and knows what is missing and where it would stand.

    A template may print it, test it, or put something in its place (``{{ 支部.副书记 or "无" }}``); what
    was printed is listed after the run.
    """

    __slots__ = ("_where", "label")
    label: str
    _where: Place | Callable[[], Place]

    def __new__(cls, label: str, place: Place | Callable[[], Place] = NOWHERE) -> Self:
        """Make the mark for the field called ``label`` (``支部.书记``).

        ``place`` may be a function: few of the empty cells of a row are printed, and asked for their places.
        """
        mark = super().__new__(cls, MISSING_TEXT)
        mark.label = label
        mark._where = place
        return mark

    @property
    def place(self) -> Place:
        """Where the value would stand."""
        if not isinstance(self._where, Place):
            self._where = self._where()
        return self._where

    def __bool__(self) -> bool:
        return False

    # A part of what is missing (its year, its first characters) is missing too.
    def __getitem__(self, _part: object) -> Self:
        return self

    # What is missing is neither before nor after anything, whatever kind of value it is compared with.
    def __lt__(self, other: object) -> bool:
        return False

    __le__ = __gt__ = __ge__ = __lt__
