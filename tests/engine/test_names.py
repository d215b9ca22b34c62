from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.engine.names import MOST_BYTES, collision_key, distinct_names, safe_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一党支部-自检自查表", "第一党支部-自检自查表"),
        ("一/二\\三:四", "一_二_三_四"),
        ("../../etc/passwd", "_.._.._etc_passwd"),
        ("C:\\x", "C_x"),
        ("a\nb\tc", "a_b_c"),
        ("a\x00b\x1bc", "abc"),
        ("甲\u200b乙\u202e丙\ufeff", "甲乙丙"),
        ("甲\ud800乙", "甲乙"),
        ("名称. . .", "名称"),
        ("  甲　乙  ", "甲 乙"),
        ("-rf", "_-rf"),
        ("~$表", "_~$表"),
        (".hidden", "_.hidden"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1", "_com1"),
        ("LPT²", "_LPT²"),
        ("console", "console"),
        ("", "未命名"),
        ("...", "未命名"),
        ("\u200b", "未命名"),
        ("///", "未命名"),
    ],
)
def test_safe_name_takes_out_what_some_system_refuses(text: str, expected: str) -> None:
    assert safe_name(text) == expected


def test_safe_name_is_cut_between_characters() -> None:
    name = safe_name("支" * 200)
    assert name == "支" * 80
    assert len(name.encode()) == MOST_BYTES


@given(st.text())
def test_safe_name_is_safe_for_any_text(text: str) -> None:
    name = safe_name(text)
    assert name == Path(name).name
    assert len(name.encode()) <= MOST_BYTES
    assert name == name.strip()
    assert name[-1] != "."
    assert name[0] not in "-~."
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(one) in ("Cc", "Cf", "Cs") for one in name)
    assert safe_name(name) == name


@given(
    st.lists(
        st.sampled_from(
            ["甲/乙", "甲:乙", "甲_乙", "A", "a", "Ａ", "支" * 200, "支" * 201, "", "é", "e\u0301"]
        )
    )
)
def test_distinct_names_are_distinct_on_every_file_system(texts: list[str]) -> None:
    names = distinct_names(texts)
    assert len({collision_key(name) for name in names}) == len(texts)
    assert all(len(name.encode()) <= MOST_BYTES for name in names)


def test_a_name_does_not_depend_on_the_order_of_the_data() -> None:
    texts = ["第一/党支部", "第一:党支部", "第二党支部"]
    forwards = dict(zip(texts, distinct_names(texts)))
    backwards = dict(zip(reversed(texts), distinct_names(reversed(texts))))
    assert forwards == backwards
    assert forwards["第二党支部"] == "第二党支部"
