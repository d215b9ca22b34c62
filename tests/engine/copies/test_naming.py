"""Names of documents that a branch has several of: each once, and kept for its row."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from docsmith.engine.copies.naming import Known, Wanted, named, placed
from docsmith.engine.names import collision_key, safe_name

MOST = 60
# Few names, so that many are alike; some look as if they had a number, or are alike to some file systems.
names = st.sampled_from(["张三", "张三（2）", "张三（3）", "李四", "Ａb", "aB", "长" * 20]) | st.text(
    max_size=30
).map(lambda text: safe_name(text, MOST))
rows = st.lists(
    st.builds(Wanted, names, st.text("abcdef", max_size=3)), max_size=12, unique_by=lambda one: one.row
)


def _known(copies: Sequence[str], wanted: Sequence[Wanted]) -> list[Known]:
    return [Known(copy, one.row, "") for copy, one in zip(copies, wanted, strict=True)]


@given(rows, rows)
def test_no_two_documents_have_one_name_on_any_system(before: list[Wanted], now: list[Wanted]) -> None:
    known = _known(named(before, [], MOST), before)
    copies = named(now, known, MOST)
    assert len({collision_key(copy) for copy in copies}) == len(copies)
    assert all(copy == safe_name(copy, MOST) for copy in copies)
    assert all(len(copy.encode()) <= MOST for copy in copies)


@given(rows, st.data())
def test_rows_that_are_as_they_were_keep_their_names_in_any_order(
    before: list[Wanted], data: st.DataObject
) -> None:
    copies = named(before, [], MOST)
    known = _known(copies, before)
    assert named(before, known, MOST) == copies
    gone = data.draw(st.sets(st.sampled_from(range(len(before))))) if before else set()
    kept = [at for at in range(len(before)) if at not in gone]
    again = named([before[at] for at in kept], known, MOST)
    assert again == [copies[at] for at in kept]


@given(rows, rows)
def test_the_name_of_what_was_left_behind_goes_to_no_other_row(
    before: list[Wanted], now: list[Wanted]
) -> None:
    known = [one._replace(is_left=True) for one in _known(named(before, [], MOST), before)]
    owners = {collision_key(one.copy): one.row for one in known}
    for name, wanted in zip(named(now, known, MOST), now, strict=True):
        assert owners.get(collision_key(name), wanted.row) == wanted.row


@given(rows, rows, st.data())
def test_a_run_that_was_killed_gives_the_same_names_when_it_goes_on(
    before: list[Wanted], now: list[Wanted], data: st.DataObject
) -> None:
    known = {one.copy: one for one in _known(named(before, [], MOST), before)}
    expected = named(now, list(known.values()), MOST)
    placed_before_the_kill = data.draw(st.sets(st.sampled_from(range(len(now))))) if now else set()
    for at in placed_before_the_kill:
        known[expected[at]] = Known(expected[at], now[at].row, "")
    again = named(now, list(known.values()), MOST)
    assert again == expected


def test_what_is_called_alike_is_numbered_in_order() -> None:
    wanted = [Wanted("张三", "a"), Wanted("李四", "b"), Wanted("张三", "c"), Wanted("张三", "d")]
    assert named(wanted, [], MOST) == ["张三", "李四", "张三（2）", "张三（3）"]


def test_a_row_that_was_corrected_keeps_its_number() -> None:
    known = [Known("张三", "a", ""), Known("张三（2）", "c", "")]
    assert named([Wanted("张三", "a"), Wanted("张三", "c2")], known, MOST) == ["张三", "张三（2）"]


def test_a_long_name_keeps_its_number_where_it_is_cut() -> None:
    first, second = named([Wanted("长" * 20, "a"), Wanted("长" * 20, "b")], [], MOST)
    assert second.endswith("（2）")
    assert len(second.encode()) <= MOST
    assert first != second


@given(st.integers(0, 1_700), st.integers(0, 900))
def test_no_folder_gets_too_many_and_what_is_there_stays(before: int, more: int) -> None:
    first = [f"甲{number}" for number in range(before)]
    places = placed(first, [])
    known = [Known(copy, "", place.rpartition("/")[0]) for copy, place in places.items()]
    then = placed([f"乙{number}" for number in range(more)] + first, known)
    assert {copy: then[copy] for copy in first} == dict(places)
    folders = [place.rpartition("/")[0] for place in then.values()]
    assert max(map(folders.count, set(folders)), default=0) <= 500
