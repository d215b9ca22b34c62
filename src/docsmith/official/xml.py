"""Making WordprocessingML elements: the namespaces, and two short functions."""

from __future__ import annotations

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {"w": W, "r": R}

Element = etree._Element


def w(tag: str, *children: Element | None, **attributes: str | int | None) -> Element:
    """Return the element ``w:tag``; an attribute or a child that is ``None`` is left out.

    Attributes are written without prefix; a trailing underscore keeps clear of Python's own words.
    """
    element = etree.Element(f"{{{W}}}{tag}", nsmap=NAMESPACES)
    for name, value in attributes.items():
        if value is not None:
            element.set(f"{{{W}}}{name.rstrip('_')}", str(value))
    element.extend([child for child in children if child is not None])
    return element


def to_bytes(root: Element) -> bytes:
    """Return a part of a package: UTF-8, with a declaration."""
    etree.cleanup_namespaces(root, top_nsmap=NAMESPACES, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
