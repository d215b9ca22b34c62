"""A whole document: sections with their blocks, as the bytes of a .docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from docsmith.official.section import PageNumbers, Section, end_body, end_section, footers
from docsmith.official.styles import styles_part
from docsmith.official.xml import Element, to_bytes, w

_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# Zip archives carry times; a fixed one keeps the bytes of a template the same on every machine.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Part:
    """The blocks of one section, in order: paragraphs and tables."""

    section: Section
    blocks: Sequence[Element]


def build(parts: Sequence[Part], title: str) -> bytes:
    """Return the bytes of a .docx that has these sections."""
    footer_parts: dict[str, Element] = {}
    footer_ids: dict[PageNumbers, dict[str, str]] = {}
    for numbers in dict.fromkeys(part.section.numbers for part in parts):
        footer_ids[numbers] = {}
        for kind, footer in footers(numbers).items():
            name = f"footer{len(footer_parts) + 1}"
            footer_parts[name] = footer
            footer_ids[numbers][kind] = name
    relationships = {"styles": "styles", "settings": "settings", "fontTable": "fontTable"}
    members = {
        "[Content_Types].xml": _content_types(footer_parts),
        "_rels/.rels": _package_relationships(),
        "word/document.xml": to_bytes(w("document", _body(parts, footer_ids))),
        "word/_rels/document.xml.rels": _document_relationships(relationships, footer_parts),
        "word/styles.xml": to_bytes(styles_part()),
        "word/settings.xml": to_bytes(_settings(facing_pages=PageNumbers.ARTICLE in footer_ids)),
        "word/fontTable.xml": to_bytes(_font_table()),
        "docProps/core.xml": _core_properties(title),
        **{f"word/{name}.xml": to_bytes(footer) for name, footer in footer_parts.items()},
    }
    return _zip(members)


def _body(parts: Sequence[Part], footer_ids: dict[PageNumbers, dict[str, str]]) -> Element:
    """Return ``w:body``: the last paragraph of each section but the last carries its properties."""
    body = w("body")
    for part in parts:
        body.extend(part.blocks)
        properties = part.section.element(footer_ids[part.section.numbers])
        if part is parts[-1]:
            end_body(body, properties)
        else:
            end_section(body, properties)
    return body


def _settings(*, facing_pages: bool) -> Element:
    compatibility = w("compat", w("spaceForUL"), w("balanceSingleByteDoubleByteWidth"), w("ulTrailSpace"))
    word_2013 = w(
        "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15
    )
    compatibility.append(word_2013)
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=420),
        w("evenAndOddHeaders") if facing_pages else None,
        w("characterSpacingControl", val="compressPunctuation"),
        compatibility,
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def _font_table() -> Element:
    """Return the fonts with the names that stand in for them where they are not installed."""
    stand_ins = {
        "方正小标宋简体": ("方正小标宋_GBK,小标宋", "script"),
        "仿宋": ("FangSong,仿宋_GB2312", "modern"),
        "楷体": ("KaiTi,楷体_GB2312", "modern"),
        "黑体": ("SimHei", "modern"),
        "宋体": ("SimSun", "auto"),
        "Times New Roman": (None, "roman"),
    }
    return w(
        "fonts",
        *(
            w(
                "font",
                w("altName", val=alternative) if alternative else None,
                w("charset", val="86" if alternative else "00"),
                w("family", val=family),
                name=name,
            )
            for name, (alternative, family) in stand_ins.items()
        ),
    )


def _default(namespace: str) -> dict[str, str]:
    # lxml takes None for the default namespace; its stubs do not know.
    return {None: namespace}  # type: ignore[dict-item]


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _content_types(footer_parts: dict[str, Element]) -> bytes:
    namespace = f"{_PACKAGE}/content-types"
    root = etree.Element(f"{{{namespace}}}Types", nsmap=_default(namespace))
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    for extension, kind in defaults.items():
        etree.SubElement(root, f"{{{namespace}}}Default", Extension=extension, ContentType=kind)
    overrides = {
        "/word/document.xml": f"{_CONTENT}.document.main+xml",
        "/word/styles.xml": f"{_CONTENT}.styles+xml",
        "/word/settings.xml": f"{_CONTENT}.settings+xml",
        "/word/fontTable.xml": f"{_CONTENT}.fontTable+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"/word/{name}.xml": f"{_CONTENT}.footer+xml" for name in footer_parts},
    }
    for name, kind in overrides.items():
        etree.SubElement(root, f"{{{namespace}}}Override", PartName=name, ContentType=kind)
    return _xml(root)


def _relationships(targets: dict[str, tuple[str, str]]) -> bytes:
    namespace = f"{_PACKAGE}/relationships"
    root = etree.Element(f"{{{namespace}}}Relationships", nsmap=_default(namespace))
    for identifier, (kind, target) in targets.items():
        etree.SubElement(root, f"{{{namespace}}}Relationship", Id=identifier, Type=kind, Target=target)
    return _xml(root)


def _package_relationships() -> bytes:
    return _relationships(
        {
            "document": (f"{_OFFICE}/officeDocument", "word/document.xml"),
            "core": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        }
    )


def _document_relationships(kinds: dict[str, str], footer_parts: dict[str, Element]) -> bytes:
    targets = {name: (f"{_OFFICE}/{kind}", f"{name}.xml") for name, kind in kinds.items()}
    targets |= {name: (f"{_OFFICE}/footer", f"{name}.xml") for name in footer_parts}
    return _relationships(targets)


def _core_properties(title: str) -> bytes:
    core = f"{_PACKAGE}/metadata/core-properties"
    dublin_core = "http://purl.org/dc/elements/1.1/"
    root = etree.Element(f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": dublin_core})
    etree.SubElement(root, f"{{{dublin_core}}}title").text = title
    return _xml(root)


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
