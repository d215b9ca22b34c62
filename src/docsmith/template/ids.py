"""Ids that must be unique in a document, after loops have repeated what carries them."""

from __future__ import annotations

from itertools import count

from docsmith.template.oxml import W14, WP, Element, w

_FIRST_DRAWING = 1001  # as docxtpl numbers them
_LONGEST_BOOKMARK = 40
_REPEATED_PARAGRAPH_IDS = (f"{{{W14}}}paraId", f"{{{W14}}}textId")


class UniqueIds:
    """Renumbers the parts of one document, one after the other."""

    def __init__(self) -> None:
        self._drawings = count(_FIRST_DRAWING)
        self._controls: set[int] = set()
        self._bookmarks: set[int] = set()
        self._names: set[str] = set()
        self._paragraphs: set[str] = set()

    def mend(self, root: Element) -> None:
        """Make the ids of a part different from each other and from those of the parts before."""
        for drawing in root.iter(f"{{{WP}}}docPr"):
            drawing.set("id", str(next(self._drawings)))
        for control in root.iter(w("sdtPr")):
            self._mend_control(control.find(w("id")))
        self._mend_bookmarks(root)
        self._mend_paragraphs(root)

    def _mend_control(self, element: Element | None) -> None:
        if element is not None:
            number = _free(_number(element.get(w("val"))), self._controls)
            element.set(w("val"), str(number))

    def _mend_bookmarks(self, root: Element) -> None:
        now: dict[str, str] = {}
        for element in root.iter(w("bookmarkStart"), w("bookmarkEnd")):
            old = element.get(w("id"), "")
            if element.tag == w("bookmarkStart"):
                now[old] = str(_free(_number(old), self._bookmarks))
                name = element.get(w("name"), "")
                element.set(w("name"), _free_name(name, self._names))
            element.set(w("id"), now.get(old, old))

    def _mend_paragraphs(self, root: Element) -> None:
        """Take Word's own paragraph ids off copies: they are optional, and wrong when they repeat."""
        identity = _REPEATED_PARAGRAPH_IDS[0]
        for paragraph in root.iter(w("p"), w("tr")):
            number = paragraph.get(identity)
            if number is None:
                continue
            if number in self._paragraphs:
                for attribute in _REPEATED_PARAGRAPH_IDS:
                    paragraph.attrib.pop(attribute, "")
            self._paragraphs.add(number)


def _number(text: str | None) -> int:
    digits = (text or "").removeprefix("-")
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
