"""Document properties: what a document says of itself, and nothing of whoever made its template."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.template.values import illegal_character

CORE_PART, APP_PART = "docProps/core.xml", "docProps/app.xml"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
ELEMENTS = (
    "dc:title", "dc:subject", "dc:creator", "cp:keywords", "dc:description", "cp:category", "dc:identifier",
    "dc:language", "cp:version", "cp:contentStatus",
)  # fmt: skip
"""The core properties that are text (ISO/IEC 29500-2, 11.1), in the order in which they are written."""
_NONE: Mapping[str, str] = MappingProxyType({})
_HEAD = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    f'<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="{DUBLIN_CORE}">'
)


class Properties(NamedTuple):
    """The properties of a rendered document.

    ``document_type`` is the id of the type and ``version`` that of its template: a returned form is
    recognised by them.
    """

    title: str = ""
    subject: str = ""
    creator: str = ""
    document_type: str = ""
    version: str = ""


def core_properties(properties: Properties, rendered: Mapping[str, str] = _NONE) -> bytes:
    """Return ``docProps/core.xml``; it holds no time, so that the same data gives the same bytes.

    ``rendered`` are the template's own properties, filled, by element (``dc:title``); what ``properties``
    says goes before them. Raises :class:`TemplateError` for characters that no document can hold.
    """
    given = (
        ("dc:title", properties.title),
        ("dc:subject", properties.subject),
        ("dc:creator", properties.creator),
        ("cp:category", properties.document_type),
        ("cp:version", properties.version),
    )
    texts = {**rendered, **{element: text for element, text in given if text}}
    written = [f"<{name}>{_escaped(texts[name])}</{name}>" for name in ELEMENTS if texts.get(name)]
    xml = f"{_HEAD}{''.join(written)}</cp:coreProperties>"
    if illegal := illegal_character(xml):
        raise TemplateError(
            _("The document properties have the character {code}, which no document can hold.").format(
                code=illegal
            )
        )
    return xml.encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
