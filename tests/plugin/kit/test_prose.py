"""From cells to sentences: marks, stops, headings, paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.plugin.kit.prose import brief, chinese_punctuation, heading, paragraphs, phrase, sentence


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("学习党章,开展讨论;做好记录", "学习党章，开展讨论；做好记录"),
        ('开展"三会一课"', "开展“三会一课”"),
        ("形式多样(如参观、座谈)", "形式多样（如参观、座谈）"),
        ("形式多样(2次)", "形式多样（2次）"),
        ("完成整改.", "完成整改。"),
        ("共9次,全部完成", "共9次，全部完成"),
        ("时间:14:30", "时间：14:30"),
        ("经费1,000元", "经费1,000元"),
        ("完成100%,达标", "完成100%，达标"),
        ("按A,B两类", "按A,B两类"),
        ("做到...", "做到……"),
        ("见 http://example.org/a?b=1", "见 http://example.org/a?b=1"),
    ],
)
def test_marks_are_full_width_where_the_text_is_chinese(typed: str, printed: str) -> None:
    assert chinese_punctuation(typed) == printed


@given(st.text(alphabet=st.characters(max_codepoint=0x7F)))
def test_text_without_chinese_stays_as_it_is(text: str) -> None:
    assert chinese_punctuation(text) == text


@given(st.text(alphabet='学习党章,.;:()"“”（）19A \n'))
def test_every_character_that_is_no_mark_is_kept(text: str) -> None:
    def words(line: str) -> str:
        return "".join(character for character in line if character.isalnum())

    assert words(chinese_punctuation(text)) == words(text)


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        (None, ""),
        ("", ""),
        ("制定计划", "制定计划。"),
        ("制定计划。", "制定计划。"),
        ("制定计划；\n抓好落实；", "制定计划；抓好落实。"),
        ("明确专题\n\n 记入台账 ", "明确专题。记入台账。"),
        ("能否完成？", "能否完成？"),
    ],
)
def test_sentence_ends_with_one_stop(cell: str | None, printed: str) -> None:
    assert sentence(cell) == printed


def test_phrase_has_no_stop_at_its_end() -> None:
    assert phrase("制定\n计划。") == "制定计划"


@pytest.mark.parametrize(
    "typed",
    [
        "（一）强化政治引领",
        "(1)强化政治引领。",
        "1.强化政治引领",
        "1、强化政治引领",
        "一、强化政治引领：",
        "强化政治引领",
    ],
)
def test_heading_loses_the_number_that_was_typed_before_it(typed: str) -> None:
    assert heading(typed) == "强化政治引领"


@pytest.mark.parametrize("typed", ["2026年重点工作", "一岗双责落实到位", "1.5万元经费使用", "（一）"])
def test_number_that_belongs_to_a_heading_stays(typed: str) -> None:
    assert heading(typed) == typed


def test_lines_of_a_cell_become_paragraphs() -> None:
    assert paragraphs(" 一是学习不够。\r\n\r\n二是活动不多。") == ["一是学习不够。", "二是活动不多。"]


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        ("制定计划；抓好落实；", "制定计划；抓好落实"),
        ("长" * 100, "长" * 100),
        ("制定计划，抓好落实，" + "长" * 100, "制定计划，抓好落实……（见正文）"),
        ("长" * 101, "长" * 40 + "……（见正文）"),
    ],
)
def test_table_has_the_opening_of_what_only_the_article_has_room_for(cell: str, printed: str) -> None:
    assert brief(cell) == printed
