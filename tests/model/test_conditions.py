"""The language of ``--where`` and of ``where`` in plugin.toml: what it means, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.model.conditions import Condition, ConditionError, as_typed
from docsmith.model.dates import PartialDate
from docsmith.model.records import Branch, Member

BRANCH = Branch(
    name="第一党支部",
    kind="联合支部",
    founded_on=PartialDate(2015, 6),
    other_members=("孙八", "周九"),
    extra={"片区": "东区"},
)


def _fits(text: str) -> bool:
    return Condition.parse(text, Branch.columns.values()).fits(BRANCH)


@pytest.mark.parametrize(
    "text",
    [
        "支部类别=联合支部",
        "kind = 普通支部 | 联合支部",
        "支部类别＝普通支部｜联合支部",
        "类别=联合党支部",  # another header, another spelling
        "支部类别！=普通支部",
        "书记=",
        "支部类别!=",
        "成立时间=2015-06",
        "成立时间=2015年6月",
        "其他委员=孙八，周九",
        "片区=东区|西区",
        "任期年数=3年",
        "没有的列=",
    ],
)
def test_a_condition_that_is_true_of_a_row(text: str) -> None:
    assert _fits(text)


@pytest.mark.parametrize(
    "text", ["支部类别=普通支部", "书记!=", "片区!=东区", "成立时间=2015-06-01", "没有的列=x"]
)
def test_a_condition_that_is_false_of_a_row(text: str) -> None:
    assert not _fits(text)


@pytest.mark.parametrize("text", ["", "支部类别", "=x", "支部类别==联合支部", "a|b=c"])
def test_a_text_that_is_no_condition_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ConditionError) as caught:
        _fits(text)
    assert caught.value.hint


def test_a_value_that_a_column_never_has_is_refused_with_its_choices() -> None:
    with pytest.raises(ConditionError) as caught:
        _fits("支部类别=退休支部")
    assert "支部类别 is never “退休支部”" in caught.value.message
    assert "离退休支部" in caught.value.hint


@given(st.sampled_from(["男", "女", "", "男|女"]), st.booleans())
def test_a_condition_and_its_opposite_are_never_both_true(values: str, is_given: bool) -> None:
    member = Member(branch="甲", name="张三", gender="女" if is_given else None)
    same, other = (Condition.parse(f"性别{sign}{values}", Member.columns.values()) for sign in ("=", "!="))
    assert same.fits(member) is not other.fits(member)


@given(st.text().filter(lambda text: text == text.strip() and not set(text) & set("|=!｜＝！")))
def test_a_text_is_found_by_what_the_cell_says(text: str) -> None:
    member = Member(branch="甲", name="张三", note=text)
    assert Condition.parse(f"备注={as_typed(member.note)}", Member.columns.values()).fits(member)


@pytest.mark.parametrize("text", [" " * 200_000, "!" * 200_000, " " * 100_000 + "x" + " " * 100_000])
def test_a_long_text_is_refused_at_once(text: str) -> None:
    with pytest.raises(ConditionError):
        _fits(text)
