"""Document properties: written as XML, those of the template filled where they have tags, else left out."""

from __future__ import annotations

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from docsmith.errors import TemplateError
from docsmith.template import Properties, render_text
from docsmith.template.package.admission import admit
from docsmith.template.package.old_properties import property_patterns, property_place
from docsmith.template.package.properties import CORE, DUBLIN_CORE, ELEMENTS, core_properties
from docsmith.template.package.reading import read_package
from tests.beside import SHARED
from tests.template.builders import part, repacked, saved

TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", exclude_categories=("Cc", "Cs"))
    | st.sampled_from("\t\n\r&<>\"']]>")
)


# As python-docx calls them; docxcompose, once it is loaded, makes python-docx write some of them wrongly.
_NAMES = {"author": "dc:creator", "comments": "dc:description", "last_modified_by": "cp:lastModifiedBy"}
_OFFICE_NAMES = ("keywords", "category")


def template(**properties: str) -> bytes:
    """Return a template that has these core properties."""
    root = etree.Element(f"{{{CORE}}}coreProperties", nsmap={"cp": CORE, "dc": DUBLIN_CORE})
    for name, text in properties.items():
        known = _NAMES.get(name, f"{'cp' if name in _OFFICE_NAMES else 'dc'}:{name}")
        prefix, local = known.split(":")
        etree.SubElement(root, f"{{{CORE if prefix == 'cp' else DUBLIN_CORE}}}{local}").text = text
    return repacked(saved(Document()), {"docProps/core.xml": etree.tostring(root)})


def patterns(data: bytes) -> dict[str, str]:
    return property_patterns(admit(read_package(data, "t.docx"), "t.docx"))


def filled(data: bytes, context: dict[str, object], properties: Properties | None = None) -> dict[str, str]:
    """Return the core properties of a document from a template, by element."""
    rendered = {
        name: render_text(pattern, context, property_place(name)) for name, pattern in patterns(data).items()
    }
    root = etree.fromstring(core_properties(properties or Properties(), rendered))
    prefixes = {f"{{{CORE}}}": "cp:", f"{{{DUBLIN_CORE}}}": "dc:"}
    texts = {}
    for element in root:
        tag = str(element.tag)
        for namespace, prefix in prefixes.items():
            tag = tag.replace(namespace, prefix)
        texts[tag] = element.text or ""
    return texts


def by_lxml(texts: dict[str, str]) -> bytes:
    """Return the same part as lxml writes it, canonically."""
    namespaces = {"cp": CORE, "dc": DUBLIN_CORE}
    root = etree.Element(f"{{{CORE}}}coreProperties", nsmap=namespaces)
    for name in ELEMENTS:
        if text := texts.get(name):
            prefix, local = name.split(":")
            etree.SubElement(root, f"{{{namespaces[prefix]}}}{local}").text = text
    return etree.tostring(root, method="c14n")


@given(st.dictionaries(st.sampled_from(ELEMENTS), TEXT), TEXT, TEXT)
def test_the_part_is_what_lxml_would_write(rendered: dict[str, str], title: str, version: str) -> None:
    written = core_properties(Properties(title=title, version=version), rendered)
    given_ones = {name: text for name, text in (("dc:title", title), ("cp:version", version)) if text}
    assert etree.tostring(etree.fromstring(written), method="c14n") == by_lxml(rendered | given_ones)


def test_every_property_of_a_document_has_its_element() -> None:
    written = core_properties(Properties("标题", "主题", "单位 & 支部", "self-check", "1.0"))
    assert etree.tostring(etree.fromstring(written), method="c14n") == by_lxml(
        {
            "dc:title": "标题",
            "dc:subject": "主题",
            "dc:creator": "单位 & 支部",
            "cp:category": "self-check",
            "cp:version": "1.0",
        }
    )


@pytest.mark.parametrize("character", ["\x0b", "\ud800", "\uffff"])
def test_what_xml_cannot_hold_is_refused(character: str) -> None:
    with pytest.raises(TemplateError, match=rf"U\+{ord(character):04X}"):
        core_properties(Properties(title=f"甲{character}乙"))
    with pytest.raises(TemplateError, match="document properties"):
        core_properties(Properties(), {"dc:description": character})


def test_properties_with_tags_are_filled_and_the_others_left_out() -> None:
    data = template(
        title="{{ name }}自查表",
        author="A. Nonymous",
        subject="plain",
        keywords="{% for k in words %}{{ k }} {% endfor %}",
        comments="{{ note }}",
        category="{{ kind }}",
        identifier="{{ n }}",
        language="{{ language }}",
        last_modified_by="{{ name }}",
    )
    context = {
        "name": "第一支部",
        "words": ["党建", "自查"],
        "note": "A & <B>",
        "kind": "x",
        "n": 7,
        "language": "zh-CN",
    }
    assert filled(data, context) == {
        "dc:title": "第一支部自查表",
        "cp:keywords": "党建 自查 ",
        "dc:description": "A & <B>",
        "cp:category": "x",
        "dc:identifier": "7",
        "dc:language": "zh-CN",
    }


def test_markup_in_the_data_is_escaped_once() -> None:
    data = template(title="{{ name }}")
    rendered = {name: render_text(text, {"name": "R&D"}, name) for name, text in patterns(data).items()}
    assert b"<dc:title>R&amp;D</dc:title>" in core_properties(Properties(), rendered)


def test_what_the_caller_says_goes_before_the_template() -> None:
    data = template(title="{{ name }}", subject="{{ name }}")
    assert filled(data, {"name": "甲"}, Properties(title="乙")) == {"dc:title": "乙", "dc:subject": "甲"}


def test_a_property_that_is_empty_after_filling_is_left_out() -> None:
    assert filled(template(title="{{ name }}"), {"name": ""}) == {}


def test_a_template_without_tags_or_core_properties_gives_no_patterns() -> None:
    data = template(title="Word Document", author="somebody")
    assert patterns(data) == {}
    xml = admit(read_package(data, "t.docx"), "t.docx")
    del xml["docProps/core.xml"]
    assert property_patterns(xml) == {}


@pytest.mark.parametrize(
    ("pattern", "mistake"),
    [("{{ nome }}", "no field called nome"), ("{{ name", "document properties, title")],
)
def test_a_mistake_is_reported_with_the_property_that_has_it(pattern: str, mistake: str) -> None:
    with pytest.raises(TemplateError, match=mistake) as raised:
        filled(template(title=pattern), {"name": "甲"})
    assert str(raised.value).startswith("document properties, title: ")


def test_every_property_has_a_name_for_messages() -> None:
    assert len({property_place(name) for name in ELEMENTS}) == len(ELEMENTS)


def test_the_template_of_docxtpl_is_filled() -> None:
    file = SHARED / "corpus" / "docxtpl" / "doc_properties_tpl.docx"
    if not file.is_file():
        pytest.skip("docxtpl's templates do not lie beside this checkout")
    assert patterns(file.read_bytes()) == {"dc:title": "{{ test }}"}
    assert filled(file.read_bytes(), {"test": "HelloWorld"}) == {"dc:title": "HelloWorld"}
    assert b"fr-FR" in part(file.read_bytes(), "docProps/core.xml")
