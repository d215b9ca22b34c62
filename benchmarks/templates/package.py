"""A package such as Word 2016 writes: its size is part of what is measured.

An engine that copies what does not change gains by a large package. The one that python-docx ships holds
800 KB of styles; what Word and WPS write holds about 40 KB, nearly all of it the list of latent styles. So
the parts here have the content and the size of Word's, and nothing of anybody's document.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.templates import word_parts
from benchmarks.templates.word_parts import NAMESPACES

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument"
_WORD_TYPE = f"{_TYPE}.wordprocessingml"
# Part, content type and, where the main document refers to it, the kind of the relationship.
_PARTS = (
    ("word/document.xml", f"{_WORD_TYPE}.document.main+xml", ""),
    ("word/styles.xml", f"{_WORD_TYPE}.styles+xml", "styles"),
    ("word/settings.xml", f"{_WORD_TYPE}.settings+xml", "settings"),
    ("word/webSettings.xml", f"{_WORD_TYPE}.webSettings+xml", "webSettings"),
    ("word/fontTable.xml", f"{_WORD_TYPE}.fontTable+xml", "fontTable"),
    ("word/numbering.xml", f"{_WORD_TYPE}.numbering+xml", "numbering"),
    ("word/theme/theme1.xml", f"{_TYPE}.theme+xml", "theme"),
    ("word/header1.xml", f"{_WORD_TYPE}.header+xml", "header"),
    ("word/footer1.xml", f"{_WORD_TYPE}.footer+xml", "footer"),
    ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", ""),
    ("docProps/app.xml", f"{_TYPE}.extended-properties+xml", ""),
)


def write_package(path: Path, body: str, header: str, footer: str) -> None:
    """Write a .docx whose body, header and footer hold these paragraphs and tables."""
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        '<w:footerReference w:type="default" r:id="rIdFooter"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="851" w:footer="992"'
        ' w:gutter="0"/><w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="312"/></w:sectPr>'
    )
    written = {
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {NAMESPACES}>{header}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {NAMESPACES}>{footer}</w:ftr>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in ({**_frame(), **written}).items():
            archive.writestr(zipfile.ZipInfo(name), (_HEAD + text).encode(), zipfile.ZIP_DEFLATED)


def _frame() -> Mapping[str, str]:
    """Return the parts that every document has, by name."""
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            ("rId1", f"{_R}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{_R}/extended-properties", "docProps/app.xml"),
        ),
        "word/_rels/document.xml.rels": _relationships(
            *(
                (f"rId{kind[0].upper()}{kind[1:]}", f"{_R}/{kind}", part.removeprefix("word/"))
                for part, _content_type, kind in _PARTS
                if kind
            )
        ),
        "word/styles.xml": word_parts.styles(),
        "word/settings.xml": word_parts.settings(),
        "word/webSettings.xml": f"<w:webSettings {NAMESPACES}><w:optimizeForBrowser/></w:webSettings>",
        "word/fontTable.xml": f"<w:fonts {NAMESPACES}>{''.join(word_parts.fonts())}</w:fonts>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{''.join(word_parts.numbering())}</w:numbering>",
        "word/theme/theme1.xml": word_parts.theme(),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>自检自查表</dc:title>'
            "<cp:revision>1</cp:revision></cp:coreProperties>"
        ),
        "docProps/app.xml": (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            "<Template>Normal.dotm</Template><Application>Microsoft Office Word</Application></Properties>"
        ),
    }


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{content_type}"/>' for part, content_type, _kind in _PARTS
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(*relations: tuple[str, str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"/>'
        for identity, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'
