"""What a template author can write: docxtpl's tags, and what becomes of values."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docsmith.model.dates import PartialDate
from docsmith.model.missing import MISSING_TEXT, Missing
from docsmith.template import Template
from docsmith.template.package.oxml import w
from tests.template.builders import VALIDATOR, docx, part, render, rows, saved, texts, with_body_xml

LEGAL = st.characters(exclude_categories=["Cs"], exclude_characters=["\ufffe", "\uffff", "\r"]).filter(
    lambda character: character >= " " or character in "\t\n"
)
NAME = Template.open(docx("起{{ x }}止"), "name.docx")


@pytest.mark.skipif(not VALIDATOR.is_file(), reason="the document validator is not here")
def test_validator_is_asked_about_every_output() -> None:
    render(docx("{{ x }}"), {"x": "1"})


@given(st.text(LEGAL))
@settings(max_examples=200, deadline=None)
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    assert texts(NAME.render({"x": text})) == [f"起{text}止"]


@pytest.mark.parametrize(
    "text",
    [
        "A&B",
        "<w:p/>",
        "]]>",
        "\"'",
        "{{ y }}",
        "{% if %}",
        "{_{ }_} {_% %_}",
        "&lt;",
        "甲" * 10_000,
        "}}",
        "#}",
    ],
)
def test_markup_and_tags_in_data_stay_text(text: str) -> None:
    assert texts(render(docx("{{ x }}", header="{{ x }}"), {"x": text}).data) == [text]


def test_carriage_returns_are_line_breaks_like_any_other() -> None:
    assert texts(render(docx("{{ x }}"), {"x": "一\r\n二\r三"}).data) == ["一\n二\n三"]


def test_line_breaks_and_tabs_keep_the_formatting_of_their_run() -> None:
    document = Document()
    document.add_paragraph().add_run("甲{{ x }}乙").bold = True
    made = Document(io.BytesIO(render(saved(document), {"x": "1\n2\t3\n4"}).data))
    assert made.paragraphs[0].text == "甲1\n2\t3\n4乙"
    assert all(run.bold for run in made.paragraphs[0].runs)


def test_a_tag_that_word_split_into_runs_is_one_tag() -> None:
    document = Document()
    paragraph = document.add_paragraph()
    for piece in ("前{", "{ 支", "部", ".书记 }", "}后"):
        paragraph.add_run(piece)
    assert texts(render(saved(document), {"支部": {"书记": "张三"}}).data) == ["前张三后"]


def test_rows_cells_and_paragraphs_repeat() -> None:
    template = docx(
        "{%p for x in xs %}", "第{{ x }}段", "{%p endfor %}",
        [["项", "果"], ["{%tr for x in xs %}"], ["{{ x }}", "{{ loop.index }}/{{ xs|count }}"],
         ["{%tr endfor %}"]],
        [["头", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]],
    )  # fmt: skip
    made = render(template, {"xs": ["甲", "乙", "丙", "丁"]}).data
    assert texts(made)[:4] == ["第甲段", "第乙段", "第丙段", "第丁段"]
    assert rows(made)[0] == ["项", "果"]
    assert rows(made)[4] == ["丁", "4/4"]
    assert rows(made, 1) == [["头", "甲", "乙", "丙", "丁"]]


def test_group_cells_are_merged_vertically() -> None:
    template = docx(
        [["{%tr for x in xs %}", ""], ["{% vm %}{{ x.group }}", "{{ x.name }}"], ["{%tr endfor %}", ""]]
    )
    made = render(template, {"xs": [{"group": "组", "name": name} for name in "甲乙丙"]}).data
    assert rows(made) == [["组", "甲"], ["", "乙"], ["", "丙"]]
    assert part(made).count(b'<w:vMerge w:val="continue"/>') == 2


def test_cells_take_spans_and_colours_from_data() -> None:
    template = docx([["{% colspan n %}宽", "甲"], ["{% cellbg colour %}一", "二"]])
    made = render(template, {"n": 3, "colour": "FFFF00"}).data
    assert b'<w:gridSpan w:val="3"/>' in part(made)
    assert b'w:fill="FFFF00"' in part(made)


def test_percent_and_braces_work_in_row_and_paragraph_tags() -> None:
    template = docx("{%p for x in xs %}", "{%p if x % 2 == 0 %}", "{{ x }}", "{%p endif %}", "{%p endfor %}")
    assert texts(render(template, {"xs": [1, 2, 3, 4]}).data) == ["2", "4"]
    assert texts(render(docx("{%p if {1: {2: 3} }[1] %}", "有", "{%p endif %}")).data) == ["有"]


def test_plain_values_print_where_docxtpl_wants_its_objects() -> None:
    made = render(docx("甲{{r x }}乙", "{{p x }}"), {"x": "1 & 2"}).data
    assert texts(made) == ["甲1 & 2乙", "1 & 2"]


def test_blocks_may_span_runs_and_trim_their_surroundings() -> None:
    template = docx("我{%- if a %} 在{% else %} 不在{% endif %}", "甲{{ '√' if a }}")
    assert texts(render(template, {"a": True}).data) == ["我 在", "甲√"]


def test_written_braces_print_as_braces() -> None:
    assert texts(render(docx("写 {_{ x }_} 或 {_% if %_}，{{ x }}"), {"x": 1}).data) == [
        "写 {{ x }} 或 {% if %}，1"
    ]
    assert texts(render(docx("{% raw %}{{ x }}{% endraw %}")).data) == ["{{ x }}"]


def test_a_table_whose_loop_is_empty_goes() -> None:
    made = render(docx([["{%tr for x in xs %}"], ["{{ x }}"], ["{%tr endfor %}"]], "完"), {"xs": []}).data
    assert b"<w:tbl>" not in part(made)
    assert texts(made) == ["完"]


def test_a_cell_whose_paragraphs_are_gone_keeps_an_empty_one() -> None:
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "{%p for x in xs %}"
    cell.add_paragraph("{{ x }}")
    cell.add_paragraph("{%p endfor %}")
    assert rows(render(saved(document), {"xs": []}).data) == [[""]]


def test_the_grid_follows_the_cells_and_keeps_its_width() -> None:
    document = Document(io.BytesIO(docx([["头", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]])))
    before = sum(column.width for column in document.tables[0].columns)
    for count in (1, 7):
        made = Document(io.BytesIO(render(saved(document), {"xs": list(range(count))}).data))
        assert len(made.tables[0].columns) == count + 1
        assert sum(column.width for column in made.tables[0].columns) == pytest.approx(before, rel=0.01)


@pytest.mark.parametrize("columns", [1, 2, 5, 6])
def test_cells_and_grid_agree_and_fill_the_table_after_a_loop_over_cells(columns: int) -> None:
    cell = "<w:tc><w:tcPr><w:tcW w:w='{}' w:type='dxa'/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    table = (
        "<w:tbl><w:tblPr><w:tblW w:w='9000' w:type='dxa'/></w:tblPr>"
        "<w:tblGrid><w:gridCol w:w='3000'/><w:gridCol w:w='1500'/></w:tblGrid><w:tr>"
        f"{cell.format(3000, '头')}{cell.format(0, '{%tc for x in xs %}')}{cell.format(1500, '{{ x }}')}"
        f"{cell.format(0, '{%tc endfor %}')}</w:tr></w:tbl><w:p/>"
    )
    data = render(with_body_xml(docx(), table), {"xs": list("甲" * columns)}).data
    root = etree.fromstring(part(data))
    grid = [int(column.get(w("w"))) for column in root.iter(w("gridCol"))]
    assert grid == [int(width.get(w("w"))) for width in root.iter(w("tcW"))]
    assert len(grid) == columns + 1
    assert columns == 1 or sum(grid) == 9000


def test_ids_that_a_loop_repeats_become_different() -> None:
    control = '<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'
    run = "<w:r><w:t>{{ x }}</w:t></w:r>"
    bookmark = f'<w:p><w:bookmarkStart w:id="3" w:name="here"/>{run}<w:bookmarkEnd w:id="3"/></w:p>'
    loop = "<w:p><w:r><w:t>{{%p {} %}}</w:t></w:r></w:p>"
    template = with_body_xml(
        docx("尾"), loop.format("for x in xs") + control + bookmark + loop.format("endfor")
    )
    made = part(render(template, {"xs": [1, 2, 3]}).data).decode()
    assert made.count('w:name="here"') == 1
    for number in (3, 4, 5):
        assert f'<w:bookmarkEnd w:id="{number}"/>' in made


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (True, "是"), (False, "否"), (3, "3"), (2.5, "2.5"), (Decimal("1E+2"), "100"),
        (dt.date(2026, 3, 5), "2026年3月5日"), (dt.datetime(2026, 3, 5, 14, 30), "2026年3月5日 14:30"),
        (PartialDate(1993, 10), "1993年10月"), ("", ""), (None, MISSING_TEXT),
    ],
)  # fmt: skip
def test_values_print_as_offices_write_them(value: Any, printed: str) -> None:
    assert texts(render(docx("{{ x }}"), {"x": value}).data) == [printed]


def test_keys_of_a_mapping_come_before_its_methods() -> None:
    assert texts(
        render(docx("{{ x.items }}{{ x['values'] }}"), {"x": {"items": "甲", "values": "乙"}}).data
    ) == ["甲乙"]


def test_marks_that_were_printed_are_listed_once_and_in_order() -> None:
    template = docx(
        "{{ b.x }}{{ a }}{{ a }}",
        "{% if c %}有{% else %}无{% endif %}{{ c or '未定' }}{{ d|默认('缺') }}{{ e|留空 }}",
        "{{ '书记：' ~ f }}{% for g in h %}{{ g }}{% endfor %}{{ i|upper }}{{ j.year }}",
        "{{ k + 1 }}{{ l > 3 }}",
        header="{{ m }}",
    )
    context = {**dict.fromkeys("acdefhijklm"), "b": {"x": Missing("支部.书记")}}
    made = render(template, context)
    assert [mark.label for mark in made.missing] == ["支部.书记", "a", "f", "i", "j", "k", "m"]
    assert texts(made.data)[1] == "无未定缺"
    assert texts(made.data)[2:] == [f"书记：{MISSING_TEXT * 3}", f"{MISSING_TEXT}否"]


def test_fields_are_the_names_of_all_parts() -> None:
    template = docx(
        "{{ 支部.名称 }}{% for x in xs %}{{ x }}{{ loop.index }}{% endfor %}", header="{{ unit.name }}"
    )
    assert Template.open(template).fields.keys() == {"支部", "xs", "unit"}


@pytest.mark.parametrize("with_jinja", ["", "{% macro unused() %}{% endmacro %}"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ '甲' if x == 2 }}乙", "乙"),
        (
            "{% for i in [1, 2, 3] %}{{ i }}{% for j in loop %}.{% endfor %}{{ loop.index }} {% endfor %}",
            "1..3 ",
        ),
        (
            "{% for i in [1, 2] %}{{ loop|length }}{{ loop.revindex }}{{ loop.cycle('a', 'b') }}{% endfor %}",
            "22a21b",
        ),
        ("{% for i in [3, 1] if i > x %}{{ i }}{{ loop.first }}{% endfor %}", "3是"),
        ("{{ [3, 1]|sort|map('string')|join(',') }}{{ x is divisibleby 1 }}", "1,3是"),
        ("{{ '<'|e ~ '>'|e }}{{ '>'|forceescape }}", "<>>"),
    ],
)
def test_a_program_gives_the_same_with_jinja_and_without(text: str, expected: str, with_jinja: str) -> None:
    assert texts(render(docx(with_jinja + text), {"x": 1}).data) == [expected]
