"""A paragraph as the text that a person sees, whose letters know where they stand in the XML."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from docsmith.template.package.oxml import PRESERVE_SPACE, RUN, TEXT, Element, nearest, w

BLANK = "_"
"""How a letter reads where a person is to write: underlined blanks, and prompts of content controls."""
_SHOWN = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
# Spaces of other widths, and those at which no line ends: pages of the web bring them along.
_SPACES = frozenset("\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f")
_CONTROL, _CONTROL_PROPERTIES = w("sdt"), w("sdtPr")
_FIELD_MARKS = (w("fldChar"), w("instrText"))
_FILLED_IN_FIELDS = ("FORMTEXT", "MERGEFIELD")
_RUN_PROPERTIES = w("rPr")
# What the mark of a paragraph says of its own past.
_CHANGES = tuple(map(w, ("ins", "del", "moveFrom", "moveTo", "rPrChange")))


class _Letter(NamedTuple):
    shown: str
    element: Element
    at: int  # in the text of the element
    in_field: bool = False


class Line:
    """A paragraph: ``text`` is what it shows, and may be replaced piece by piece from its end.

    A replaced piece takes the look of its first letter.
    """

    def __init__(self, paragraph: Element) -> None:
        self.element = paragraph
        self._letters = list(_letters(paragraph))
        self.text = "".join(letter.shown for letter in self._letters)

    def control(self, start: int) -> Element | None:
        """Return the content control whose prompt stands there, if one does."""
        return prompting(self._letters[start].element) if start < len(self._letters) else None

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of ``text[start:end]``; what stands before keeps its places."""
        replaced = self._letters[start:end]
        holder = next((letter for letter in replaced if letter.element.tag == TEXT), None)
        if holder is None:
            self._insert(start, text)
        for element in {id(one.element): one.element for one in replaced}.values():
            gone = {one.at for one in replaced if one.element is element}
            at = holder.at if holder is not None and element is holder.element else None
            _rewrite(element, gone, at, text)
        if holder is not None:
            _come_out(holder)

    def fill(self, text: str, look: Element | None = None, *, instead: bool = False) -> None:
        """Make a text all that the paragraph says.

        ``look`` is for a paragraph that has no look of its own, or, with ``instead``, none to read.
        """
        if self.text:
            self.replace(0, len(self.text), text)
            return
        run = next(nearest(self.element, RUN), None)
        fresh = etree.Element(RUN)
        own = look_of(self.element)
        chosen = look if look is not None and (instead or own is None) else own
        if chosen is not None:
            fresh.append(deepcopy(chosen))
        etree.SubElement(fresh, TEXT)
        _say(fresh[-1], text)
        if run is not None:
            run.addprevious(fresh)
        else:
            _at_start(self.element, fresh)

    def _insert(self, start: int, text: str) -> None:
        """Put a text behind the letter before ``start``, or at the start of the paragraph."""
        before = self._letters[start - 1] if start else None
        if before is not None and before.element.tag == TEXT:
            content = before.element.text or ""
            _say(before.element, content[: before.at + 1] + text + content[before.at + 1 :])
            return
        written = etree.Element(TEXT)
        _say(written, text)
        if before is not None:
            before.element.addnext(written)
            return
        fresh = _like(next(nearest(self.element, RUN), None))
        fresh.append(written)
        _at_start(self.element, fresh)


def look_of(paragraph: Element) -> Element | None:
    """Return how the text of a paragraph looks: as its first run, else as the mark at its end."""
    run = next(nearest(paragraph, RUN), None)
    look = paragraph.find(f"{w('pPr')}/{_RUN_PROPERTIES}") if run is None else run.find(_RUN_PROPERTIES)
    if look is None:
        return None
    look = deepcopy(look)
    for change in [one for one in look if one.tag in _CHANGES]:
        look.remove(change)
    return look


def _like(run: Element | None) -> Element:
    """Return an empty run that looks like another."""
    fresh = etree.Element(RUN)
    properties = run.find(_RUN_PROPERTIES) if run is not None else None
    if properties is not None:
        fresh.append(deepcopy(properties))
    return fresh


def prompting(element: Element) -> Element | None:
    """Return the content control that still shows its prompt around an element, if one does."""
    for control in element.iterancestors(_CONTROL):
        properties = control.find(_CONTROL_PROPERTIES)
        if properties is not None and properties.find(w("showingPlcHdr")) is not None:
            return control
    return None


def control_name(control: Element) -> str:
    """Return what a content control calls itself: its title, else its tag."""
    properties = control.find(_CONTROL_PROPERTIES)
    names = [] if properties is None else [properties.find(w(name)) for name in ("alias", "tag")]
    return next((name.get(w("val"), "").strip() for name in names if name is not None), "")


def unwrap(control: Element) -> None:
    """Take a content control away from around its content: one that is bound to data would print that."""
    parent, content = control.getparent(), control.find(w("sdtContent"))
    if parent is None or content is None:
        return
    for run in content.iter(RUN):
        look = run.find(_RUN_PROPERTIES)
        if look is not None and (style := look.find(w("rStyle"))) is not None:
            look.remove(style)  # the grey of the prompt
            before = control.getprevious()
            if not len(look) and before is not None and before.tag == RUN:
                run[:] = [*_like(before), *list(run)[1:]]
    position = parent.index(control)
    parent[position : position + 1] = list(content)


def _letters(paragraph: Element) -> Iterator[_Letter]:
    field = ""
    for run in nearest(paragraph, RUN):
        waits = _is_underlined(run)
        prompt = prompting(run) is not None
        for child in run:
            field = _field_after(child, field)
            if child.tag == TEXT:
                for index, letter in enumerate(child.text or ""):
                    empty = prompt or field == "FORMTEXT" or (waits and letter.isspace())
                    shown = " " if letter in _SPACES else letter
                    yield _Letter(BLANK if empty else shown, child, index, bool(field))
            elif child.tag in _SHOWN:
                shown = _SHOWN[child.tag]
                yield _Letter(BLANK if prompt or (waits and shown == "\t") else shown, child, 0)


def _field_after(child: Element, field: str) -> str:
    """Return the name of the field that what follows is the result of."""
    if child.tag == w("instrText") and (child.text or "").split():
        return (child.text or "").split()[0].upper()
    return "" if child.get(w("fldCharType")) == "end" else field


def _is_underlined(run: Element) -> bool:
    line = run.find(f"{_RUN_PROPERTIES}/{w('u')}")
    return line is not None and line.get(w("val"), "single") != "none"


def _rewrite(element: Element, gone: set[int], at: int | None, text: str) -> None:
    """Take letters out of an element; at one place ``text`` comes instead."""
    if element.tag != TEXT:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
        return
    letters = list(element.text or "")
    kept = [text if index == at else "" if index in gone else one for index, one in enumerate(letters)]
    _say(element, "".join(kept))


def _say(element: Element, text: str) -> None:
    element.text = text
    element.set(PRESERVE_SPACE, "preserve")


def _come_out(letter: _Letter) -> None:
    """Free a text from the control or the field that asked for it: they would ask again, or print theirs."""
    element = letter.element
    if (control := prompting(element)) is not None:
        unwrap(control)
    run = _run_of(element)
    for inner in [one for one in element.iterancestors() if one.tag in (_CONTROL, w("p"))]:
        if inner.tag != _CONTROL:  # those around the paragraph hold other things, too
            break
        unwrap(inner)
    if letter.in_field and run is not None:
        _drop([*reversed(_marks(run, before=True)), *_marks(run, before=False)])


def _marks(run: Element, *, before: bool) -> list[Element]:
    """Return the marks of the field around a run: up to where it begins, or to where it ends."""
    found: list[Element] = []
    for sibling in run.itersiblings(RUN, preceding=before):
        marks = list(sibling.iterchildren(*_FIELD_MARKS))
        found += reversed(marks) if before else marks
        if any(mark.get(w("fldCharType")) == ("begin" if before else "end") for mark in marks):
            break
    return found


def _drop(marks: list[Element]) -> None:
    instruction = "".join(mark.text or "" for mark in marks).upper()
    if any(name in instruction for name in _FILLED_IN_FIELDS):
        for mark in marks:
            holder = mark.getparent()
            if holder is not None:
                holder.remove(mark)


def _run_of(element: Element) -> Element | None:
    return next(element.iterancestors(RUN), None)


def _at_start(paragraph: Element, run: Element) -> None:
    properties = paragraph.find(w("pPr"))
    paragraph.insert(0 if properties is None else 1, run)
