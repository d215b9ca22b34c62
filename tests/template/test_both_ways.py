"""Most documents are never parsed after they are written; they are what parsing and mending would make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docsmith.template import Template
from docsmith.template.compiling import parts as compiling
from docsmith.template.compiling.lexer import Unprovable
from tests.template.builders import check_structure, docx, part, with_body_xml

TEXTS = st.text(st.sampled_from("甲乙 <&>\"'\n\t\r　é😀]}"), max_size=8)
CONTEXTS = st.fixed_dictionaries(
    {
        "x": TEXTS,
        "n": st.integers(0, 3),
        "yes": st.booleans(),
        "xs": st.lists(st.fixed_dictionaries({"a": TEXTS, "b": TEXTS, "no": st.integers(0, 9)}), max_size=3),
        "ys": st.lists(TEXTS, max_size=4),
    }
)
BLOCKS = st.sampled_from(
    [
        ("{{ x }}",),
        ("前{{ x }}后{{ n }}{{ yes }}",),
        ("{% if yes %}甲{{ x }}{% elif n %}丁{% else %}乙{% endif %}丙",),
        ("{% for y in ys %}{{ loop.index }}{{ y }}{% if not loop.last %}、{% endif %}{% endfor %}",),
        ("前{{r x }}后",),
        ("{{p x }}",),
        ("{%p if yes %}", "{{ x }}", "{%p else %}", "乙", "{%p endif %}"),
        ("{%p for y in ys %}", "{{ y }}", "{%p endfor %}"),
        ("起", "{%- if yes %}并入{%- endif %}", "{{ x }}"),
        ("{% set z = x %}{{ z }}{% with w = n %}{{ w }}{% endwith %}",),
    ]
)
TABLES = st.sampled_from(
    [
        [
            ["头", "尾"],
            ["{%tr for r in xs %}", ""],
            ["{{ r.a }}", "{{ r.b }}{{ r.no }}"],
            ["{%tr endfor %}", ""],
        ],
        [["{%tr for r in xs %}", ""], ["{{ r.a }}", "{{ r.b }}"], ["{%tr endfor %}", ""]],
        [["甲", "{%tc for y in ys %}", "{{ y }}", "{%tc endfor %}"]],
        [["甲", "乙", "丙"], ["{%tc for y in ys %}", "{{ y }}", "{%tc endfor %}"]],
        [["{%tc if yes %}", "{{ x }}", "{%tc endif %}", "乙"]],
        [["{% cellbg 'FF0000' %}{{ x }}", "{% colspan n + 1 %}{{ x }}"], ["一", "二"]],
        [["类"], ["{%tr for r in xs %}"], ["{% vm %}{{ x }}"], ["{%tr endfor %}"]],
        [["{%tr for r in xs %}", ""], ["{% hm %}{{ x }}", "{{ r.a }}"], ["{%tr endfor %}", ""]],
        [["{%tr if yes %}", ""], ["{{ x }}", "二"], ["{%tr endif %}", ""]],
        [["{% for y in ys %}{{ y }}{% endfor %}", "{{p x }}"]],
        [["{%p for y in ys %}\n\n{{ y }}\n\n{%p endfor %}", "二"]],
    ]
)


def template(chosen: Sequence[Sequence[Any]], header: str) -> bytes:
    blocks: list[Any] = []
    for one in chosen:
        blocks.extend([one] if isinstance(one, list) else one)
    return docx(*blocks, header=header)


def parsed(data: bytes) -> Template:
    """Return a template of which nothing is known before it is rendered."""

    def prove(*_arguments: object) -> None:
        raise Unprovable("not tried")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiling, "prove", prove)
        return Template.open(data, "t.docx")


def canonical(data: bytes, name: str) -> bytes:
    """Return a part canonically; which of Word's own ids of paragraphs are kept is not told."""
    root = etree.fromstring(part(data, name), etree.XMLParser(remove_blank_text=True))
    return etree.tostring(root, method="c14n")


def rendered_both_ways(data: bytes, context: dict[str, Any]) -> tuple[bytes, bytes]:
    return Template.open(data, "t.docx").render(context), parsed(data).render(context)


def check_equal(data: bytes, context: dict[str, Any]) -> None:
    fast, slow = rendered_both_ways(data, context)
    assert canonical(fast, "word/document.xml") == canonical(slow, "word/document.xml")
    check_structure(fast)


@settings(deadline=None, max_examples=40)
@given(st.lists(BLOCKS | TABLES, min_size=1, max_size=4), st.sampled_from(["", "{{ x }}", "页眉"]), CONTEXTS)
def test_a_document_is_the_same_whether_it_is_parsed_or_not(
    chosen: list[Any], header: str, context: dict[str, Any]
) -> None:
    check_equal(template(chosen, header), context)


def text(content: str) -> str:
    return f"<w:p><w:r><w:t>{content}</w:t></w:r></w:p>"


LONG_NAME = f"{'n' * 36}&amp;more"
CHANGED_WIDTH = (
    '<w:tcPr><w:tcW w:w="1000" w:type="dxa"/><w:tcPrChange w:id="1" w:author="a"><w:tcPr>'
    '<w:tcW w:w="2000" w:type="dxa"/></w:tcPr></w:tcPrChange></w:tcPr>'
)
BODIES = {
    "a bookmark in a loop": (
        text("{%p for y in ys %}")
        + f'<w:p><w:bookmarkStart w:id="3" w:name="{LONG_NAME}"/><w:r><w:t>{{{{ y }}}}</w:t></w:r>'
        + '<w:bookmarkEnd w:id="3"/></w:p>'
        + text("{%p endfor %}")
    ),
    "a control without a number": (
        f"<w:sdt><w:sdtPr><w:id/></w:sdtPr><w:sdtContent>{text('{{ x }}')}</w:sdtContent></w:sdt>"
    ),
    "a grid in a loop": (
        '<w:tbl><w:tblPr/><w:tblGrid>{% for y in ys %}<w:gridCol w:w="1000"/>{% endfor %}</w:tblGrid>'
        f"<w:tr><w:tc>{text('一')}</w:tc><w:tc>{text('{{ x }}')}</w:tc></w:tr></w:tbl>"
    ),
    "a width that was changed": (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="1000"/></w:tblGrid><w:tr>'
        f"<w:tc>{CHANGED_WIDTH}{text('{%tc for y in ys %}')}</w:tc>"
        f"<w:tc>{CHANGED_WIDTH}{text('{{ y }}')}</w:tc><w:tc>{text('{%tc endfor %}')}</w:tc>"
        f"<w:tc>{CHANGED_WIDTH}{text('末')}</w:tc></w:tr></w:tbl>"
    ),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_word_writes_beside_text_is_the_same_both_ways(body: str) -> None:
    check_equal(with_body_xml(docx("尾"), body), {"x": "值", "ys": ["甲", "乙", "丙"]})


@pytest.mark.parametrize(
    "tag",
    ["{{ x|e|upper }}", "{{ x|e|truncate(2, true, '') }}", "{{ x|e|reverse }}", "{{ (x|e).split('l')[0] }}"],
)
def test_what_filters_do_to_escaped_text_is_still_xml(tag: str) -> None:
    check_equal(docx(tag), {"x": "<b>"})
