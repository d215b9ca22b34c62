"""The order of rows: stable, by what values mean, what is empty last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.model.dates import PartialDate
from docsmith.model.ordering import SortKey, ordered, text_rank
from docsmith.model.records import Member

STATUS, JOINED, NAME = (SortKey.of(Member.columns[name]) for name in ("status", "joined_on", "name"))
MEMBERS = st.builds(
    Member,
    branch=st.just("甲"),
    name=st.text("张王李一二十12", min_size=1).filter(lambda name: name != "一"),
    status=st.sampled_from(["正式党员", "预备党员", "入党申请人"]),
    joined_on=st.none() | st.builds(PartialDate, st.integers(1990, 1993), st.integers(1, 12)),
)


@pytest.mark.parametrize(
    "texts",
    [
        [
            "第一党小组",
            "第二党小组",
            "第三党小组",
            "第十党小组",
            "第十一党小组",
            "第二十党小组",
            "第一百零二党小组",
        ],
        ["1.2", "1.9", "1.10", "2.1"],
        ["二〇二五年", "二〇二六年"],
        ["白一", "陈一", "张一", "赵一"],  # by pinyin: bai, chen, zhang, zhao
    ],
)
def test_texts_are_sorted_as_people_count_and_spell(texts: list[str]) -> None:
    assert sorted(set(texts), key=text_rank) == texts


@given(st.lists(st.text(), max_size=30))
def test_any_texts_can_be_sorted(texts: list[str]) -> None:
    assert sorted(sorted(texts, key=text_rank)) == sorted(texts)


def test_a_number_of_any_length_can_be_sorted() -> None:
    assert text_rank("9" * 5000) < text_rank("9" * 5001)


def _members(*pairs: tuple[str, PartialDate | None]) -> list[Member]:
    return [Member(branch="甲", name=name, joined_on=date) for name, date in pairs]


def test_what_is_empty_comes_last_in_either_direction() -> None:
    members = _members(("甲", None), ("乙", PartialDate(2020, 1)), ("丙", PartialDate(2010, 1)))
    assert [one.name for one in ordered(members, [JOINED])] == ["丙", "乙", "甲"]
    assert [one.name for one in ordered(members, [JOINED._replace(descending=True)])] == ["乙", "丙", "甲"]


def test_choices_are_sorted_in_the_order_in_which_they_are_given() -> None:
    statuses = ["入党申请人", "预备党员", "正式党员"]
    members = [Member(branch="甲", name="张三", status=status) for status in statuses]
    assert [one.status for one in ordered(members, [STATUS])] == statuses[::-1]


@given(st.lists(MEMBERS, max_size=20), st.lists(st.sampled_from([STATUS, JOINED, NAME]), max_size=3))
def test_sorting_is_stable_and_loses_nobody(members: list[Member], keys: list[SortKey]) -> None:
    result = ordered(members, keys)
    assert sorted(map(id, result)) == sorted(map(id, members))
    for key in keys[:1]:
        alike: dict[object, list[int]] = {}
        places = {id(one): number for number, one in enumerate(members)}
        for one in ordered(members, [key]):
            alike.setdefault(getattr(one, key.column), []).append(places[id(one)])
        assert all(numbers == sorted(numbers) for numbers in alike.values())
        ranks = [key.rank(value) for one in result if (value := getattr(one, key.column)) is not None]
        assert ranks == sorted(ranks)


@given(st.lists(MEMBERS, max_size=20))
def test_descending_turns_the_order_round_but_not_that_of_equals(members: list[Member]) -> None:
    down = ordered(members, [NAME._replace(descending=True)])
    ranks = [NAME.rank(one.name) for one in down]
    assert ranks == sorted(ranks, reverse=True)
    assert ordered(down, [NAME]) == ordered(ordered(members, [NAME]), [NAME])
