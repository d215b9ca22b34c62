"""A folder of types is listed in docsmith.toml; everything else in the file stays as somebody wrote it."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.engine.plugins.listing import with_folder_listed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "plugins = ['文种']\n"),
        ("data = 'x' # 数据", "data = 'x' # 数据\nplugins = ['文种']\n"),
        ("# plugins = ['文种']\ndata = 'x'\n", "plugins = ['文种']\ndata = 'x'\n"),
        ("# plugins = ['别处']\n", "# plugins = ['别处']\nplugins = ['文种']\n"),
        ("a = 1\n[types.x]\nb = 2\n", "a = 1\nplugins = ['文种']\n\n[types.x]\nb = 2\n"),
        ("plugins = '甲' # 旧\n", "plugins = ['甲', '文种'] # 旧\n"),
        ("plugins = [\n  '甲', # 一\n  '乙',\n]\n", "plugins = [\n  '甲', # 一\n  '乙', '文种'\n]\n"),
        ("a = 1\r\n[t]\r\n", "a = 1\r\nplugins = ['文种']\r\n\r\n[t]\r\n"),
    ],
)
def test_the_folder_is_added_and_comments_stay(text: str, expected: str) -> None:
    assert with_folder_listed(text, "文种") == expected


@pytest.mark.parametrize("text", ["plugins = '文种'\n", "plugins = ['甲', \"文种\"]\n"])
def test_what_is_listed_already_is_not_listed_twice(text: str) -> None:
    assert with_folder_listed(text, "文种") == text


@pytest.mark.parametrize(
    "text", ["plugins = ['a]']\n", "plugins = [\n  '甲', # 一\n]\n", "plugins = [", '"plugins" = ["甲"]\n']
)
def test_what_is_written_in_an_odd_way_is_left_to_a_person(text: str) -> None:
    assert with_folder_listed(text, "文种") is None


@given(
    st.lists(
        st.sampled_from(["# 一", "data = 'x'", "", "[types.a]", "b = 2", "# plugins = ['甲']"]), max_size=8
    )
)
def test_all_other_settings_stay_what_they_were(lines: list[str]) -> None:
    text = "\n".join(dict.fromkeys(lines))
    changed = with_folder_listed(text, "文种")
    assert changed is not None
    assert tomllib.loads(changed) == {**tomllib.loads(text), "plugins": ["文种"]}
    kept = [line for line in changed.split("\n") if line and "文种" not in line]
    assert kept == [line for line in text.split("\n") if line]
