"""Only pinyin that was inserted is taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.sources.pinyin import SYLLABLES, clean, is_syllable


@pytest.mark.parametrize(
    ("text", "cleaned", "removed"),
    [
        ("機(jī)關(guān)黨(dǎng)建", "機關黨建", ["(jī)", "(guān)", "(dǎng)"]),
        ("女(nǚ)、略(lüè)", "女、略", ["(nǚ)", "(lüè)"]),
        ("中(zhōng)", "中", ["(zhōng)"]),
    ],
)
def test_inserted_pinyin_is_taken_out_and_listed(text: str, cleaned: str, removed: list[str]) -> None:
    assert clean(text) == (cleaned, removed)


@pytest.mark.parametrize(
    "text",
    [
        "机（jī）关",
        "机 (jī)",
        "abc(jī)",
        "机(ji)",
        "机(Jī)",
        "机(jī guān)",
        "机(jīx)",
        "机(bǎd)",
        "机()",
        "机(2)",
        "(jī)",
    ],
)
def test_other_brackets_stay(text: str) -> None:
    assert clean(text) == (text, [])


@given(st.text())
def test_text_without_tone_marks_is_never_changed(text: str) -> None:
    if not any(mark in text for mark in "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0304\u0301\u030c\u0300"):
        assert clean(text) == (text, [])


def test_syllables_are_those_of_the_standard() -> None:
    assert 390 <= len(SYLLABLES) <= 420
    assert {"zhuang", "lüe", "er", "jiong", "ng"} - SYLLABLES == {"ng"}
    assert is_syllable("ér")
