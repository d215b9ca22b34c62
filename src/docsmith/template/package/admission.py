"""What a template may contain. Everything that could run, fetch or leak something is refused by name.

The lists are of what is allowed, so that what Word learns next year is refused until somebody looked at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.template.limits import MAX_TAGS, MAX_XML, MAX_XML_NODES
from docsmith.template.package.fields import fields_of
from docsmith.template.package.oxml import Element, W, parse_part, w
from docsmith.template.package.relations import (
    ROOT_RELATIONS,
    TYPES_PART,
    ContentTypes,
    Relation,
    main_part,
    relations_name,
    relations_of,
)
from docsmith.template.problems import placed

_DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_KINDS = frozenset(
    {
        "bibliography", "chart", "chartColorStyle", "chartStyle", "chartUserShapes",
        "classificationlabels", "comments", "commentsExtended", "commentsExtensible", "commentsIds",
        "core-properties", "custom-properties", "customXml", "customXmlProps", "diagramColors",
        "diagramData", "diagramDrawing", "diagramLayout", "diagramQuickStyle", "documenttasks",
        "endnotes", "extended-properties", "font", "fontTable", "footer", "footnotes",
        "glossaryDocument", "hdphoto", "header", "hyperlink", "image", "intelligence", "numbering",
        "officeDocument", "people", "printerSettings", "settings", "styles", "stylesWithEffects",
        "theme", "themeOverride", "thumbnail", "webSettings", "wpsCustomData",
    }
)  # fmt: skip
_ACTIVE_CONTENT = re.compile(r"macroEnabled|vbaProject|oleObject|activeX|ms-office\.active", re.IGNORECASE)
_FIELDS = frozenset(
    {
        "=", "ADVANCE", "AUTHOR", "AUTONUM", "BIBLIOGRAPHY", "CITATION", "COMMENTS", "CREATEDATE",
        "DATE", "DOCPROPERTY", "EQ", "FILENAME", "FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT",
        "HYPERLINK", "IF", "INDEX", "KEYWORDS", "LASTSAVEDBY", "LISTNUM", "MERGEFIELD", "NOTEREF",
        "NUMCHARS", "NUMPAGES", "NUMWORDS", "PAGE", "PAGEREF", "PRINTDATE", "REF", "REVNUM",
        "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "SHAPE", "STYLEREF", "SUBJECT", "SYMBOL",
        "TA", "TC", "TIME", "TITLE", "TOA", "TOC", "XE",
    }
)  # fmt: skip
_SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
_VML_SOURCES = ("src", "{urn:schemas-microsoft-com:office:office}href")


def admit(parts: Mapping[str, bytes], name: str) -> dict[str, Element]:
    """Parse every XML part and return the trees by name; raises :class:`TemplateError` for a refused one."""
    xml = read_xml(parts, name)
    if wrong := objections(parts, xml):
        raise TemplateError("\n".join(placed(name, one) for one in wrong), hint=how_to_mend())
    return xml


def how_to_mend() -> str:
    """Return what to do about something that no template may contain."""
    return _("Take it out in Word or WPS; a template needs nothing from outside.")


def read_xml(parts: Mapping[str, bytes], name: str) -> dict[str, Element]:
    """Parse every XML part of a Word document; raises :class:`TemplateError` for what is none."""
    if TYPES_PART not in parts or ROOT_RELATIONS not in parts:
        raise TemplateError(
            _("{name}: this is a zip file, but no Word document.").format(name=name),
            hint=_("Give a .docx file made in Word or WPS."),
        )
    _check_amount([parts[TYPES_PART]], name)
    types = ContentTypes(_parse(TYPES_PART, parts, name))
    _check_amount([parts[part] for part in parts if _is_xml(part, types)], name)
    xml = {part: _parse(part, parts, name) for part in parts if _is_xml(part, types)}
    _check_kind(types, main_part(xml, name), xml, name)
    return xml


def objections(parts: Iterable[str], xml: Mapping[str, Element]) -> list[str]:
    """Return what the parts contain that no template may, each as a sentence."""
    return list(dict.fromkeys(wrong for part in parts for wrong in _objections(part, xml)))


def _check_amount(sources: Sequence[bytes], name: str) -> None:
    """Refuse more XML than any form has, before it is parsed: a tree takes many times as much."""
    hint = _("Split the template, or take large tables and pictures of lines out of it.")
    nodes = sum(source.count(b"<") - source.count(b"</") + source.count(b"=") for source in sources)
    braces = sum(source.count(b"{") + source.count(b"}") for source in sources)
    for amount, limit, sentence in (
        (sum(map(len, sources)), MAX_XML, _("the text of the template takes more than {limit} bytes.")),
        (nodes, MAX_XML_NODES, _("the template has more than {limit} elements and attributes.")),
        (braces, 4 * MAX_TAGS, _("more than {limit} tags in one template.")),
    ):
        if amount > limit:
            shown = MAX_TAGS if limit == 4 * MAX_TAGS else limit
            raise TemplateError(placed(name, sentence.format(limit=shown)), hint=hint)


def _parse(part: str, parts: Mapping[str, bytes], name: str) -> Element:
    try:
        return parse_part(part, parts[part])
    except TemplateError as error:
        raise TemplateError(placed(name, error.message), hint=error.hint) from error


def _is_xml(part: str, types: ContentTypes) -> bool:
    return part.lower().endswith((".xml", ".rels", ".vml")) or types.of(part).endswith("xml")


def _check_kind(types: ContentTypes, main: str, xml: Mapping[str, Element], name: str) -> None:
    hint = _("Open it in Word or WPS and save it as a Word document (.docx).")
    if any(_ACTIVE_CONTENT.search(content_type) for content_type in types.all()):
        raise TemplateError(
            _("{name}: the file has macros or embedded objects.").format(name=name), hint=hint
        )
    if types.of(main) != _DOCUMENT_TYPE or main not in xml:
        raise TemplateError(_("{name}: this is no Word document (.docx).").format(name=name), hint=hint)
    if xml[main].nsmap.get("w") != W:
        raise TemplateError(
            _("{name}: this is a document of the kind “Strict Open XML”.").format(name=name), hint=hint
        )


def _objections(part: str, xml: Mapping[str, Element]) -> Iterator[str]:
    if re.search(r"vbaProject|/activeX/|\.bin$|\.exe$", part, re.IGNORECASE):
        yield _("the part {part} is a program or an embedded object.").format(part=part)
    sources = [part] if relations_name(part) in xml else []
    if part == ROOT_RELATIONS:
        sources = [""]
    for source in sources:
        for relation in relations_of(source, xml):
            yield from _relation_objections(relation)
    if part in xml:
        yield from _field_objections(part, xml[part])
        yield from _vml_objections(part, xml[part])
        if next(xml[part].iter(w("mailMerge")), None) is not None:
            yield _("the part {part} asks a database: it is a main document of a mail merge.").format(
                part=part
            )


def _relation_objections(relation: Relation) -> Iterator[str]:
    source = relation.source or _("package")
    if relation.kind not in _KINDS:
        yield _("the part {part} has something embedded that is not allowed: {kind}.").format(
            part=source, kind=relation.kind
        )
    elif relation.external and not (relation.kind == "hyperlink" and _SAFE_ADDRESS.match(relation.target)):
        yield _("the part {part} fetches something from outside: {target}").format(
            part=source, target=relation.target
        )


def _field_objections(part: str, root: Element) -> Iterator[str]:
    for field in fields_of(root):
        if field.name not in _FIELDS:
            yield _("the part {part} has a field that is not allowed: {name}.").format(
                part=part, name=field.name
            )
        elif field.name == "HYPERLINK" and field.argument and not _SAFE_ADDRESS.match(field.argument):
            yield _("the part {part} fetches something from outside: {target}").format(
                part=part, target=field.argument
            )


def _vml_objections(part: str, root: Element) -> Iterator[str]:
    for element in root.iter("{urn:schemas-microsoft-com:vml}*"):
        for name in _VML_SOURCES:
            if address := element.get(name):
                yield _("the part {part} fetches something from outside: {target}").format(
                    part=part, target=address
                )
