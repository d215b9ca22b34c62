"""One mistake is told once, hides no other, and comes where a reader meets it."""

from __future__ import annotations

import pytest

from docsmith.template import Properties, Template
from tests.template.builders import docx, texts, with_body_xml
from tests.template.linting.making import found, mistakes

_BLOCKS = [["{% if 年度 %}甲", "乙{% endif %}"]]


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ("{%p if 年度 %}", "block-unclosed"),
        ("{% for 行 in 党员 %}", "block-unclosed"),
        ("{{ 支部 书记 }}", "tag-unreadable"),
        ("｛｛ 年度 ｝｝", "full-width"),
        ("{% nonsense %}", "unknown-tag"),
        ("甲{% endif %}", "block-end-alone"),
        ("合计 {%p set 甲 = 1 %}", "text-lost"),
    ],
)
def test_no_mistake_hides_a_block_that_takes_half_a_row_away(other: str, code: str) -> None:
    assert found(docx(other, _BLOCKS, "{{ 支部.书纪 }}")) == [
        (code, "body, paragraph 1"),
        ("block-over-cells", "body, table 1, row 1, cell 1"),
        ("unknown-name", "body, paragraph 2"),
    ]


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        (
            [[["{%tr for 行 in 党员 %}", ""], ["甲", ""]], "间", [["乙", ""], ["{%tr endfor %}", ""]]],
            "block-over-tables",
        ),
        ([[["{% if 年度 %}甲"]], "{% endif %}乙"], "block-breaks-document"),
        (["{% if 年度 %}甲", "乙{% endif %}"], "block-over-paragraphs"),
    ],
)  # fmt: skip
def test_what_a_block_leaves_is_the_same_beside_another_mistake(blocks: list[str], code: str) -> None:
    alone = found(docx(*blocks))
    assert code in [one for one, _where in alone]
    assert found(docx(*blocks, "{{ 1 + }}"))[:-1] == alone


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("{% 如果 年度 %}甲{% 否则 %}乙{% 结束 %}", ["unknown-tag"] * 3),
        ("{% 循环 行 in 党员 %}{{ 行.姓名 }}{% end %}", ["unknown-tag"] * 2),
        ("{% nonsense 年度 %}甲{% else %}乙{% endif %}", ["unknown-tag"]),
        ("{% if 年度 %}甲{% endif %}{% endif %}", ["block-end-alone"]),
        ("{% if 年度 %}甲{% endfor %}", ["block-end-alone"]),
        ("{% for 行 in 党员 %}{% if 行.姓名 %}甲{% endfor %}", ["block-unclosed"]),
        ("{% set 甲 年度 %}", ["tag-unreadable"]),
        ("｛｛ 支部．书记 ｝｝", ["full-width"]),
        ("{{{ 支部.书记 }}}", ["braces-too-many"]),
        ("{{{{支部.书记}}}}", ["braces-too-many"]),
        ("｛｛｛ 支部.书记 ｝｝｝", ["full-width"]),
        ("{% set 甲 ＝ 年度 %}{{ 甲 }}", ["wrong-character"]),
        ("{% for 甲，乙 in 支部.items() %}{{ 甲 }}{{ 乙 }}{% endfor %}", ["wrong-character"]),
        ("{{ 支部.书记，年度 }}", ["wrong-character"]),
        ("{{ 支部。书纪 }}", ["wrong-character", "unknown-name"]),
        ("{% for 行 in 党员 %}{{ 行.姓名 }}{％ endfor ％}{{ 年度 }}", ["full-width"]),
    ],
)  # fmt: skip
def test_one_mistake_is_one_finding(text: str, codes: list[str]) -> None:
    assert [code for code, _where in found(docx(text))] == codes


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{% if 年度 %}甲{% endfor %}", "Open here is if: write {% endif %}, or take it out."),
        ("甲{% endif %}", "Take it out, or write {% if … %} where its block begins."),
        ("{% if 年度 ＝＝ 1 %}甲{% endif %}", "Write {% if 年度 == 1 %}."),
        ("{% if 年度 ＝ 1 %}甲{% endif %}", "To compare, write two: ==."),
        ("{%r if 年度 ＞ 1 %}甲{%r endif %}", "Write {%r if 年度 > 1 %}."),
        ("{{{支部.书记}}}", "Write {{支部.书记}}."),
        ("{% for 行 in 党员 %}甲{% 结束 %}", "Did you mean endfor?"),
        ("｛｛ 支部．书记｜默认（‘无’） ｝｝", "Write {{ 支部.书记|默认('无') }}."),
        ("{\u200b{ 支部.书记 }}", "Write {{ 支部.书记 }}."),
        ("{% if 年度 大于 3 且 年度 ≠ 5 %}甲{% endif %}", "Write {% if 年度 > 3 and 年度 != 5 %}."),
        ("{% if 年度&&!支部.书记 %}甲{% endif %}", "Write {% if 年度 and not 支部.书记 %}."),
        ("{% if 年度 <> 3 %}甲{% endif %}", "Write {% if 年度 != 3 %}."),
        ("${支部.书记}", "Write {{ 支部.书记 }}."),
        ("【【 支部.书记 】】", "Write {{ 支部.书记 }}."),
        ("«支部.书记»", "Write {{ 支部.书记 }}."),
    ],
)
def test_the_hint_is_what_to_write(text: str, hint: str) -> None:
    assert [one.hint for one in mistakes(docx(text))] == [hint]


def test_what_would_be_lost_is_named_with_its_cell() -> None:
    (mistake,) = mistakes(docx([["{%tr for 行 in 党员 %}", "小计：100"], ["甲", ""], ["{%tr endfor %}", ""]]))
    assert "“小计：100” in cell 2" in mistake.message
    (mistake,) = mistakes(docx("合计 {%p if 年度 %} 元", "{%p endif %}"))
    assert "“合计  元”" in mistake.message


def test_two_tags_in_a_row_that_both_take_it_out_are_one_mistake() -> None:
    (mistake,) = mistakes(docx([["{%tr for 行 in 党员 %}", "{{ 行.姓名 }}", "{%tr endfor %}"]]))
    assert "“{{ 行.姓名 }}” in cell 2、“{%tr endfor %}” in cell 3" in mistake.message


@pytest.mark.parametrize(
    "text", ["{% tr for 行 in 党员 %}", "｛％tr for 行 in 党员 ％｝", "{%tr 循环 行 in 党员 %}"]
)
def test_a_tag_that_is_typed_wrongly_loses_text_like_any_other(text: str) -> None:
    told = found(docx([[text, "小计"], ["甲", ""], ["{%tr endfor %}", ""]]))
    assert ("text-lost", "body, table 1, row 1, cell 1") in told


def test_mistakes_in_one_place_come_in_the_order_of_the_text() -> None:
    text = "{{ 支部.书纪 }}{{ 支部。书记 }}{{ 党圆 }}｛｛ 年度 ｝｝{% if 年度 = 3 %}甲{% endif %}{{ 支部.书记"
    codes = ["unknown-name", "wrong-character", "unknown-name", "full-width", "tag-unreadable", "half-tag"]
    assert [code for code, _where in found(docx(text))] == codes
    in_a_cell = docx([["{{ 1 + }}\n\n{{ 党圆 }}\n\n｛｛ 年度 ｝｝"]])
    assert [code for code, _where in found(in_a_cell)] == ["tag-unreadable", "unknown-name", "full-width"]


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize("begin", ['<w:hyperlink w:anchor="a">', '<w:ins w:id="1">', "<w:sdt><w:sdtContent>"])
def test_a_tag_that_is_half_in_something_is_found_and_one_that_is_wholly_in_it_is_right(begin: str) -> None:
    end = "".join(f"</{part.split()[0]}>" for part in reversed(begin.strip("<>").split("><")))
    for text, is_divided in (
        (f"{_run('{{ 年')}{begin}{_run('度 }}')}{end}", True),
        (f"{begin}{_run('{{ 年')}{end}{_run('度 }}')}", True),
        (f"{begin}{_run('{{ 年')}{_run('度 }}')}{end}", False),
        (f"{_run('{{ ')}{begin}{_run('年度')}{end}{_run(' }}')}", False),
    ):
        template = with_body_xml(docx("后"), f"<w:p>{text}</w:p>")
        codes = [code for code, _where in found(template) if code != "tag-inserted"]
        assert codes == (["tag-divided"] if is_divided else [])
        if not is_divided:
            assert (
                texts(Template.open(template).make({"年度": 2026}, Properties(title="甲")).data)[0] == "2026"
            )
