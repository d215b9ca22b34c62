"""Formatted text: the XML that docxtpl writes for the same arguments; what is no argument is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docxtpl
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docsmith.errors import TemplateError
from docsmith.template import rich
from docsmith.template.package.additions import Additions, OpenPart
from docsmith.template.package.facts import OFFICE, Link, PackageFacts
from docsmith.template.package.oxml import W, w

MAIN = "word/document.xml"
PARAGRAPH = '<w:pPr><w:jc w:val="center"/></w:pPr>'
ARGUMENTS: list[dict[str, Any]] = [
    {}, {"style": "Strong"}, {"color": "FF0000"}, {"color": "#ff0000"}, {"color": "auto"},
    {"highlight": "#FFFF00"}, {"size": 24}, {"size": "24"}, {"subscript": True}, {"superscript": True},
    {"bold": True}, {"italic": True}, {"bold": True, "italic": True, "rtl": True}, {"underline": True},
    {"underline": "dotDotDash"}, {"strike": True}, {"font": "Arial"}, {"font": "eastAsia:微软雅黑"},
    {"lang": "zh-CN"}, {"url_id": "rId7"},
    {"style": "Strong", "color": "00FF00", "size": 10, "bold": True, "underline": "wave", "font": "宋体"},
]  # fmt: skip
BAD: list[dict[str, Any]] = [
    {"style": "a\x01"}, {"style": "x" * 300}, {"color": "red"}, {"color": 'FF0000"/>'},
    {"highlight": "12345"},
    {"size": 0.5}, {"size": -2}, {"size": "24pt"}, {"size": 10_000}, {"underline": "zigzag"},
    {"font": "a\ud800"}, {"font": "middle:Arial"}, {"lang": 'x"'}, {"subscript": True, "superscript": True},
    {"link": "javascript:alert(1)"}, {"link": "file:///etc/passwd"}, {"link": "https://a b"},
    {"link": "https://example.org", "url_id": "rId7"},
]  # fmt: skip


def part_of_nothing(*links: tuple[str, str, str, bool]) -> OpenPart:
    """Return a part of a package in which there is nothing but these relationships."""
    facts = PackageFacts(
        MAIN, frozenset({MAIN}), {MAIN: tuple(Link(*link) for link in links)}, {MAIN: 1}, (), b"", {}, {}
    )
    return Additions(facts).open(MAIN)


def elements(xml: str) -> list[str]:
    """Return XML as a list of its elements; the properties of a run in one order."""
    root = etree.fromstring(f'<x xmlns:w="{W}" xmlns:r="{OFFICE}">{xml}</x>')
    for properties in root.iter(w("rPr")):
        properties[:] = sorted(properties, key=lambda element: str(element.tag))
    for shade in root.iter(w("shd")):
        shade.set(w("val"), "clear")
    return [f"{element.tag} {sorted(element.items())} {element.text or ''}" for element in root.iter("*")]


def of_docxtpl(xml: str) -> list[str]:
    """Return docxtpl's XML after what docxtpl does to the text of a finished paragraph."""
    resolve = docxtpl.DocxTemplate("").resolve_listing
    return elements(resolve(f"<w:p>{PARAGRAPH}{xml}</w:p>"))


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=str)
@pytest.mark.parametrize("text", ["甲", " 甲 & <乙> ", "一\n二\t三", ""])
def test_runs_are_those_of_docxtpl(arguments: dict[str, Any], text: str) -> None:
    ours, theirs = rich.RichText("起", bold=True), docxtpl.RichText("起", bold=True)
    ours.add(text, **arguments)
    theirs.add(text, **arguments)
    part = part_of_nothing(("rId7", f"{OFFICE}/hyperlink", "https://example.org", True))
    runs = ours.runs(part, PARAGRAPH)
    assert elements(f"<w:p>{PARAGRAPH}{runs}</w:p>") == of_docxtpl(theirs.xml)


@pytest.mark.parametrize("text", ["一\a二", "一\f二", "\f", "一\n\a\t二\f三\a"])
def test_paragraphs_and_pages_end_where_docxtpl_ends_them(text: str) -> None:
    runs = rich.RichText(text, bold=True).runs(part_of_nothing(), PARAGRAPH)
    assert elements(f"<w:p>{PARAGRAPH}{runs}</w:p>") == of_docxtpl(docxtpl.RichText(text, bold=True).xml)


def test_paragraphs_are_those_of_docxtpl() -> None:
    ours = rich.RichTextParagraph("一", parastyle="Title")
    theirs = docxtpl.RichTextParagraph("一", parastyle="Title")
    ours.add(rich.RichText("二", bold=True))
    theirs.add(docxtpl.RichText("二", bold=True))
    assert elements(ours.blocks(part_of_nothing())) == elements(theirs.xml)


def test_a_listing_continues_the_run_that_it_stands_in() -> None:
    form = "<w:rPr><w:b/></w:rPr>"
    text = "一 & <二>\n\t三\a四\f五"
    before, after = f"<w:p>{PARAGRAPH}<w:r>{form}<w:t>", "</w:t></w:r></w:p>"
    theirs = docxtpl.DocxTemplate("").resolve_listing(f"{before}{docxtpl.Listing(text).xml}{after}")
    assert elements(before + rich.Listing(text).inside(form, PARAGRAPH) + after) == elements(theirs)


def test_properties_of_a_run_are_in_the_order_of_the_schema() -> None:
    every = {
        "style": "a", "color": "FF0000", "highlight": "FF0000", "size": 2, "superscript": True, "bold": True,
        "italic": True, "underline": True, "strike": True, "font": "宋体", "rtl": True, "lang": "zh",
    }  # fmt: skip
    root = etree.fromstring(f'<x xmlns:w="{W}">{rich.RichText("甲", **every).runs(part_of_nothing())}</x>')
    found = [etree.QName(element).localname for element in root.find(f"{w('r')}/{w('rPr')}")]  # type: ignore[union-attr]
    assert found == [
        "rStyle",
        "rFonts",
        "b",
        "bCs",
        "i",
        "iCs",
        "strike",
        "color",
        "sz",
        "szCs",
        "u",
        "shd",
        "vertAlign",
        "rtl",
        "lang",
    ]


@pytest.mark.parametrize("arguments", BAD, ids=str)
def test_arguments_that_no_document_can_have_are_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(TemplateError):
        rich.RichText("甲", **arguments)


@pytest.mark.parametrize("name", ['"/><t>', "a<b", "a&b", "甲"])
def test_names_of_styles_and_fonts_are_escaped(name: str) -> None:
    made = rich.RichText("甲", style=name, font=name).runs(part_of_nothing())
    root = etree.fromstring(f'<x xmlns:w="{W}">{made}</x>')
    assert [element.get(w("val")) for element in root.iter(w("rStyle"))] == [name]
    assert [element.get(w("cs")) for element in root.iter(w("rFonts"))] == [name]
    paragraph = etree.fromstring(
        f'<x xmlns:w="{W}">{rich.RichTextParagraph("甲", parastyle=name).blocks(part_of_nothing())}</x>'
    )
    assert [element.get(w("val")) for element in paragraph.iter(w("pStyle"))] == [name]


@pytest.mark.parametrize("value", ["a\x00", "a\x0b", "\ud800", None, [], {"a": 1}, b"x", "甲" * 1_000_001])
@pytest.mark.parametrize("kind", [rich.Listing, lambda value: rich.RichText().add(value)])
def test_values_that_are_no_text_are_refused(kind: Any, value: object) -> None:
    with pytest.raises(TemplateError):
        kind(value)


def test_numbers_and_dates_print_as_plain_values_do() -> None:
    made = rich.RichText(3)
    made.add(True)
    assert (
        "".join(etree.fromstring(f'<x xmlns:w="{W}">{made.runs(part_of_nothing())}</x>').itertext()) == "3是"
    )


PIECES = [
    "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:rPr>", "</w:rPr>", "<w:b/>", "<w:p/>", "甲",
    "<w:r><w:t>甲</w:t></w:r>", "<!--", "<![CDATA[", "]]>", "&amp;", "\a",
]  # fmt: skip
MARKUP = st.text(st.sampled_from("\"'<>&/=:; wtr#\x00\x0b\ud800甲0Aa")) | st.text()
NAMES = ["style", "color", "highlight", "size", "font", "lang"]


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, MARKUP)), MARKUP)
@settings(max_examples=500, deadline=None)
def test_no_argument_becomes_markup(arguments: dict[str, str], text: str) -> None:
    made = rich.RichText()
    try:
        made.add(text, **arguments)  # type: ignore[arg-type]
    except TemplateError:
        return
    root = etree.fromstring(f'<x xmlns:w="{W}"><w:p>{made.runs(part_of_nothing())}</w:p></x>')
    known = {"p", "r", "rPr", "t", "br", "tab", "rStyle", "color", "shd", "sz", "szCs", "rFonts", "lang"}
    assert {etree.QName(element).localname for element in root.iter(f"{{{W}}}*")} <= known


@given(st.lists(st.sampled_from(PIECES)).map("".join) | MARKUP)
@settings(max_examples=300, deadline=None)
def test_no_xml_of_docxtpl_makes_other_xml_than_ours(xml: str) -> None:
    value = docxtpl.RichText()
    value.xml = xml
    try:
        made = rich.adopt(value)
    except TemplateError:
        return
    assert isinstance(made, rich.RichText)
    root = etree.fromstring(f'<x xmlns:w="{W}"><w:p>{made.runs(part_of_nothing())}</w:p></x>')
    known = {"p", "r", "rPr", "b", "t", "br"}
    assert {etree.QName(element).localname for element in root.iter(f"{{{W}}}*")} <= known


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=["\ufffe", "\uffff"])))
@settings(max_examples=200, deadline=None)
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    made = rich.RichText()
    made.add(text)
    root = etree.fromstring(f'<x xmlns:w="{W}">{made.runs(part_of_nothing())}</x>')
    assert "".join(root.itertext()) == text


def test_a_link_is_a_relationship_of_the_part_and_made_once() -> None:
    part = part_of_nothing(("rId1", f"{OFFICE}/styles", "styles.xml", False))
    made = rich.RichText("一", link="https://example.org/?a=1&b=2")
    made.add("二", link="https://example.org/?a=1&b=2")
    made.add("三", link="mailto:a@example.org")
    runs = made.runs(part)
    assert runs.count('r:id="rId2"') == 2
    assert runs.count('r:id="rId3"') == 1
    (written,) = part.additions.changed().values()
    assert [element.get("Target") for element in etree.fromstring(written)] == [
        "styles.xml", "https://example.org/?a=1&b=2", "mailto:a@example.org",
    ]  # fmt: skip
    modes = [element.get("TargetMode") for element in etree.fromstring(written)]
    assert modes == [None, "External", "External"]


@pytest.mark.parametrize("address", ["http://例子.中国/", "HTTPS://example.org", "mailto:a@b.cn", "#书签"])
def test_links_lead_to_pages_mailboxes_and_bookmarks(address: str) -> None:
    part = part_of_nothing()
    rich.RichText("一", link=address).runs(part)
    (written,) = part.additions.changed().values()
    assert [element.get("Target") for element in etree.fromstring(written)] == [address]


def test_the_id_of_a_link_has_to_be_one_of_the_template() -> None:
    part = part_of_nothing(("rId1", f"{OFFICE}/styles", "styles.xml", False))
    for identity in ("rId1", "rId2", '"/>'):
        with pytest.raises(TemplateError, match="no hyperlink"):
            rich.RichText("一", url_id=identity).runs(part)


def test_a_link_stays_in_its_paragraph() -> None:
    with pytest.raises(TemplateError, match="paragraph"):
        rich.RichText("一\a二", link="https://example.org")


def test_text_of_another_formatted_text_is_copied() -> None:
    inner = rich.RichText("一")
    outer = rich.RichText(inner)
    inner.add("二")
    assert outer.runs(part_of_nothing()).count("<w:r>") == 1


@pytest.mark.parametrize(
    "value",
    [rich.RichText("甲"), rich.RichTextParagraph("甲"), rich.Listing("甲")],
    ids=lambda v: type(v).__name__,
)
def test_filters_do_not_see_the_text_of_a_formatted_value(value: object) -> None:
    with pytest.raises(TypeError, match="printed as it is"):
        str(value)
    assert not hasattr(value, "__html__")


def test_docxtpl_values_become_ours() -> None:
    theirs = docxtpl.RichText("一 & <二>\n\a\f三")
    for arguments in ARGUMENTS:
        theirs.add("甲", **arguments)
    ours = rich.adopt(theirs)
    assert isinstance(ours, rich.RichText)
    part = part_of_nothing(("rId7", f"{OFFICE}/hyperlink", "https://example.org", True))
    assert elements(f"<w:p>{PARAGRAPH}{ours.runs(part, PARAGRAPH)}</w:p>") == of_docxtpl(theirs.xml)
    listing = rich.adopt(docxtpl.Listing("一 & &amp; <二> \"'\a\f"))
    assert isinstance(listing, rich.Listing)
    assert listing.text == "一 & &amp; <二> \"'\a\f"


def test_docxtpl_paragraphs_become_ours() -> None:
    theirs = docxtpl.RichTextParagraph("一", parastyle="Title")
    theirs.add(docxtpl.RichText("二", color="00ff00"))
    ours = rich.adopt(theirs)
    assert isinstance(ours, rich.RichTextParagraph)
    assert elements(ours.blocks(part_of_nothing())) == elements(theirs.xml)


@pytest.mark.parametrize(
    "arguments",
    [
        {"style": '"/></w:rPr><w:instrText>DDEAUTO c:\\\\x</w:instrText><w:rPr><w:rStyle w:val="'},
        {"color": 'x"/><w:vanish w:val="1'}, {"color": "red"}, {"font": '" w:hint="'}, {"lang": "&x;"},
        {"url_id": '1"><w:fldSimple w:instr="DDEAUTO"/></w:hyperlink><w:hyperlink r:id="2'},
        {"size": "2'"},
    ],
)  # fmt: skip
def test_docxtpl_values_that_hold_other_markup_are_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(TemplateError):
        rich.adopt(docxtpl.RichText("甲", **arguments))


@pytest.mark.parametrize(
    "xml",
    ["<w:p/>", "<w:r>", "<w:r><w:t>a</w:t><w:t>b</w:t></w:r>", "<!--x-->", "<w:r><w:drawing/></w:r>", "甲"],
)
def test_docxtpl_values_with_other_xml_are_refused(xml: str) -> None:
    value = docxtpl.RichText()
    value.xml = xml
    with pytest.raises(TemplateError):
        rich.adopt(value)


def test_a_sub_document_of_docxtpl_says_what_to_give_instead(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    Document().save(str(file))
    with pytest.raises(TemplateError, match=r"docsmith\.Subdoc"):
        rich.adopt(docxtpl.DocxTemplate(file).new_subdoc(file))


@pytest.mark.parametrize("value", ["甲", 3, None, [], object()])
def test_other_values_are_left_alone(value: object) -> None:
    assert rich.adopt(value) is None
