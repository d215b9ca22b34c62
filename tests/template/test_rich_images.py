"""Pictures: the XML and the parts that python-docx makes for docxtpl, from files that are checked."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Cm
from lxml import etree

from docsmith.errors import TemplateError
from docsmith.template import rich
from docsmith.template.package.additions import Additions
from docsmith.template.package.admission import admit
from docsmith.template.package.facts import PackageFacts
from docsmith.template.package.oxml import parse
from docsmith.template.package.reading import read_package
from tests.template.builders import saved
from tests.template.docxtpl_compare import content_type, parts_of

MAIN = "word/document.xml"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def png(shade: int = 0, width: int = 40, height: int = 20) -> bytes:
    """Return a grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes([shade]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def facts_of(data: bytes, *rendered: str) -> PackageFacts:
    parts = read_package(data, "t.docx")
    return PackageFacts.of(parts, admit(parts, "t.docx"), rendered or [MAIN])


def elements(xml: str | bytes) -> list[str]:
    root = parse(xml)
    return [
        f"{element.tag} {sorted(element.items())}"
        for element in root.iter("*")
        if element.tag != f"{WP}docPr"
    ]


def drawing_of(runs: str) -> bytes:
    root = etree.fromstring(
        f'<x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{runs}</x>'
    )
    (inline,) = root.iter(f"{WP}inline")
    return etree.tostring(inline)


@pytest.mark.parametrize(
    "size", [{}, {"width": Cm(2)}, {"height": Cm(2)}, {"width": Cm(1), "height": Cm(7)}], ids=str
)
def test_a_picture_is_what_python_docx_makes_of_it(size: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "照片 & 一.PNG"
    file.write_bytes(png())
    document = Document()
    part = Additions(facts_of(saved(document))).open(MAIN)
    ours = drawing_of(rich.InlineImage(file, **size).runs(part))
    theirs = document.part.new_pic_inline(str(file), **size)
    assert elements(ours) == elements(theirs.xml)
    assert etree.fromstring(ours)[1].get("name") == theirs.docPr.name


@pytest.mark.parametrize("source", [png(), io.BytesIO(png())], ids=["bytes", "file"])
def test_bytes_and_open_files_are_pictures_too(source: Any) -> None:
    part = Additions(facts_of(saved(Document()))).open(MAIN)
    assert 'name="image.png"' in rich.InlineImage(source).runs(part)


def test_new_pictures_are_parts_with_relationships_and_types() -> None:
    document = Document()
    document.add_picture(io.BytesIO(png(1)))
    data = saved(document)
    additions = Additions(facts_of(data))
    part = additions.open(MAIN)
    for shade in (2, 1, 2, 3):
        rich.InlineImage(png(shade)).runs(part)
    changed = additions.changed()
    media = {
        name: hashlib.sha256(content).hexdigest() for name, content in changed.items() if "media" in name
    }
    assert media == {
        f"word/media/image{number}.png": hashlib.sha256(png(number)).hexdigest() for number in (2, 3)
    }
    for shade in (2, 1, 2, 3):
        document.add_picture(io.BytesIO(png(shade)))
    theirs = parts_of(saved(document))
    rels = f"word/_rels/{MAIN.rsplit('/')[-1]}.rels"
    wanted = {(e.get("Id"), e.get("Target")) for e in etree.fromstring(theirs[rels])}
    assert {(e.get("Id"), e.get("Target")) for e in etree.fromstring(changed[rels])} == wanted
    merged = {**parts_of(data), **changed}
    assert {content_type(merged, name) for name in media} == {"image/png"}


def test_a_rendering_that_adds_nothing_changes_no_part() -> None:
    assert Additions(facts_of(saved(Document()))).changed() == {}


def test_a_header_gets_relationships_of_its_own() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "头"
    header = "word/header1.xml"
    additions = Additions(facts_of(saved(document), MAIN, header))
    runs = rich.InlineImage(png()).runs(additions.open(header))
    assert 'r:embed="rId1"' in runs
    assert set(additions.changed()) == {
        "word/_rels/header1.xml.rels", "word/media/image1.png", "[Content_Types].xml",
    }  # fmt: skip


def test_pictures_of_one_document_have_different_ids() -> None:
    additions = Additions(facts_of(saved(Document())))
    image = rich.InlineImage(png(), anchor="https://example.org/?a=1&b=2")
    ids = [
        etree.fromstring(drawing_of(image.runs(additions.open(MAIN)))).find(f"{WP}docPr").get("id")  # type: ignore[union-attr]
        for _ in range(3)
    ]
    assert ids == ["1001", "1002", "1003"]


def test_a_picture_leads_to_its_anchor() -> None:
    additions = Additions(facts_of(saved(Document())))
    runs = rich.InlineImage(png(), anchor="https://example.org/?a=1&b=2").runs(additions.open(MAIN))
    rels = etree.fromstring(additions.changed()["word/_rels/document.xml.rels"])
    (link,) = [
        element.get("Id") for element in rels if element.get("Target") == "https://example.org/?a=1&b=2"
    ]
    assert runs.count(f'<a:hlinkClick r:id="{link}"/>') == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"<svg/>", b"\x89PNG\r\n\x1a\n", png()[:20], b"\xff\xd8\xff", b"%PDF-1.4", png(width=0)],
    ids=str,
)
def test_a_file_that_is_no_picture_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="no picture"):
        rich.InlineImage(content)
    file = tmp_path / "p.png"
    file.write_bytes(content)
    with pytest.raises(TemplateError, match=r"p\.png: .*no picture"):
        rich.InlineImage(str(file))


@pytest.mark.parametrize(
    "arguments",
    [{"width": 0}, {"height": -1}, {"width": 2.5}, {"width": "3"}, {"height": 10**15}, {"anchor": "file:///x"}],
    ids=str,
)  # fmt: skip
def test_sizes_and_addresses_that_no_picture_can_have_are_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(TemplateError):
        rich.InlineImage(png(), **arguments)


def test_a_picture_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"没有\.png: the file cannot be read: it is not there"):
        rich.InlineImage(tmp_path / "没有.png")


def test_a_picture_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from docsmith.template.rich import image

    monkeypatch.setattr(image, "MAX_PICTURE", 20)
    with pytest.raises(TemplateError, match="larger"):
        rich.InlineImage(png())


def test_a_name_that_lies_about_the_kind_does_not_count(tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(png())
    additions = Additions(facts_of(saved(Document())))
    rich.InlineImage(file).runs(additions.open(MAIN))
    assert "word/media/image1.png" in additions.changed()


def test_the_additions_make_a_package_that_opens() -> None:
    data = saved(Document())
    additions = Additions(facts_of(data))
    runs = rich.InlineImage(png()).runs(additions.open(MAIN))
    parts = {**parts_of(data), **additions.changed()}
    parts[MAIN] = parts[MAIN].replace(b"<w:body>", f"<w:body><w:p>{runs}</w:p>".encode())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    (shape,) = Document(stream).inline_shapes
    assert (shape.width, shape.height) == (
        Document().part.new_pic_inline(io.BytesIO(png())).extent.cx,
        shape.height,
    )
