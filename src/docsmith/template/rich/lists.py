"""The lists of a sub-document, which have to become lists of the document that takes it in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from docsmith.template.package.oxml import Element, W, w

NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
EMPTY_NUMBERING = f'<w:numbering xmlns:w="{W}"/>'.encode()
VALUE = w("val")
_NUMBER, _ABSTRACT = w("num"), w("abstractNum")
_STYLE_LIST = f".//{w('numId')}"
# ECMA-376-1, 17.3.1.26: what stands before numPr in a paragraph's properties.
_BEFORE_LIST = tuple(
    map(w, ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"))
)


@dataclass(slots=True)
class ListMerger:
    """Copies definitions of lists; ``theirs`` is the numbering part that they are in, ``ours`` where they go.

    ``ours`` is a function, because a document that has no lists gets its numbering part with the first one.
    """

    theirs: Element | None
    ours: Callable[[], Element]
    _numbers: dict[str, str] = field(default_factory=dict)
    _abstracts: dict[str, str] = field(default_factory=dict)
    _restarted: set[str] = field(default_factory=set)

    def take(self, element: Element) -> None:
        """Copy the lists that an element refers to, and let it refer to the copies."""
        for reference in element.iter(w("numId")):
            number = reference.get(VALUE, "")
            if number not in self._numbers:
                self._copy(number)
            reference.set(VALUE, self._numbers.get(number, number))

    def share(self, their_style: Element, our_style: Element) -> None:
        """Let the lists of a style that both documents have be one list: ours."""
        theirs = _list_of(their_style, self.theirs)
        if theirs is None or our_style.find(_STYLE_LIST) is None:
            return
        ours = _list_of(our_style, self.ours())
        if ours is not None:
            self._abstracts[theirs] = ours

    def restart(self, element: Element, style: Element) -> None:
        """Let the first list of a style begin at 1, whatever the document counted before.

        ``style`` is that of the element's first paragraph. Bullets do not count, and headings count on.
        """
        identity = style.get(w("styleId"), "")
        if identity in self._restarted or style.find(f".//{w('outlineLvl')}") is not None:
            return
        reference = element.find(f".//{w('numPr')}/{w('numId')}")
        if reference is None:
            reference = style.find(_STYLE_LIST)
        number = None if reference is None else _numbered(self.ours(), _NUMBER, reference.get(VALUE, ""))
        if number is None or self._is_bullet(number):
            return
        restarted = deepcopy(number)
        override = etree.SubElement(restarted, w("lvlOverride"), {w("ilvl"): "0"})
        etree.SubElement(override, w("startOverride"), {VALUE: "1"})
        self._insert(restarted)
        self._renumber(element, identity, restarted.get(w("numId"), ""))
        self._restarted.add(identity)

    def _copy(self, number: str) -> None:
        if self.theirs is None or (definition := _numbered(self.theirs, _NUMBER, number)) is None:
            return
        copied = deepcopy(definition)
        reference = copied.find(w("abstractNumId"))
        abstract = None if reference is None else self._abstract(reference.get(VALUE, ""))
        if reference is None or abstract is None:
            return
        reference.set(VALUE, abstract)
        self._insert(copied)
        self._numbers[number] = copied.get(w("numId"), "")

    def _abstract(self, number: str) -> str | None:
        """Return our number of an abstract list of theirs; copies it the first time."""
        if number not in self._abstracts:
            definition = _numbered(self.theirs, _ABSTRACT, number)
            if definition is None:
                return None
            copied, ours = deepcopy(definition), self.ours()
            fresh = str(_next(ours, _ABSTRACT, 0))
            copied.set(w("abstractNumId"), fresh)
            _make_distinct(copied.find(w("nsid")), fresh)
            first = ours.find(_NUMBER)
            ours.insert(0 if first is None else ours.index(first), copied)
            self._abstracts[number] = fresh
        return self._abstracts[number]

    def _insert(self, number: Element) -> None:
        """Give a list the next free number and put it where docxcompose does: before the last one."""
        ours = self.ours()
        number.set(w("numId"), str(_next(ours, _NUMBER, 1)))
        present = ours.findall(_NUMBER)
        ours.insert(ours.index(present[-1]) if present else len(ours), number)

    def _is_bullet(self, number: Element) -> bool:
        reference = number.find(w("abstractNumId"))
        abstract = None if reference is None else _numbered(self.ours(), _ABSTRACT, reference.get(VALUE, ""))
        level = None if abstract is None else abstract.find(f"{w('lvl')}[@{w('ilvl')}='0']/{w('numFmt')}")
        return level is not None and level.get(VALUE) == "bullet"

    def _renumber(self, element: Element, style: str, number: str) -> None:
        """Let the first paragraph of that style count by a list; later ones that shared its list follow."""
        for properties in element.iter(w("pPr")):
            named = properties.find(w("pStyle"))
            if named is not None and named.get(VALUE) == style:
                self._refer(properties, number)
                return

    def _refer(self, properties: Element, number: str) -> None:
        reference = properties.find(f"{w('numPr')}/{w('numId')}")
        if reference is not None:
            before = reference.get(VALUE, "")
            self._numbers.update({key: number for key, value in self._numbers.items() if value == before})
            reference.set(VALUE, number)
            return
        numbering = etree.Element(w("numPr"))
        etree.SubElement(numbering, w("ilvl"), {VALUE: "0"})
        etree.SubElement(numbering, w("numId"), {VALUE: number})
        earlier = [index for index, child in enumerate(properties) if child.tag in _BEFORE_LIST]
        properties.insert(max(earlier, default=-1) + 1, numbering)


def _numbered(numbering: Element | None, tag: str, number: str) -> Element | None:
    """Return the definition of that number."""
    if numbering is None:
        return None
    attribute = w("numId") if tag == _NUMBER else w("abstractNumId")
    return next((element for element in numbering.iter(tag) if element.get(attribute) == number), None)


def _next(numbering: Element, tag: str, first: int) -> int:
    attribute = w("numId") if tag == _NUMBER else w("abstractNumId")
    used = [int(element.get(attribute, "0")) for element in numbering.iter(tag)]
    return max(used) + 1 if used else first


def _list_of(style: Element, numbering: Element | None) -> str | None:
    """Return the abstract list that a style counts by."""
    reference = style.find(_STYLE_LIST)
    number = None if reference is None else _numbered(numbering, _NUMBER, reference.get(VALUE, ""))
    abstract = None if number is None else number.find(w("abstractNumId"))
    return None if abstract is None else abstract.get(VALUE)


def _make_distinct(nsid: Element | None, number: str) -> None:
    """Give a copied list an identity of its own: Word takes lists of one ``w:nsid`` for one list."""
    if nsid is not None:
        digest = hashlib.sha256(f"{nsid.get(VALUE)} {number}".encode()).hexdigest()
        nsid.set(VALUE, digest[:8].upper())
