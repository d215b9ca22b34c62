"""Talks, problems, answers and the term, and what all figures have in common."""

from decimal import Decimal

import pytest

from docsmith.model.figures import compute
from docsmith.model.figures.group import FigureGroup, figure
from tests.rules.branches import dossier, people

PROBLEMS = [
    {"problem": "甲", "category": "班子", "status": "已销号", "due_on": "2026-06-30"},
    {"problem": "乙", "category": "班子", "status": "正在整改", "due_on": "2026-06-30"},
    {"problem": "丙", "category": "队伍", "status": "长期坚持", "due_on": "2026-06-30"},
    {"problem": "丁", "category": "队伍", "closed_on": "2026-06-30"},
    {"problem": "戊", "category": "作用", "due_on": "2026-12"},
    {"problem": "己", "category": "作用", "status": "已完成", "due_on": "2026-11"},
]


def test_problems_by_status_add_up_to_the_list():
    found = compute(dossier(report_date="2026-12-08", problems=PROBLEMS)).problems
    by_status = (
        found.not_started,
        found.mending,
        found.done,
        found.closed,
        found.standing,
        found.status_unknown,
    )
    assert by_status == (0, 1, 1, 2, 1, 1)
    assert found.total == sum(by_status) == 6
    assert (found.categories, found.closing_rate) == (3, Decimal("33.3"))


def test_overdue_is_what_is_past_its_limit_and_not_closed():
    found = compute(dossier(report_date="2026-12-08", problems=PROBLEMS)).problems
    assert [problem.problem for problem in found.overdue] == ["乙", "己"]


def test_talks_cover_both_sides():
    talks = [{"date": "2026-05-12", "talker": "党员1", "listener": "党员2、党员9"}]
    found = compute(dossier(members=people(3), talks=talks)).talks
    assert (found.count, found.people, found.uncovered) == (1, 2, ("党员3",))


def test_a_talk_with_everybody_is_one_talk_that_covers_nobody_by_name():
    talks = [{"date": "2026-05-12", "talker": "党员1", "listener": "全体党员"}]
    found = compute(dossier(members=people(3), talks=talks)).talks
    assert (found.count, found.people, found.uncovered) == (1, 1, ("党员2", "党员3"))


def test_talks_without_a_roster_cover_nobody_known():
    found = compute(dossier(talks=[{"date": "2026-05-12", "talker": "甲", "listener": "乙"}])).talks
    assert (found.count, found.people, found.uncovered) == (1, None, None)


def test_answers_are_counted_as_given():
    checks = [{"item": "1", "answer": "是"}, {"item": "2", "answer": "否"}, {"item": "3"}]
    found = compute(dossier(self_checks=checks)).self_checks
    assert (found.total, found.yes, found.no, found.not_applicable, found.unanswered) == (3, 1, 1, 0, 1)


@pytest.mark.parametrize(
    ("start", "end", "months_left"),
    [
        ("2024-06-18", "2027年6月18日", 6),
        ("2024-06-08", "2027年6月8日", 6),
        ("2024-06-07", "2027年6月7日", 5),
        ("2023-12-08", "2026年12月8日", 0),
        ("2023-12-07", "2026年12月7日", -1),
        ("2023-12", "2026年12月", 0),
    ],
)
def test_the_term_ends_after_its_years(start, end, months_left):
    found = compute(dossier(report_date="2026-12-08", about={"term_started_on": start})).term
    assert (str(found.end), found.months_left) == (end, months_left)


def test_a_term_beyond_the_calendar_has_no_end():
    found = compute(dossier(about={"term_started_on": "2024-06-18", "term_years": 9999})).term
    assert (found.end, found.months_left) == (None, None)


def test_every_figure_has_a_chinese_name_of_its_own():
    def walk(group):
        titles = list(group.titles.values())
        assert len(titles) == len(set(titles))
        for name in group.titles:
            value = getattr(group, name)
            if isinstance(value, FigureGroup):
                walk(value)

    walk(compute(dossier()))


class _Pair(FigureGroup):
    first: int = figure("一")
    second: int = figure("二")


def test_a_group_takes_its_figures_in_order_or_by_name():
    assert _Pair(1, 2) == _Pair(1, second=2) == _Pair(second=2, first=1) != _Pair(2, 1)
    assert repr(_Pair(1, 2)) == "_Pair(first=1, second=2)"


@pytest.mark.parametrize(
    ("values", "named"), [((1,), {}), ((1, 2, 3), {}), ((1, 2), {"first": 1}), ((1,), {"third": 3})]
)
def test_a_group_lacks_no_figure_and_has_no_other(values, named):
    with pytest.raises(TypeError):
        _Pair(*values, **named)


def test_figures_do_not_change():
    with pytest.raises(AttributeError):
        _Pair(1, 2).first = 3
