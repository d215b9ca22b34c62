"""A document within another one: what docxtpl and docxcompose make of it, without what they get wrong."""

from __future__ import annotations

import difflib
import io
from pathlib import Path
from typing import Any

import docxtpl
import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from lxml import etree

from docsmith.errors import TemplateError
from docsmith.template import Template, rich
from docsmith.template.package.additions import Additions
from docsmith.template.package.oxml import W14, W, w
from tests.template.builders import check_structure, docx, repacked, saved, with_body_xml
from tests.template.builders import part as part_of
from tests.template.docxtpl_compare import content_type, parts_of
from tests.template.test_rich_images import MAIN, facts_of, png

NSID = w("nsid")


def merged(master: bytes, *subs: rich.Subdoc, name: str = MAIN) -> tuple[list[str], dict[str, bytes]]:
    """Return the blocks of each sub-document, and the parts of the master after they were added."""
    additions = Additions(facts_of(master, MAIN, *([name] if name != MAIN else [])))
    blocks = [sub.blocks(additions.open(name)) for sub in subs]
    return blocks, {**parts_of(master), **additions.changed()}


def by_docxtpl(master: bytes, sub: bytes) -> tuple[str, dict[str, bytes]]:
    template = docxtpl.DocxTemplate(io.BytesIO(master))
    blocks = str(template.new_subdoc(io.BytesIO(sub)))
    return blocks, parts_of(saved(template.docx))


def elements(xml: str | bytes) -> list[str]:
    if isinstance(xml, str):
        xml = f'<x xmlns:w="{W}">{xml}</x>'
    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True, recover=True))
    for nsid in root.iter(NSID):  # docxcompose throws dice for it
        nsid.attrib.clear()
    return [f"{element.tag} {sorted(element.items())} {element.text or ''}" for element in root.iter("*")]


def assert_same(first: str | bytes, second: str | bytes) -> None:
    assert not list(difflib.unified_diff(elements(first), elements(second), lineterm="", n=1))


def with_lists() -> Any:
    document = Document()
    document.add_heading("标题", 1)
    for text in ("一", "二"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("点", style="List Bullet")
    document.add_paragraph("完", style="Quote")
    return document


def values(xml: bytes | str, tag: str) -> list[str | None]:
    root = etree.fromstring(xml if isinstance(xml, bytes) else f'<x xmlns:w="{W}">{xml}</x>')
    return [element.get(w("val")) for element in root.iter(w(tag))]


def test_text_styles_and_lists_are_those_that_docxtpl_makes() -> None:
    master, sub = saved(Document()), saved(with_lists())
    (blocks,), parts = merged(master, rich.Subdoc(sub))
    wanted, theirs = by_docxtpl(master, sub)
    assert_same(blocks, wanted)
    for name in ("word/numbering.xml", "word/styles.xml"):
        assert_same(parts[name], theirs[name])


def test_a_master_without_lists_gets_a_numbering_part() -> None:
    whole = saved(Document())
    rels = part_of(whole, "word/_rels/document.xml.rels")
    types = part_of(whole, "[Content_Types].xml")
    bare = repacked(whole, {
        "word/numbering.xml": None,
        "word/_rels/document.xml.rels": _without(rels, "Target", "numbering.xml"),
        "[Content_Types].xml": _without(types, "PartName", "/word/numbering.xml"),
    })  # fmt: skip
    _blocks, parts = merged(bare, rich.Subdoc(saved(with_lists())))
    assert content_type(parts, "word/numbering.xml").endswith("numbering+xml")
    assert b'Target="numbering.xml"' in parts["word/_rels/document.xml.rels"]


def _without(data: bytes, attribute: str, value: str) -> bytes:
    root = etree.fromstring(data)
    for element in list(root):
        if element.get(attribute) == value:
            root.remove(element)
    return etree.tostring(root)


def test_two_lists_in_one_table_stay_two_lists() -> None:
    document = Document()
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    numbers = [str(number) for number in (1, 2)]
    for cell, number in zip(cells, numbers):
        cell.paragraphs[0].text = "项"
        properties = cell.paragraphs[0]._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = int(number)
    (blocks,), parts = merged(saved(Document()), rich.Subdoc(saved(document)))
    used = values(blocks, "numId")
    assert len(set(used)) == 2
    assert len(set(values(by_docxtpl(saved(Document()), saved(document))[0], "numId"))) == 1
    defined = {e.get(w("numId")) for e in etree.fromstring(parts["word/numbering.xml"]).iter(w("num"))}
    assert set(used) <= defined


def test_lists_of_two_documents_count_apart() -> None:
    sub = saved(with_lists())
    (first, second), parts = merged(saved(Document()), rich.Subdoc(sub), rich.Subdoc(sub))
    assert not set(values(first, "numId")) & set(values(second, "numId"))
    root = etree.fromstring(parts["word/numbering.xml"])
    numbers = [element.get(w("numId")) for element in root.iter(w("num"))]
    assert len(numbers) == len(set(numbers))
    assert [child.tag for child in root] == sorted(
        (child.tag for child in root), key=[w("abstractNum"), w("num")].index
    )


def test_a_document_that_is_printed_twice_is_taken_in_once() -> None:
    document = with_lists()
    document.add_picture(io.BytesIO(png()))
    sub = rich.Subdoc(saved(document))
    (first, second), parts = merged(saved(Document()), sub, sub)
    assert first == second
    assert len([name for name in parts if "media/" in name]) == 1


def test_the_same_documents_give_the_same_bytes() -> None:
    sub = saved(with_lists())
    assert merged(saved(Document()), rich.Subdoc(sub)) == merged(saved(Document()), rich.Subdoc(sub))


def test_a_style_is_the_masters_if_it_has_one_of_that_name() -> None:
    sub = Document()
    style = sub.styles.add_style("强调段", WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(w("styleId"), "a77")
    sub.add_paragraph("甲", style=style)
    master = Document()
    master.styles.add_style("强调段", WD_STYLE_TYPE.PARAGRAPH).element.set(w("styleId"), "b88")
    (blocks,), parts = merged(saved(master), rich.Subdoc(saved(sub)))
    assert values(blocks, "pStyle") == ["b88"]
    assert b"a77" not in parts["word/styles.xml"]


def test_a_new_style_comes_with_the_styles_that_it_is_based_on() -> None:
    sub = Document()
    base = sub.styles.add_style("基", WD_STYLE_TYPE.PARAGRAPH)
    style = sub.styles.add_style("派生", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = base
    sub.add_paragraph("甲", style=style)
    _blocks, parts = merged(saved(Document()), rich.Subdoc(saved(sub)))
    styles = Document(io.BytesIO(repacked(saved(Document()), dict(parts)))).styles
    assert styles["派生"].base_style.name == "基"
    _blocks, theirs = by_docxtpl(saved(Document()), saved(sub))
    assert 'w:name w:val="基"' not in theirs["word/styles.xml"].decode()


def test_namespaces_that_the_master_does_not_know_stay_out() -> None:
    run = '<w:r><w:rPr><w14:glow w14:rad="1"/></w:rPr><w:t>甲</w:t></w:r>'
    sub = rich.Subdoc(with_body_xml(saved(Document()), f'<w:p w14:paraId="0A0A0A0A">{run}</w:p>'))
    master = saved(Document())
    assert "paraId" in merged(master, sub)[0][0]
    unaware = part_of(master).replace(b'mc:Ignorable="w14 wp14"', b"")
    (blocks,), _parts = merged(repacked(master, {MAIN: unaware}), sub)
    root = etree.fromstring(f'<x xmlns:w="{W}">{blocks}</x>')
    assert "".join(root.itertext()) == "甲"
    assert not list(root.iter(f"{{{W14}}}*"))
    assert not [name for element in root.iter("*") for name in element.attrib if W14 in str(name)]


def test_a_python_docx_document_is_a_sub_document() -> None:
    document = Document()
    document.add_paragraph("甲 {{ x }} & <乙>")
    (blocks,), _parts = merged(saved(Document()), rich.Subdoc(document))
    assert "".join(etree.fromstring(f'<x xmlns:w="{W}">{blocks}</x>').itertext()) == "甲 {{ x }} & <乙>"
    assert "sectPr" not in blocks


def test_links_and_pictures_belong_to_the_part_that_they_stand_in() -> None:
    master = Document()
    master.sections[0].header.paragraphs[0].text = "头"
    document = Document()
    document.add_picture(io.BytesIO(png()))
    link = document.part.relate_to(
        "https://example.org/?a=1&b=2", f"{docxtpl.template.REL_TYPE.HYPERLINK}", True
    )
    paragraph = document.add_paragraph()._p
    paragraph.append(etree.fromstring(
        f'<w:hyperlink xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        f' r:id="{link}"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'
    ))  # fmt: skip
    (blocks,), parts = merged(saved(master), rich.Subdoc(document), name="word/header1.xml")
    rels = etree.fromstring(parts["word/_rels/header1.xml.rels"])
    assert [(e.get("Id"), e.get("Target")) for e in rels] == [
        ("rId1", "media/image1.png"), ("rId2", "https://example.org/?a=1&b=2"),
    ]  # fmt: skip
    assert 'r:embed="rId1"' in blocks
    assert 'r:id="rId2"' in blocks


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ('<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>', "footnotes"),
        ('<w:p><w:r><w:commentReference w:id="1"/></w:r></w:p>', "comments"),
        ('<w:p><w:fldSimple w:instr="DDEAUTO c:\\x"/></w:p>', "DDEAUTO"),
        (
            '<w:p><w:r><w:t xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
            ' r:id="rId99"/></w:r></w:p>',
            "with t cannot stand",
        ),
    ],
)
def test_a_document_that_cannot_stand_in_another_is_refused(inside: str, message: str) -> None:
    with pytest.raises(TemplateError, match=message):
        rich.Subdoc(with_body_xml(saved(Document()), inside))


@pytest.mark.parametrize("data", [b"", b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"], ids=str)
def test_a_file_that_is_no_document_is_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "附件.docx"
    file.write_bytes(data)
    with pytest.raises(TemplateError, match=r"附件\.docx"):
        rich.Subdoc(file)


def test_ids_of_a_document_that_is_printed_twice_do_not_repeat() -> None:
    marked = with_body_xml(
        docx("内"), '<w:p><w:bookmarkStart w:id="0" w:name="here"/><w:bookmarkEnd w:id="0"/></w:p>'
    )
    made = Template.open(docx("{{p sub }}", "{{p sub }}")).render({"sub": rich.Subdoc(marked)})
    check_structure(made)
    root = etree.fromstring(part_of(made))
    assert [mark.get(w("name")) for mark in root.iter(w("bookmarkStart"))] == ["here", "here_2"]
