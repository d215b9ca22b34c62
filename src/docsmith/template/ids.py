"""Ids that must be unique in a document, after loops have repeated what carries them."""

from __future__ import annotations

from itertools import count

FIRST_DRAWING = 1001
"""The id of the first drawing of a document, as docxtpl numbers them."""
_LONGEST_BOOKMARK = 40


class UniqueIds:
    """Gives out the ids of one document, from its first part to its last.

    ``drawings`` are those of drawings that are still free.
    """

    def __init__(self) -> None:
        self.drawings = count(FIRST_DRAWING)
        self._controls: set[int] = set()
        self._bookmarks: set[int] = set()
        self._names: set[str] = set()
        self._open: dict[str, str] = {}
        self._paragraphs: set[str] = set()

    def drawing(self) -> int:
        """Return the id of the next drawing (``wp:docPr``)."""
        return next(self.drawings)

    def control(self, old: str) -> int:
        """Return the id of a content control: its own, or a free one if another has it."""
        return _free(_number(old), self._controls)

    def bookmark_start(self, old: str, name: str) -> tuple[str, str]:
        """Return id and name of a bookmark that begins."""
        self._open[old] = str(_free(_number(old), self._bookmarks))
        return self._open[old], _free_name(name, self._names)

    def bookmark_end(self, old: str) -> str:
        """Return the id of a bookmark that ends, by the id that it has in the template."""
        return self._open.get(old, old)

    def is_new_paragraph(self, identity: str) -> bool:
        """Return whether no paragraph or row had this id of Word's before."""
        is_new = identity not in self._paragraphs
        self._paragraphs.add(identity)
        return is_new


def _number(text: str) -> int:
    digits = text.removeprefix("-")
    return int(text or 0) if digits.isascii() and digits.isdigit() else 0


def _free(number: int, used: set[int]) -> int:
    """Return the number, or one that is not used; remembers it."""
    if number in used:
        number = max(0, *used) + 1
    used.add(number)
    return number


def _free_name(name: str, used: set[str]) -> str:
    chosen = name
    for number in count(2):
        if chosen.casefold() not in used:
            break
        ending = f"_{number}"
        chosen = name[: _LONGEST_BOOKMARK - len(ending)] + ending
    used.add(chosen.casefold())
    return chosen
