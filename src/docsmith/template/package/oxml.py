"""WordprocessingML as this layer sees it: names, a strict parser, and walks that respect nesting."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PRESERVE_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

MAX_DEPTH = 200
"""Nested elements in a part; a form with tables in tables in text boxes needs some 50."""


def w(name: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


PARAGRAPH, RUN, TEXT = w("p"), w("r"), w("t")
TABLE, ROW, CELL = w("tbl"), w("tr"), w("tc")
TEXT_BOX = w("txbxContent")
CELL_PROPERTIES = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar",
    "textDirection", "tcFitText", "vAlign", "hideMark", "headers", "cellIns", "cellDel", "cellMerge",
    "tcPrChange",
)  # fmt: skip
"""The children of ``w:tcPr`` in the order of the schema (ECMA-376-1, 17.4.69); Word refuses any other."""


def parse(data: bytes | str) -> Element:
    """Parse strictly, without entities, network, comments or blanks between elements.

    Raises ``lxml.etree.XMLSyntaxError`` for what is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def parse_part(name: str, data: bytes) -> Element:
    """Parse a part of a template; raises :class:`TemplateError` for what no Word document may hold."""
    try:
        root = parse(data)
    except etree.XMLSyntaxError as error:
        raise TemplateError(
            _("The part {name} is not well-formed XML: {reason}").format(name=name, reason=error.msg),
            hint=_("Open the template in Word or WPS and save it again."),
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise TemplateError(
            _("The part {name} has a DOCTYPE, which no Word document may have.").format(name=name),
            hint=_("Do not use a template of unknown origin; make a new one in Word or WPS."),
        )
    if _is_deeper_than(root, MAX_DEPTH):
        raise TemplateError(
            _("The part {name} is nested more than {limit} elements deep.").format(
                name=name, limit=MAX_DEPTH
            ),
            hint=_("Take tables out of tables until a few levels are left."),
        )
    return root


def _is_deeper_than(root: Element, limit: int) -> bool:
    depth = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False


def serialise(root: Element) -> bytes:
    """Return the bytes of a part, with the declaration that Word writes."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def nearest(element: Element, tag: str, barrier: str = "") -> Iterator[Element]:
    """Yield the descendants called ``tag``, but none inside another of them or inside a ``barrier``.

    ``nearest(table, ROW, TABLE)`` are the rows of that table and not those of tables in its cells.
    """
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != barrier:
            yield from nearest(child, tag, barrier)


def ancestor(element: Element, tag: str) -> Element | None:
    """Return the nearest element called ``tag`` that holds this one."""
    return next(element.iterancestors(tag), None)
