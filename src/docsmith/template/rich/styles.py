"""The styles of a sub-document: those that the document around has by their names, the others are copied."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from docsmith.template.package.oxml import Element, W, w
from docsmith.template.rich.lists import VALUE, ListMerger

STYLES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
EMPTY_STYLES = f'<w:styles xmlns:w="{W}"/>'.encode()
_STYLE, _IDENTITY = w("style"), w("styleId")
_USES = (w("tblStyle"), w("pStyle"), w("rStyle"))
_NEEDED, _RELATED = (w("basedOn"), w("link")), (w("basedOn"), w("next"), w("link"))


class StyleMerger:
    """Copies styles from ``theirs`` to ``ours``, and lets what is copied refer to ours.

    Ids of styles depend on the language of Word, so that it is the name that says which are the same.
    """

    def __init__(self, theirs: Element | None, ours: Element, lists: ListMerger) -> None:
        self._ours, self._lists = ours, lists
        self._theirs = {style.get(_IDENTITY, ""): style for style in _styles(theirs)}
        by_name = {_name(style): style.get(_IDENTITY, "") for style in _styles(ours)}
        self._mapped = {
            identity: by_name.get(_name(style), identity) for identity, style in self._theirs.items()
        }

    def take(self, element: Element) -> None:
        """Copy the styles that an element uses and the document lacks; let it use ours."""
        used = dict.fromkeys(reference.get(VALUE, "") for reference in element.iter(*_USES))
        for identity in used:
            self._take(identity)
        for reference in element.iter(*_USES):
            reference.set(VALUE, self._our(reference.get(VALUE, "")))

    def first(self, element: Element) -> Element | None:
        """Return our style of the first paragraph in an element that has one."""
        reference = next(element.iter(w("pStyle")), None)
        return None if reference is None else self._find(reference.get(VALUE, ""))

    def _take(self, identity: str) -> None:
        theirs = self._theirs.get(identity)
        if theirs is None:
            return
        ours = self._find(self._our(identity))
        if ours is not None:
            self._lists.share(theirs, ours)
            return
        copied = deepcopy(theirs)
        copied.attrib.pop(w("default"), "")  # the document around has its own
        self._ours.append(copied)
        self._lists.take(copied)
        for related in list(copied.iterchildren(*_RELATED)):
            # docxcompose leaves the style that this one is based on behind, and with it most of its looks.
            if related.tag in _NEEDED:
                self._take(related.get(VALUE, ""))
            related.set(VALUE, self._our(related.get(VALUE, "")))

    def _our(self, identity: str) -> str:
        return self._mapped.get(identity, identity)

    def _find(self, identity: str) -> Element | None:
        return next((style for style in _styles(self._ours) if style.get(_IDENTITY) == identity), None)


def _styles(sheet: Element | None) -> Iterator[Element]:
    if sheet is not None:
        yield from sheet.iterchildren(_STYLE)


def _name(style: Element) -> str:
    name = style.find(w("name"))
    return "" if name is None else name.get(VALUE, "")
