"""Ids that must be unique in a document, after loops have repeated what carries them."""

from __future__ import annotations

from itertools import count

from docsmith.template.package.attributes import whole_number

FIRST_DRAWING = 1001
"""The id of the first drawing of a document, as docxtpl numbers them."""
_LONGEST_BOOKMARK = 40


class UniqueIds:
    """Gives out the ids of one document, from its first part to its last.

    ``drawings`` are those of drawings that are still free.
    """

    def __init__(self) -> None:
        self.drawings = count(FIRST_DRAWING)
        self._controls = _Numbers()
        self._bookmarks = _Numbers()
        self._names = _Names()
        self._open: dict[str, str] = {}
        self._paragraphs: set[str] = set()

    def drawing(self) -> int:
        """Return the id of the next drawing (``wp:docPr``)."""
        return next(self.drawings)

    def control(self, old: str) -> int:
        """Return the id of a content control: its own, or a free one if another has it."""
        return self._controls.free(_number(old))

    def bookmark_start(self, old: str, name: str) -> tuple[str, str]:
        """Return id and name of a bookmark that begins."""
        self._open[old] = str(self._bookmarks.free(_number(old)))
        return self._open[old], self._names.free(name)

    def bookmark_end(self, old: str) -> str:
        """Return the id of a bookmark that ends, by the id that it has in the template."""
        return self._open.get(old, old)

    def is_new_paragraph(self, identity: str) -> bool:
        """Return whether no paragraph or row had this id of Word's before."""
        is_new = identity not in self._paragraphs
        self._paragraphs.add(identity)
        return is_new


class _Numbers:
    """Numbers that were given out. Finding a free one takes no longer after a hundred thousand of them."""

    def __init__(self) -> None:
        self._used: set[int] = set()
        self._largest = 0

    def free(self, number: int) -> int:
        """Return the number, or one that is not used; it is used from then on."""
        if number in self._used:
            number = self._largest + 1
        self._used.add(number)
        self._largest = max(self._largest, number)
        return number


class _Names:
    """Names that were given out, however they are capitalised."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._next: dict[str, int] = {}

    def free(self, name: str) -> str:
        """Return the name, or one with a number that is not used; it is used from then on."""
        chosen = name
        for number in count(self._next.get(name, 2)):
            if chosen.casefold() not in self._used:
                break
            ending = f"_{number}"
            chosen = name[: _LONGEST_BOOKMARK - len(ending)] + ending
            self._next[name] = number
        self._used.add(chosen.casefold())
        return chosen


def _number(text: str) -> int:
    number = whole_number(text.removeprefix("-"))
    return -number if text.startswith("-") else number
