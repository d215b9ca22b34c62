"""What is mended in a copy: only what can be meant in one way, and every run keeps its format."""

from __future__ import annotations

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from docsmith.template import Template
from docsmith.template.linting import lint, mended
from tests.template.builders import docx, part, rows, saved, texts
from tests.template.linting.making import FIELDS, found, mistakes


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("｛｛ 支部.书记 ｝｝", "{{ 支部.书记 }}"),
        ("甲｛{ 支部.书记 }｝乙", "甲{{ 支部.书记 }}乙"),
        ("{％ if 年度 ％}有｛％ endif ％｝", "{% if 年度 %}有{% endif %}"),
        ("{ { 支部.书记 } }", "{{ 支部.书记 }}"),
        ("｛｛ 支部。书记｜默认（“无”） ｝｝", '{{ 支部.书记|默认("无") }}'),
        ("{{ 支部.书记｜默认（‘无’） }}", "{{ 支部.书记|默认('无') }}"),
        ("{{ 支部.书记 or “无，待定” }}", '{{ 支部.书记 or "无，待定" }}'),
        ("{{ 支部.\u200b书记 }}", "{{ 支部.书记 }}"),
        ("{{ r 支部.书记 }}", "{{r 支部.书记 }}"),
        ("{% for 行 in 党员 %}甲{% endfro %}", "{% for 行 in 党员 %}甲{% endfor %}"),
        ("{% 如果 年度 %}甲{% 结束如果 %}", "{% if 年度 %}甲{% endif %}"),
    ],
)
def test_what_is_certain_is_mended(text: str, meant: str) -> None:
    broken = docx("前", text, header=text)
    assert all(one.mendable for one in mistakes(broken) if one.code != "plain-in-rich-tag")
    better = mended(broken).data
    assert texts(better) == ["前", meant]
    assert {code for code, _where in found(better)} <= {"plain-in-rich-tag"}


@pytest.mark.parametrize("begin", ["{{", "｛｛", "{｛", "｛{", "{ {", "﹛﹛"])
@pytest.mark.parametrize("end", ["}}", "｝｝", "}｝", "｝}", "} }", "﹜﹜"])
def test_text_between_two_tags_stays_however_their_braces_are_typed(begin: str, end: str) -> None:
    text = f"{{{{ 支部.书记 {end}，：“甲”（１）{begin} 支部.支部名称 }}}}"
    better = "{{ 支部.书记 }}，：“甲”（１）{{ 支部.支部名称 }}"
    assert texts(mended(docx(text)).data) == [better]
    assert found(mended(docx(text)).data) == []


_BEGINS = st.sampled_from(["{{", "｛｛", "{｛", "｛{", "{ {", "｛ {"])
_ENDS = st.sampled_from(["}}", "｝｝", "}｝", "｝}", "} }", "} ｝"])
_INSIDE = st.sampled_from(["支部.书记", "支部。书记", "支部 书记", "支部.书记｜默认（“无，”）", "年度，年度"])
_OUTSIDE = st.text("，。：；（）“”‘’｜＝１ａ—、甲 \u200b.,|%#", max_size=6)


@given(st.lists(st.tuples(_OUTSIDE, _BEGINS, _INSIDE, _ENDS), min_size=1, max_size=4), _OUTSIDE)
def test_text_outside_of_tags_is_never_changed(tags: list[tuple[str, str, str, str]], last: str) -> None:
    written = "".join(f"{before}{begin} {inside} {end}" for before, begin, inside, end in tags) + last
    after = "".join(texts(mended(docx(written)).data))
    position = 0
    for text in (*(one[0] for one in tags), last):
        position = after.find(text, position)
        assert position >= 0, f"{text!r} of {written!r} is not in {after!r}"
        position += len(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 支部.书",
        "{{ 支部.书纪 }}",
        "{{ 支部 书记 }}",
        "｛｛ 支部.书记",
        "合计 {%p if 年度 %}",
        "{{ 支部.书记 }}",
        "{{ 支部.书记，年度 }}",
        "{{ （支部.书记、年度） }}",
    ],
)
def test_what_could_be_meant_in_several_ways_is_left(text: str) -> None:
    broken = docx(text)
    assert mended(broken).data is broken
    assert not any(one.mendable for one in lint(broken, FIELDS))


def test_the_head_of_a_table_is_repeated() -> None:
    table = [["序号", "姓名"], ["{%tr for 行 in 党员 %}", ""], ["1", "{{ 行.姓名 }}"], ["{%tr endfor %}", ""]]
    broken = docx(table)
    assert found(broken) == [("no-header-repeat", "body, table 1")]
    better = mended(broken).data
    assert found(better) == []
    assert part(better).count(b"<w:tblHeader/>") == 1
    assert rows(better) == rows(broken)


def test_each_run_keeps_its_format_and_everything_else_its_bytes() -> None:
    document = Document()
    paragraph = document.add_paragraph()
    for number, text in enumerate(("甲｛", "｛ 支部", "。书记 ｝", "｝乙")):
        paragraph.add_run(text).bold = number == 1
    broken = saved(document)
    better = mended(broken).data
    assert texts(better) == ["甲{{ 支部.书记 }}乙"]
    assert b"<w:b/></w:rPr><w:t" in part(better)
    assert part(better, "word/styles.xml") == part(broken, "word/styles.xml")
    Template.open(better)


def test_text_that_is_taken_literally_is_left() -> None:
    literal = docx("{% raw %}", "｛｛ 甲 ｝｝", "{% endraw %}")
    assert mended(literal).data is literal


def test_mending_again_changes_nothing() -> None:
    better = mended(
        docx("｛｛ 支部.书记 ｝｝", [["{% tr for 行 in 党员 %}"], ["{{ 行.姓名 }}"], ["{% tr endfor %}"]])
    ).data
    assert mended(better).data is better
