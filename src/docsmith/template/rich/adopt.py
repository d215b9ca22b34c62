"""docxtpl's own values in a context: read strictly, and written as docsmith's.

A program that moves from docxtpl to docsmith may keep making them. Their XML was put together from arguments
that nobody checked; only what docxtpl itself writes is understood, everything else is refused.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.template.formatted import RichValue
from docsmith.template.package.facts import OFFICE
from docsmith.template.package.oxml import RUN, TEXT, Element, W, parse, w
from docsmith.template.rich.image import InlineImage
from docsmith.template.rich.text import Listing, RichText, RichTextParagraph

# XML cannot hold these two, docxtpl's texts can: noncharacters stand in for them while the XML is read.
_STAND_INS = {"\a": "\ufdd4", "\f": "\ufdd5"}
_BACK = str.maketrans({stand_in: character for character, stand_in in _STAND_INS.items()})
_VALUE = w("val")


def adopt(value: object) -> RichValue | None:
    """Return a formatted value as docsmith knows it; ``None`` for everything else.

    Raises :class:`TemplateError` for one of docxtpl's that holds what docxtpl does not write.
    """
    if isinstance(value, RichValue):
        return value
    docxtpl: Any = sys.modules.get("docxtpl")  # whoever has such a value has imported it
    if docxtpl is None:
        return None
    readers: Mapping[str, Callable[[Any], RichValue]] = {
        "RichText": lambda value: _rich_text(_parsed(value.xml)),
        "RichTextParagraph": _rich_paragraphs,
        "Listing": lambda value: Listing(unescape(value.xml)),
        "InlineImage": lambda value: InlineImage(
            value.image_descriptor, value.width, value.height, value.anchor
        ),
    }
    for name, read in readers.items():
        if isinstance(value, getattr(docxtpl, name)):
            return read(value)
    if isinstance(value, getattr(docxtpl, "Subdoc", ())):
        raise TemplateError(
            _("A sub-document of docxtpl belongs to one template object of docxtpl."),
            hint=_("Give docsmith.Subdoc the path of the document."),
        )
    return None


def _parsed(xml: object) -> Element:
    if not isinstance(xml, str) or any(stand_in in xml for stand_in in _STAND_INS.values()):
        raise _strange("xml")
    for character, stand_in in _STAND_INS.items():
        xml = xml.replace(character, stand_in)
    try:
        root = parse(f'<w:body xmlns:w="{W}" xmlns:r="{OFFICE}">{xml}</w:body>')
    except etree.XMLSyntaxError as error:
        raise _strange("xml") from error
    if re.search(r"<[!?]", xml):
        raise _strange("<!")
    for element in root.iter("*"):
        if element.tail or (element.text and element.tag != TEXT):
            raise _strange(element.tail or element.text)
    return root


def _rich_paragraphs(value: Any) -> RichTextParagraph:
    made = RichTextParagraph()
    for element in _parsed(value.xml):
        _expect(element, w("p"))
        style = None
        children = list(element)
        if children and children[0].tag == w("pPr"):
            (named,) = _only(children.pop(0), w("pStyle"))
            style = named.get(_VALUE)
        content = RichText()
        for child in children:
            content.add(_run_or_link(child))
        made.add(content, style)
    return made


def _rich_text(holder: Element) -> RichText:
    made = RichText()
    for element in holder:
        made.add(_run_or_link(element))
    return made


def _run_or_link(element: Element) -> RichText:
    if element.tag == f"{{{W}}}hyperlink":
        (run,) = _only(element, RUN, f"{{{OFFICE}}}id", w("tgtFrame"))
        return _run(run, element.get(f"{{{OFFICE}}}id"))
    return _run(element, None)


def _run(element: Element, link: str | None) -> RichText:
    _expect(element, RUN)
    children = list(element)
    form = children.pop(0) if children and children[0].tag == w("rPr") else ()
    if len(children) != 1:
        raise _strange(element.tag)
    (text,) = children
    _expect(text, TEXT, "{http://www.w3.org/XML/1998/namespace}space")
    arguments: dict[str, Any] = {}
    for child in form:
        arguments |= _argument(child)
    written = (text.text or "").translate(_BACK)
    made = RichText()
    made.add(written, url_id=link, **arguments)
    return made


def _argument(element: Element) -> Mapping[str, Any]:
    """Return the argument of ``RichText.add`` that docxtpl wrote as this child of ``w:rPr``."""
    name = etree.QName(element).localname
    value = element.get(_VALUE)
    if len(element) or etree.QName(element).namespace != W:
        raise _strange(element.tag)
    if name == "rFonts":
        return {"font": _font(element)}
    if name == "shd":
        return {"highlight": element.get(w("fill"))}
    if name in ("bCs", "iCs", "szCs"):  # they come with b, i and sz
        return {}
    flags = {"b": "bold", "i": "italic", "strike": "strike", "rtl": "rtl"}
    if name in flags:
        return {flags[name]: True}
    if name == "vertAlign" and value in ("subscript", "superscript"):
        return {value: True}
    valued = {"rStyle": "style", "color": "color", "sz": "size", "u": "underline", "lang": "lang"}
    if name not in valued or value is None:
        raise _strange(element.tag)
    return {valued[name]: value}


def _font(element: Element) -> str:
    family = element.get(w("ascii"), "")
    for region in ("eastAsia",):
        if other := element.get(w(region)):
            return f"{region}:{other}"
    return family


def _only(element: Element, tag: str, *attributes: str) -> list[Element]:
    """Return the only child, which has to be of that tag."""
    if len(element) != 1 or element[0].tag != tag or not set(element.attrib) <= set(attributes):
        raise _strange(element.tag)
    return [element[0]]


def _expect(element: Element, tag: str, *attributes: str) -> None:
    if element.tag != tag or not set(element.attrib) <= set(attributes):
        raise _strange(element.tag)


def _strange(what: object) -> TemplateError:
    return TemplateError(
        _("A formatted text of docxtpl holds XML that docxtpl does not write: {what}").format(what=what),
        hint=_("Give its style, colour and font as plain names; quotation marks in them are not for that."),
    )
