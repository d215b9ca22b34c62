"""Where docsmith differs from docxtpl on purpose: each test shows what either of them does.

``docs/differences.md`` lists them, with the names of these tests.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

import docxtpl
import pytest
from docx import Document
from jinja2 import TemplateSyntaxError
from lxml import etree

from docsmith import Template
from docsmith.errors import TemplateError
from docsmith.template.rich import InlineImage, Listing, RichText
from tests.template.builders import WP, W, docx, part, repacked, rows, saved, texts, with_body_xml
from tests.template.docxtpl_compare import parts_of
from tests.template.test_rich_images import png

ROOT = Path(__file__).parents[2]
HEADER = "word/header1.xml"


def by_docxtpl(data: bytes, context: Mapping[str, Any], *, autoescape: bool = True) -> bytes:
    template = docxtpl.DocxTemplate(io.BytesIO(data))
    template.render(dict(context), autoescape=autoescape)
    return saved(template)


def by_docsmith(data: bytes, context: Mapping[str, Any]) -> bytes:
    return Template.open(data, "t.docx").render(context)


def both(data: bytes, context: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return the texts of all paragraphs, by docxtpl and by docsmith."""
    return texts(by_docxtpl(data, context)), texts(by_docsmith(data, context))


def attributes(data: bytes, path: str, name: str, of: str = "word/document.xml") -> list[str | None]:
    return [element.get(name) for element in etree.fromstring(part(data, of)).iterfind(f".//{path}")]


def loop(*xml: str) -> bytes:
    """Return a template that repeats these blocks for each x of xs."""
    tag = "<w:p><w:r><w:t>{{%p {} %}}</w:t></w:r></w:p>"
    return with_body_xml(docx("尾"), tag.format("for x in xs") + "".join(xml) + tag.format("endfor"))


# Values


def test_values_are_always_escaped() -> None:
    data = docx("前{{ x }}后")
    context = {"x": "A & B <重要> 完"}
    assert texts(by_docxtpl(data, context, autoescape=False)) == ["前A  B "]
    assert texts(by_docsmith(data, context)) == ["前A & B <重要> 完后"]


def test_a_name_that_is_not_there_is_an_error() -> None:
    data = docx("甲{{ misspelt }}乙")
    assert texts(by_docxtpl(data, {})) == ["甲乙"]
    with pytest.raises(TemplateError, match=r"paragraph 1.*misspelt"):
        by_docsmith(data, {})


@pytest.mark.parametrize(
    ("value", "theirs", "ours"),
    [
        (None, "None", "（待补充）"),
        (True, "True", "是"),
        (False, "False", "否"),
        (dt.date(2026, 3, 5), "2026-03-05", "2026年3月5日"),
        (dt.datetime(2026, 3, 5, 14, 30), "2026-03-05 14:30:00", "2026年3月5日 14:30"),
        (Decimal("1E+2"), "1E+2", "100"),
    ],
)
def test_values_print_as_offices_write_them(value: Any, theirs: str, ours: str) -> None:
    assert both(docx("{{ x }}"), {"x": value}) == ([theirs], [ours])


@pytest.mark.parametrize("value", [["甲"], {"甲": 1}])
def test_whole_lists_and_mappings_do_not_print(value: Any) -> None:
    data = docx("{{ x }}")
    assert texts(by_docxtpl(data, {"x": value})) == [str(value)]
    with pytest.raises(TemplateError, match="whole list"):
        by_docsmith(data, {"x": value})


def test_characters_that_no_document_can_hold_are_an_error() -> None:
    data = docx("{{ x }}")
    assert texts(by_docxtpl(data, {"x": "甲\x0b乙"})) == ["甲乙"]
    assert len(texts(by_docxtpl(data, {"x": "甲\a乙"}))) == 2
    for character in "\x0b\a\f":
        with pytest.raises(TemplateError, match=r"U\+000"):
            by_docsmith(data, {"x": f"甲{character}乙"})


def test_a_listing_begins_new_paragraphs_and_pages() -> None:
    data = docx("{{ x }}")
    made = texts(by_docsmith(data, {"x": Listing("甲\a乙\n丙\f丁")}))
    theirs = texts(by_docxtpl(data, {"x": docxtpl.Listing("甲\a乙\n丙\f丁")}))
    assert made == theirs == ["甲", "乙\n丙", "\n", "丁"]


def test_cr_lf_is_one_line_break() -> None:
    theirs, ours = both(docx("{{ x }}"), {"x": "一\r\n二\r三"})
    assert theirs == ["一\n\n二\n三"]
    assert ours == ["一\n二\n三"]


def test_braces_in_values_stay_as_typed() -> None:
    assert both(docx("{{ x }}"), {"x": "用 {_{ 和 %_}"}) == (["用 {{ 和 %}"], ["用 {_{ 和 %_}"])


def test_plain_values_print_in_run_and_paragraph_tags() -> None:
    theirs, ours = both(docx("甲{{r x }}乙", "{{p x }}"), {"x": "1 & 2"})
    assert "1 & 2" not in "".join(theirs)
    assert ours == ["甲1 & 2乙", "1 & 2"]


def test_formatted_text_prints_in_every_tag_that_stands_in_text() -> None:
    data = docx("甲{{ x }}乙", "{{p x }}")
    theirs = etree.fromstring(part(by_docxtpl(data, {"x": docxtpl.RichText("丙", bold=True)})))
    assert theirs.find(f".//{W}t/{W}r") is not None
    made = by_docsmith(data, {"x": RichText("丙", bold=True)})
    assert texts(made) == ["甲丙乙", "丙"]
    assert etree.fromstring(part(made)).find(f".//{W}t/{W}r") is None


@pytest.mark.parametrize("kind", ["r", ""])
def test_text_after_a_formatted_value_keeps_its_format(kind: str) -> None:
    document = Document()
    document.add_paragraph().add_run(f"甲{{{{{kind} x }}}}乙").bold = True
    value, theirs = InlineImage(png()), docxtpl.RichText("丙")
    made = {
        "docxtpl": by_docxtpl(
            saved(document), {"x": theirs if kind else _picture_of_docxtpl(saved(document))}
        ),
        "docsmith": by_docsmith(saved(document), {"x": RichText("丙") if kind else value}),
    }
    bold = {
        who: [run.bold for run in Document(io.BytesIO(data)).paragraphs[0].runs if run.text == "乙"]
        for who, data in made.items()
    }
    assert bold == {"docxtpl": [None], "docsmith": [True]}


def _picture_of_docxtpl(data: bytes) -> Any:
    """Return a value that prints as docxtpl's pictures do."""

    class Printed(docxtpl.RichText):  # type: ignore[misc]
        def __html__(self) -> str:
            return '</w:t></w:r><w:r><w:t>丙</w:t></w:r><w:r><w:t xml:space="preserve">'

    return Printed()


def test_keys_of_a_mapping_come_before_its_methods() -> None:
    theirs, ours = both(docx("{{ x.items }}"), {"x": {"items": "甲"}})
    assert "built-in method" in theirs[0]
    assert ours == ["甲"]


# Tags


@pytest.mark.parametrize("tag", ["{%p if x % 2 == 0 %}", "{%p if {1: {2: 3} }[1] %}"])
def test_percent_signs_and_braces_work_in_paragraph_tags(tag: str) -> None:
    data = docx(tag, "有", "{%p endif %}")
    with pytest.raises(TemplateSyntaxError):
        by_docxtpl(data, {"x": 2})
    assert texts(by_docsmith(data, {"x": 2})) == ["有"]


@pytest.mark.parametrize(
    ("block", "lost"),
    [("总计 {%p if x %}", "总计"), ([["说明", "{%tr if x %}"], ["甲", "乙"], ["{%tr endif %}", ""]], "说明")],
)
def test_text_beside_a_tag_that_takes_its_place_is_an_error(block: Any, lost: str) -> None:
    data = docx(block, "{%p endif %}") if isinstance(block, str) else docx(block)
    assert lost not in "".join(texts(by_docxtpl(data, {"x": 1})))
    with pytest.raises(TemplateError, match="beside"):
        by_docsmith(data, {"x": 1})


@pytest.mark.parametrize("text", ["｛｛ x ｝｝", "{％ if x ％}甲", "{{ x"])
def test_tags_that_are_mistyped_are_an_error(text: str) -> None:
    data = docx(text)
    if text != "{{ x":
        assert texts(by_docxtpl(data, {"x": 1})) == [text]
    with pytest.raises(TemplateError):
        Template.open(data, "t.docx")


def test_tags_in_deleted_text_are_an_error() -> None:
    deleted = '<w:p><w:del w:id="1" w:author="a"><w:r><w:delText>{{ x }}</w:delText></w:r></w:del></w:p>'
    data = with_body_xml(docx(), deleted)
    assert "甲" in part(by_docxtpl(data, {"x": "甲"})).decode()
    with pytest.raises(TemplateError, match="deleted"):
        Template.open(data, "t.docx")


@pytest.mark.parametrize(
    "expression", ["x|safe", "x|attr('upper')", "x|pprint", "lipsum()", "cycler(1)", "x.join"]
)
def test_what_leads_out_of_a_template_is_not_there(expression: str) -> None:
    data = docx(f"{{{{ {expression} }}}}")
    assert texts(by_docxtpl(data, {"x": "甲"}, autoescape=True))
    with pytest.raises(TemplateError):
        by_docsmith(data, {"x": "甲"})


@pytest.mark.parametrize("value", [len, str, object(), Path("x")], ids=lambda value: type(value).__name__)
def test_only_plain_and_formatted_values_enter(value: Any) -> None:
    with pytest.raises(TemplateError, match="cannot print"):
        by_docsmith(docx("{{ x }}"), {"x": value})


# Tables


def test_a_table_without_rows_goes() -> None:
    data = docx([["{%tr for x in xs %}"], ["{{ x }}"], ["{%tr endfor %}"]], "完")
    assert b"<w:tbl>" in part(by_docxtpl(data, {"xs": []}))
    assert b"<w:tbl>" not in part(by_docsmith(data, {"xs": []}))


def test_a_cell_without_paragraphs_gets_one() -> None:
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "{%p if x %}"
    cell.add_paragraph("甲")
    cell.add_paragraph("{%p endif %}")
    theirs = etree.fromstring(part(by_docxtpl(saved(document), {"x": 0})))
    assert theirs.find(f".//{W}tc/{W}p") is None
    assert rows(by_docsmith(saved(document), {"x": 0})) == [[""]]


def test_grid_and_cells_agree_after_a_loop_over_cells() -> None:
    data = docx([["头", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]])
    widths = {}
    for render in (by_docxtpl, by_docsmith):
        made = render(data, {"xs": [1, 2, 3, 4, 5, 6]})
        widths[render.__name__] = [attributes(made, path, f"{W}w") for path in (f"{W}gridCol", f"{W}tcW")]
    assert widths["by_docxtpl"][0] != widths["by_docxtpl"][1]
    assert widths["by_docsmith"][0] == widths["by_docsmith"][1]


def test_properties_of_a_cell_are_in_the_order_of_the_schema() -> None:
    data = docx([["{% cellbg x %}甲", "{% colspan 1 %}乙"]])
    found = {}
    for render in (by_docxtpl, by_docsmith):
        root = etree.fromstring(part(render(data, {"x": "FF0000"})))
        found[render.__name__] = [
            [etree.QName(child).localname for child in element] for element in root.iter(f"{W}tcPr")
        ]
    assert found["by_docxtpl"] == [["shd", "tcW"], ["gridSpan", "tcW"]]
    assert found["by_docsmith"] == [["tcW", "shd"], ["tcW", "gridSpan"]]


# Ids


@pytest.mark.parametrize("tag", ["cellbg", "colspan"])
def test_colours_and_spans_are_checked(tag: str) -> None:
    data = docx([[f"{{% {tag} a %}}x", "y"], ["1", "2"]])
    element, name, nothing = ("shd", "fill", "auto") if tag == "cellbg" else ("gridSpan", "val", "1")
    theirs = "红" if tag == "cellbg" else "-1"
    assert attributes(by_docxtpl(data, {"a": theirs}), f"{W}{element}", f"{W}{name}") == [theirs]
    for wrong in ("红", -1, 0.5, 10**9, '"/>'):
        with pytest.raises(TemplateError, match="body, table 1, row 1, cell 1"):
            by_docsmith(data, {"a": wrong})
    assert attributes(by_docsmith(data, {"a": None}), f"{W}{element}", f"{W}{name}") == [nothing]


def test_blanks_beside_joined_tags_are_kept() -> None:
    data = docx("My name is ", "{%- if x %} Eric{% endif %}")
    body = part(data).replace(b'<w:t xml:space="preserve">My', b"<w:t>My")
    data = repacked(data, {"word/document.xml": body})
    space = "{http://www.w3.org/XML/1998/namespace}space"
    assert attributes(by_docxtpl(data, {"x": 0}), f"{W}t", space) == [None]
    assert attributes(by_docsmith(data, {"x": 0}), f"{W}t", space) == ["preserve"]


def test_paragraph_ids_do_not_repeat_in_loops() -> None:
    data = loop('<w:p w14:paraId="0A0A0A0A" w14:textId="77777777"><w:r><w:t>{{ x }}</w:t></w:r></w:p>')
    name = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
    theirs = attributes(by_docxtpl(data, {"xs": [1, 2]}), f"{W}p", name)
    ours = [number for number in attributes(by_docsmith(data, {"xs": [1, 2]}), f"{W}p", name) if number]
    assert theirs.count("0A0A0A0A") == 2
    assert ours.count("0A0A0A0A") <= 1


def test_bookmarks_do_not_repeat_in_loops() -> None:
    data = loop(
        '<w:p><w:bookmarkStart w:id="3" w:name="here"/><w:r><w:t>{{ x }}</w:t></w:r>'
        '<w:bookmarkEnd w:id="3"/></w:p>'
    )
    theirs, ours = by_docxtpl(data, {"xs": [1, 2, 3]}), by_docsmith(data, {"xs": [1, 2, 3]})
    for name in ("id", "name"):
        assert len(set(attributes(theirs, f"{W}bookmarkStart", f"{W}{name}"))) == 1
        assert len(set(attributes(ours, f"{W}bookmarkStart", f"{W}{name}"))) == 3


def test_content_controls_do_not_repeat_their_ids_in_loops() -> None:
    data = loop(
        '<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p>'
        "</w:sdtContent></w:sdt>"
    )
    assert attributes(by_docxtpl(data, {"xs": [1, 2]}), f"{W}sdtPr/{W}id", f"{W}val") == ["7", "7"]
    ours = attributes(by_docsmith(data, {"xs": [1, 2]}), f"{W}sdtPr/{W}id", f"{W}val")
    assert len(ours) == len(set(ours))


def test_drawings_of_all_parts_have_different_ids() -> None:
    document = Document()
    document.add_picture(io.BytesIO(png()))
    document.sections[0].header.paragraphs[0].text = "{{ x }}"
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(png()))
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(png()))
    document.paragraphs[0].add_run("{{ x }}")
    data = saved(document)
    ours = by_docsmith(data, {"x": "甲"})
    ids = [
        number
        for name in ("word/document.xml", HEADER)
        for number in attributes(ours, f"{WP}docPr", "id", name)
    ]
    assert ids == ["1001", "1002", "1003"]
    theirs = by_docxtpl(data, {"x": "甲"})
    assert attributes(theirs, f"{WP}docPr", "id") == ["1001"]
    assert attributes(theirs, f"{WP}docPr", "id", HEADER) == ["1", "2"]


# Parts


def test_endnotes_are_filled_in() -> None:
    data = _with_endnotes("{{ x }} & 注")
    assert b"{{ x }}" in part(by_docxtpl(data, {"x": "甲"}), "word/endnotes.xml")
    assert "甲 &amp; 注" in part(by_docsmith(data, {"x": "甲"}), "word/endnotes.xml").decode()


def _with_endnotes(text: str) -> bytes:
    data = docx("体")
    note = (
        '<w:endnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:endnote w:id="1"><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:endnote></w:endnotes>'
    )
    rels = part(data, "word/_rels/document.xml.rels").decode().replace(
        "</Relationships>",
        '<Relationship Id="rId99" Target="endnotes.xml" Type="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships/endnotes"/></Relationships>',
    )  # fmt: skip
    types = part(data, "[Content_Types].xml").decode().replace(
        "</Types>",
        '<Override PartName="/word/endnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.endnotes+xml"/></Types>',
    )  # fmt: skip
    changes = {"word/endnotes.xml": note, "word/_rels/document.xml.rels": rels, "[Content_Types].xml": types}
    return repacked(data, {name: xml.encode() for name, xml in changes.items()})


def test_properties_without_tags_are_left_out_and_values_escaped_once() -> None:
    document = Document(io.BytesIO(docx("体 {{ x }}")))
    document.core_properties.author, document.core_properties.title = "张三", "{{ x }}"
    theirs = Document(io.BytesIO(by_docxtpl(saved(document), {"x": "A & B"}))).core_properties
    ours = Document(io.BytesIO(by_docsmith(saved(document), {"x": "A & B"}))).core_properties
    assert (theirs.author, theirs.title) == ("张三", "A &amp; B")
    assert (ours.author, ours.title) == ("", "A & B")


def test_a_link_in_a_header_belongs_to_the_header() -> None:
    data = docx("体", header="{{r x }}")
    theirs = docxtpl.DocxTemplate(io.BytesIO(data))
    value = docxtpl.RichText("链接", url_id=theirs.build_url_id("https://example.org"))
    theirs.render({"x": value})
    assert "word/_rels/header1.xml.rels" not in parts_of(saved(theirs))
    ours = by_docsmith(data, {"x": RichText("链接", link="https://example.org")})
    assert b"https://example.org" in part(ours, "word/_rels/header1.xml.rels")


def test_parts_that_nothing_leads_to_are_kept() -> None:
    data = repacked(docx("体 {{ x }}"), {"word/nothing.xml": b"<nothing/>"})
    assert "word/nothing.xml" not in parts_of(by_docxtpl(data, {"x": 1}))
    assert "word/nothing.xml" in parts_of(by_docsmith(data, {"x": 1}))


# The list


def test_every_difference_on_the_list_names_a_test_that_exists() -> None:
    listed = re.findall(r"`(test_\w+)`", (ROOT / "docs" / "differences.md").read_text(encoding="utf-8"))
    defined = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert [name for name in listed if name not in defined] == []
    here = re.findall(r"^def (test_\w+)", Path(__file__).read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name in here[:-1] if name not in listed] == []
