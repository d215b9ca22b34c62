"""Document properties: what a document says of itself, and nothing of whoever made its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.template.oxml import CONTENT_TYPES, RELATIONSHIPS, Element, serialise
from docsmith.template.relations import ROOT_RELATIONS, TYPES_PART, relations_of
from docsmith.template.values import illegal_character

CORE_PART, APP_PART = "docProps/core.xml", "docProps/app.xml"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_DC = "http://purl.org/dc/elements/1.1/"
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


@dataclass(frozen=True, slots=True)
class Properties:
    """The properties of a rendered document.

    ``document_type`` is the id of the type and ``version`` that of its template: a returned form is
    recognised by them.
    """

    title: str = ""
    subject: str = ""
    creator: str = ""
    document_type: str = ""
    version: str = ""


def core_properties(properties: Properties) -> bytes:
    """Return ``docProps/core.xml``; it holds no time, so that the same data gives the same bytes."""
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC})
    for tag, text in (
        (f"{{{_DC}}}title", properties.title),
        (f"{{{_DC}}}subject", properties.subject),
        (f"{{{_DC}}}creator", properties.creator),
        (f"{{{_CORE}}}category", properties.document_type),
        (f"{{{_CORE}}}version", properties.version),
    ):
        if illegal := illegal_character(text):
            raise TemplateError(
                _("The document properties have the character {code}, which no document can hold.").format(
                    code=illegal
                )
            )
        if text:
            etree.SubElement(root, tag).text = text
    return serialise(root)


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
