"""How many lines a text fills: counted again here, character by character."""

from __future__ import annotations

import math
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docsmith.plugin.kit.line_breaking import count_lines, text_width

_CLUSTER = re.compile(
    r"[（《〈「『“‘〔(\[{]*"
    r"(?:[A-Za-z0-9@#&+/_-]+(?:[.,:][A-Za-z0-9]+)*|.)"
    r"[，。、；：！？）》〉」』”’〕…—％,.;:!?)\]}%]*"
)
TEXTS = (
    st.text(st.sampled_from("中文字党员Az09@-_/.,:;!?()[]%％（）《》“”，。、：—…é½ Ω　１Ａ\t\n")) | st.text()
)
WIDTHS = st.sampled_from([1, 2, 2.9, 4.3, 5.1, 9.4, 12.6, 13, 17])


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"


def _gap(before: str, after: str) -> float:
    apart = before.isalnum() and after.isalnum() and _is_wide(before) != _is_wide(after)
    return 0.25 if apart else 0.0


def plain_width(text: str) -> float:
    """One for a full-width character, a half for another, a quarter between a Chinese and a Latin one."""
    own = sum(1.0 if _is_wide(character) else 0.5 for character in text)
    return own + sum(map(_gap, text, text[1:]))


def plainly_counted(paragraph: str, width: float) -> int:
    """Put one word after the other, each on a new line where it does not fit."""
    lines, line, end = 1, 0.0, ""
    for cluster in _CLUSTER.findall(paragraph):
        own = plain_width(cluster)
        together = line + _gap(end, cluster[0]) + own
        if end and together > width:
            lines, line = lines + 1, own
        else:
            line = together
        end = cluster[-1]
        if line > width:
            lines, line, end = lines + math.ceil(line / width) - 1, 0.0, ""
    return lines


@given(TEXTS)
def test_width_is_the_sum_of_characters_and_gaps(text: str) -> None:
    assert text_width(text) == plain_width(text)


@given(TEXTS, WIDTHS)
@example("中" * 5 + "（abc.def）。" + "文" * 7, 4.3)
def test_lines_are_those_of_words_put_one_after_the_other(text: str, width: float) -> None:
    assert count_lines(text, width) == sum(plainly_counted(one, width) for one in text.split("\n"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("一二三四五", 1),
        ("一二三四五六", 2),
        ("一二三四五。", 2),  # the stop takes 五 along
        ("一二三四（五", 2),  # the bracket goes with what it opens
        ("一二三ABCD", 2),  # a word stays whole
        ("ABCDEFGHIJKLMNOPQRSTUVW", 3),  # unless it is longer than a line
        ("一\n\n二", 3),
    ],
)
def test_lines_break_as_in_word(text: str, lines: int) -> None:
    assert count_lines(text, 5) == lines
