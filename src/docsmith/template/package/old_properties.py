"""What a template says of itself: its tags are kept, everything else is left out of its documents.

Whoever made a template, when and with which program, is nobody's business (docxtpl copies it into every
document). Where a property has tags, as in a title ``{{ 支部.名称 }}自查表``, it is meant for the documents.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.template.package.oxml import CONTENT_TYPES, RELATIONSHIPS, Element, serialise
from docsmith.template.package.properties import APP_PART, CORE, CORE_PART, DUBLIN_CORE, ELEMENTS
from docsmith.template.package.relations import ROOT_RELATIONS, TYPES_PART, relations_of

_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Authors, thumbnails and the properties that Word and WPS add of their own: not for the reader of a form.
_DROPPED_KINDS = (
    "core-properties",
    "extended-properties",
    "custom-properties",
    "thumbnail",
    "classificationlabels",
)
_APPLICATION = "application/vnd.openxmlformats-"
_WRITTEN = (
    (CORE_PART, f"{RELATIONSHIPS}/metadata/core-properties", f"{_APPLICATION}package.core-properties+xml"),
    (APP_PART, f"{_OFFICE}/extended-properties", f"{_APPLICATION}officedocument.extended-properties+xml"),
)
_TAGS = ("{{", "{%", "{#")
_PREFIXES = {CORE: "cp", DUBLIN_CORE: "dc"}


def property_patterns(xml: Mapping[str, Element]) -> dict[str, str]:
    """Return the core properties of a template that have tags: patterns by element (``dc:title``).

    :func:`property_place` says how messages call them.
    """
    cores = (relation.target for relation in relations_of("", xml) if relation.kind == "core-properties")
    found: dict[str, str] = {}
    for element in (element for core in cores if core in xml for element in xml[core]):
        name = etree.QName(element)
        key = f"{_PREFIXES.get(name.namespace or '')}:{name.localname}"
        text = element.text or ""
        if key in ELEMENTS and any(tag in text for tag in _TAGS):
            found.setdefault(key, text)
    return found


def property_place(element: str) -> str:
    """Return how messages call a core property: as Word does."""
    names = {
        "dc:title": _("title"),
        "dc:subject": _("subject"),
        "dc:creator": _("author"),
        "cp:keywords": _("keywords"),
        "dc:description": _("comments"),
        "cp:category": _("category"),
        "dc:identifier": _("identifier"),
        "dc:language": _("language"),
        "cp:version": _("version"),
        "cp:contentStatus": _("status"),
    }
    return _("document properties, {name}").format(name=names[element])


def app_properties() -> bytes:
    """Return ``docProps/app.xml``."""
    root = etree.Element(f"{{{_APP}}}Properties", nsmap={None: _APP})  # type: ignore[dict-item]
    etree.SubElement(root, f"{{{_APP}}}Application").text = "docsmith"
    return serialise(root)


def without_old_properties(xml: Mapping[str, Element]) -> tuple[set[str], dict[str, bytes]]:
    """Take a template's own properties out of its package.

    Returns the names of the parts to leave out, and the parts that have to be written instead: content
    types and package relationships that know the new properties. ``xml`` is changed.
    """
    dropped = {relation.target for relation in relations_of("", xml) if relation.kind in _DROPPED_KINDS}
    relations, types = xml[ROOT_RELATIONS], xml[TYPES_PART]
    for element in list(relations):
        if element.get("Type", "").rsplit("/", 1)[-1] in _DROPPED_KINDS:
            relations.remove(element)
    written = {part for part, _kind, _content_type in _WRITTEN}
    for element in list(types):
        if element.get("PartName", "").lstrip("/") in dropped | written:
            types.remove(element)
    for number, (part, kind, content_type) in enumerate(_WRITTEN, 1):
        attributes = {"Id": f"docsmith{number}", "Type": kind, "Target": part}
        etree.SubElement(relations, f"{{{RELATIONSHIPS}}}Relationship", attributes)
        override = {"PartName": f"/{part}", "ContentType": content_type}
        etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", override)
    rewritten = {ROOT_RELATIONS: serialise(relations), TYPES_PART: serialise(types)}
    return dropped | written, {**rewritten, APP_PART: app_properties()}
