"""The language of ``--where`` and of ``where`` in plugin.toml: what it means, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.model.conditions import Condition, ConditionError, as_typed
from docsmith.model.dates import PartialDate
from docsmith.model.records import Activity, Branch, Member

BRANCH = Branch(
    name="第一党支部",
    kind="联合支部",
    founded_on=PartialDate(2015, 6),
    term_started_on=PartialDate(2024, 6, 18),
    term_years=3,
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
        "书记≠张三",
        "任期年数<5",
        "任期年数＜＝3",
        "任期年数≥3",
        "任期年数 > 2年",
        "成立时间<2015-07-01",
        "成立时间≤2015年6月30日",
        "成立时间<本届任命时间",
        "term_started_on >= founded_on",
    ],
)
def test_a_condition_that_is_true_of_a_row(text: str) -> None:
    assert _fits(text)


@pytest.mark.parametrize(
    "text",
    [
        "支部类别=普通支部",
        "书记!=",
        "片区!=东区",
        "成立时间=2015-06-01",
        "没有的列=x",
        "任期年数<3",
        "任期年数>3",
        "成立时间>本届任命时间",
        # Nobody knows the day in June.
        "成立时间<2015-06-15",
        "成立时间>=2015-06-15",
        "成立时间<=2015-06",
        # Nobody knows the number.
        "覆盖单位数<1000",
        "覆盖单位数>=0",
        "覆盖单位数<任期年数",
    ],
)
def test_a_condition_that_is_false_of_a_row(text: str) -> None:
    assert not _fits(text)


@pytest.mark.parametrize(
    "text", ["", "支部类别", "=x", "支部类别==联合支部", "a|b=c", "<3", "任期年数<", "成立时间<="]
)
def test_a_text_that_is_no_condition_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ConditionError) as caught:
        _fits(text)
    assert caught.value.hint


def test_a_value_that_a_column_never_has_is_refused_with_its_choices() -> None:
    with pytest.raises(ConditionError) as caught:
        _fits("支部类别=退休支部")
    assert "支部类别 is never “退休支部”" in caught.value.message
    assert "离退休支部" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("书记<张三", "书记 cannot be compared", "成立时间"),
        ("片区>东区", "片区 cannot be compared", "成立时间"),
        ("任期年书<3", "任期年书 cannot be compared", "Did you mean 任期年数?"),
        ("成立时间<任期年数", "成立时间 cannot be compared with 任期年数", "with dates"),
        ("成立时间<书记", "成立时间 cannot be compared with 书记", "with dates"),
        ("成立时间<本届任命时问", "成立时间 is never “本届任命时问”", "Did you mean 本届任命时间?"),
        ("任期年数<很多", "任期年数 is never “很多”", "a number such as 18"),
    ],
)
def test_what_has_no_order_is_not_compared(text: str, message: str, hint: str) -> None:
    with pytest.raises(ConditionError) as caught:
        _fits(text)
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_a_time_is_compared_with_a_time_alone() -> None:
    def fits(text: str, time: str) -> bool:
        condition = Condition.parse(text, Activity.columns.values())
        return condition.fits(Activity(branch="甲", kind="支委会", date=PartialDate(2026, 3), time=time))

    assert fits("时间<下午2点", "09:30")
    assert not fits("时间<14:00", "上午")
    with pytest.raises(ConditionError, match="时间 is never “上午”"):
        fits("时间<上午", "09:30")


_DAYS = st.builds(PartialDate, st.integers(2020, 2023), st.integers(1, 12), st.none() | st.integers(1, 28))


@given(_DAYS, _DAYS)
def test_of_two_dates_a_comparison_says_only_what_holds_for_all_days_they_may_mean(
    first: PartialDate, second: PartialDate
) -> None:
    branch = Branch(name="甲", founded_on=first, term_started_on=second)

    def fits(sign: str) -> bool:
        return Condition.parse(f"成立时间{sign}本届任命时间", Branch.columns.values()).fits(branch)

    assert fits("<") is (first.last < second.first)
    assert fits(">") is (first.first > second.last)
    assert fits("<=") is (first.last <= second.first)
    assert fits(">=") is (first.first >= second.last)


@given(st.sampled_from(["男", "女", "", "男|女"]), st.booleans())
def test_a_condition_and_its_opposite_are_never_both_true(values: str, is_given: bool) -> None:
    member = Member(branch="甲", name="张三", gender="女" if is_given else None)
    same, other = (Condition.parse(f"性别{sign}{values}", Member.columns.values()) for sign in ("=", "!="))
    assert same.fits(member) is not other.fits(member)


@given(st.text().filter(lambda text: text == text.strip() and not set(text) & set("|｜")))
def test_a_text_is_found_by_what_the_cell_says(text: str) -> None:
    member = Member(branch="甲", name="张三", note=text)
    assert Condition.parse(f"备注={as_typed(member.note)}", Member.columns.values()).fits(member)


@pytest.mark.parametrize("text", ["正式党员≥3人=是", "正式党员≥3人!=否", "<书记>年龄＝是", "片区=≥3"])
def test_a_header_of_the_unit_s_own_may_hold_a_sign(text: str) -> None:
    own = {"正式党员≥3人": "是", "<书记>年龄": "是", "片区": "≥3"}
    branch = Branch(name="第一党支部", extra=own)
    assert Condition.parse(text, Branch.columns.values()).fits(branch)


@pytest.mark.parametrize(
    "text", [" " * 200_000, "!" * 200_000, "=" * 200_000, " " * 100_000 + "x" + " " * 100_000]
)
def test_a_long_text_is_refused_at_once(text: str) -> None:
    with pytest.raises(ConditionError):
        _fits(text)
