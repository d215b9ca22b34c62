from __future__ import annotations

import pytest

from docsmith.model.nearest import nearest, spelling_key, suggestion


@pytest.mark.parametrize(
    ("one", "other"),
    [("问题台帐", "问题台账"), ("满意度测评", "满意率测评"), ("自检自查表", "自查自检表"), ("ＡＢ c", "abC")],
)
def test_spelling_twins_have_one_key(one: str, other: str) -> None:
    assert spelling_key(one) == spelling_key(other)


@pytest.mark.parametrize(
    ("typed", "meant"), [("self-chek", "self-check"), ("第三支部", "第三党支部"), ("全然不同", None)]
)
def test_the_nearest_known_word_is_found_and_none_where_nothing_is_alike(
    typed: str, meant: str | None
) -> None:
    assert nearest(typed, ["self-check", "work-plan", "第三党支部"]) == meant


def test_a_suggestion_names_the_nearest_else_all() -> None:
    assert suggestion("plugin", ["plugins", "data"]) == "Did you mean plugins?"
    assert suggestion("完全", ["plugins", "data"]) == "Known: plugins、data."
    assert suggestion("x", []) == ""


def test_a_suggestion_of_very_many_words_ends() -> None:
    assert len(suggestion("完全", [f"word{number}" for number in range(1000)])) < 250
