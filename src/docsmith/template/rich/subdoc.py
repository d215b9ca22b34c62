"""A whole document within another one: its text, with the styles, lists, pictures and links that it uses."""

from __future__ import annotations

import io
import sys
from collections.abc import Container, Iterator, Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.template.formatted import BlockValue
from docsmith.template.package.additions import OpenPart, Picture, checked_address
from docsmith.template.package.admission import admit
from docsmith.template.package.facts import HYPERLINK, IMAGE, OFFICE, ignorable, links_of, target_of
from docsmith.template.package.oxml import WP, Element, w
from docsmith.template.package.reading import MAX_TOTAL, read_package
from docsmith.template.package.relations import TYPES_PART, ContentTypes, main_part, relations_of
from docsmith.template.problems import placed
from docsmith.template.rich.lists import EMPTY_NUMBERING, NUMBERING_TYPE, ListMerger
from docsmith.template.rich.source import Source, content_of
from docsmith.template.rich.styles import EMPTY_STYLES, STYLES_TYPE, StyleMerger

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_EMBED, _ID = f"{{{OFFICE}}}embed", f"{{{OFFICE}}}id"
_PICTURE_OF_SHAPE = "{urn:schemas-microsoft-com:vml}imagedata"
_FURNITURE = (w("headerReference"), w("footerReference"))
# What would need a part of the other document besides those that are merged.
_REFUSED = {
    w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes",
    w("commentReference"): "comments", w("commentRangeStart"): "comments",
}  # fmt: skip


class Subdoc(BlockValue):
    """A document to stand in another one, for ``{{p … }}``.

    ``source`` is a path, the bytes, a file that is open for reading, or a ``docx.Document``. It is admitted
    like a template; tags in it are text. Headers, footers and the page layout are those of the document
    around it. Raises :class:`TemplateError` for what cannot stand in another document.
    """

    __slots__ = ("_body", "_ignorable", "_lists", "_styles", "_targets")
    is_foreign = True

    def __init__(self, source: Source | Any) -> None:
        data, name = _content(source)
        parts = read_package(data, name)
        xml = admit(parts, name)
        main = main_part(xml, name)
        body = xml[main].find(w("body"))
        if body is None:
            raise TemplateError(_("{name}: this is no Word document (.docx).").format(name=name))
        self._body = body
        self._ignorable = ignorable(xml[main])
        self._targets = dict(_targets(main, parts, xml))
        sheets = {relation.kind: xml.get(relation.target) for relation in relations_of(main, xml)}
        self._styles, self._lists = sheets.get("styles"), sheets.get("numbering")
        for what in _objections(body, self._targets):
            raise TemplateError(
                placed(name, _("a document with {what} cannot stand in another one.").format(what=what)),
                hint=_("Take them out in Word or WPS."),
            )

    def blocks(self, part: OpenPart) -> str:
        """Return the paragraphs and tables as XML, and add what they need to the document around them."""
        merged = part.additions.merged
        key = (self, part.name)
        if key not in merged:
            merged[key] = self._merged(part)
        return merged[key]

    def _merged(self, part: OpenPart) -> str:
        additions = part.additions
        lists = ListMerger(self._lists, lambda: additions.sheet("numbering", EMPTY_NUMBERING, NUMBERING_TYPE))
        styles = StyleMerger(self._styles, additions.sheet("styles", EMPTY_STYLES, STYLES_TYPE), lists)
        body = deepcopy(self._body)
        unknown = self._ignorable - additions.facts.extensions.get(part.name, frozenset())
        if unknown:
            _drop_extensions(body, unknown)
        written = []
        for element in body:
            if element.tag == w("sectPr"):
                continue
            self._link(element, part)
            styles.take(element)
            lists.take(element)
            if (first := styles.first(element)) is not None:
                lists.restart(element, first)
            written.append(etree.tostring(element, encoding="unicode", with_tail=False))
        return "".join(written)

    def _link(self, element: Element, part: OpenPart) -> None:
        """Let links and pictures point to relationships of the part around."""
        for reference in list(element.iter(*_FURNITURE)):
            _remove(reference)
        # Links, pictures, pictures in shapes: the order in which docxcompose numbers them.
        everything = list(element.iter("*"))
        shapes = [holder for holder in everything if holder.tag == _PICTURE_OF_SHAPE]
        others = [holder for holder in everything if holder.tag != _PICTURE_OF_SHAPE]
        for holders, attribute in ((others, _ID), (everything, _EMBED), (shapes, _ID)):
            for holder in holders:
                if (identity := holder.get(attribute)) is not None:
                    holder.set(attribute, self._related(identity, part))
        for drawing in element.iter(f"{{{WP}}}docPr"):
            drawing.set("id", str(part.drawing()))

    def _related(self, identity: str, part: OpenPart) -> str:
        target = self._targets[identity]
        return part.image(target) if isinstance(target, Picture) else part.hyperlink(target)


def _targets(
    main: str, parts: Mapping[str, bytes], xml: Mapping[str, Element]
) -> Iterator[tuple[str, str | Picture]]:
    """Yield the links and pictures of a text by the ids of their relationships."""
    types = ContentTypes(xml[TYPES_PART])
    for link in links_of(main, xml):
        target = target_of(main, link)
        if link.type == HYPERLINK and link.external:
            yield link.id, checked_address(target)
        elif link.type == IMAGE and target in parts:
            yield link.id, Picture.of(parts[target], target.rsplit(".", 1)[-1], types.of(target))


def _content(source: Source | Any) -> tuple[bytes, str]:
    """Return the bytes of a document and what messages call it."""
    docx = sys.modules.get("docx.document")  # whoever has such a document has imported it
    if docx is not None and isinstance(source, docx.Document):
        stream = io.BytesIO()
        source.save(stream)
        source = stream.getvalue()
    data, name = content_of(source, MAX_TOTAL)
    return data, name or _("sub-document")


def _objections(body: Element, targets: Container[str]) -> Iterator[str]:
    """Yield the kinds of things in a text that would need more of their document than is merged."""
    for element in body.iter("*"):
        if element.tag in _REFUSED:
            yield _REFUSED[element.tag]
        if element.tag in _FURNITURE:
            continue
        for name, value in element.attrib.items():
            if str(name).startswith(f"{{{OFFICE}}}") and not (name in (_ID, _EMBED) and value in targets):
                yield etree.QName(element).localname


def _drop_extensions(body: Element, unknown: frozenset[str]) -> None:
    """Take out what a reader may ignore, and what the document around does not let it ignore."""
    for element in list(body.iter("*")):
        for attribute in list(element.attrib):
            if etree.QName(attribute).namespace in unknown:
                del element.attrib[attribute]
        chosen = next(element.iterancestors(f"{_COMPATIBILITY}AlternateContent"), None)
        if etree.QName(element).namespace in unknown and chosen is None:
            _remove(element)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
