"""The months that tasks belong to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.model.choices import PLAN_CYCLES
from docsmith.model.dates import PartialDate
from docsmith.model.records import Plan
from docsmith.model.schedule import RECURRING, is_of_another_year, months_of

YEAR = 2026
ALL = list(range(1, 13))
DATES = st.none() | st.builds(PartialDate, st.integers(2024, 2028), st.integers(1, 12))


def task(cycle: str | None, start: str = "", due: str = "") -> Plan:
    """Return a task; a date without its year is of the year of the plan."""

    def date(text: str) -> PartialDate | None:
        full = text if text.startswith("20") else f"{YEAR}-{text}"
        return PartialDate.from_iso(full) if text else None

    return Plan(branch="甲", task="乙", cycle=cycle, starts_on=date(start), due_on=date(due))


@pytest.mark.parametrize(
    ("cycle", "start", "due", "months"),
    [
        ("每周", "", "", ALL),
        ("每周", "11-02", "", [11, 12]),
        ("每周", "", "02-04", [1, 2]),
        ("每周", "03-30", "05-01", [3, 4, 5]),
        ("每月", "", "", ALL),
        ("每月", "10", "", [10, 11, 12]),
        ("每月", "", "03-31", [1, 2, 3]),
        ("每月", "03", "05-20", [3, 4, 5]),
        ("每季度", "", "", [3, 6, 9, 12]),
        ("每季度", "04-01", "", [6, 9, 12]),
        ("每季度", "03-31", "", [3, 6, 9, 12]),
        ("每季度", "", "11-30", [3, 6, 9, 11]),
        ("每季度", "", "02-10", [2]),
        ("每季度", "02-10", "07-01", [3, 6, 7]),
        ("每季度", "05-01", "05-31", [5]),
        ("半年", "", "", [6, 12]),
        ("半年", "07-01", "", [12]),
        ("半年", "06-30", "", [6, 12]),
        ("半年", "", "11-15", [6, 11]),
        ("半年", "", "06-30", [6]),
        ("半年", "05-01", "11-10", [6, 11]),
    ],
)
def test_task_that_comes_again_stands_at_the_end_of_each_period_that_it_reaches(
    cycle: str, start: str, due: str, months: list[int]
) -> None:
    assert list(months_of(task(cycle, start, due), YEAR)) == months


@pytest.mark.parametrize(
    ("cycle", "start", "due", "months"),
    [
        ("每月", "2025-03", "", ALL),
        ("每月", "11", "2027-02-28", [11, 12]),
        ("每季度", "2025-11-01", "04-30", [3, 4]),
        ("每季度", "", "2027-01-10", [3, 6, 9, 12]),
        ("半年", "2025-12", "2027-01", [6, 12]),
        (None, "2025-11", "02", [2]),
        ("一次性", "11-20", "2027-01-10", [11]),
    ],
)
def test_task_that_runs_over_new_year_stands_only_in_months_of_the_plan(
    cycle: str | None, start: str, due: str, months: list[int]
) -> None:
    assert list(months_of(task(cycle, start, due), YEAR)) == months
    assert not is_of_another_year(task(cycle, start, due), YEAR)


@pytest.mark.parametrize("cycle", [None, "一次性"])
@pytest.mark.parametrize(
    ("start", "due", "months"),
    [("", "", []), ("02-01", "", [2]), ("", "12-31", [12]), ("02-01", "04", [4])],
)
def test_task_that_comes_once_stands_in_the_month_of_its_time_limit_else_of_its_start(
    cycle: str | None, start: str, due: str, months: list[int]
) -> None:
    assert list(months_of(task(cycle, start, due), YEAR)) == months


@pytest.mark.parametrize("cycle", ["每周", "每月", "每季度", "半年", "全年", "一次性", None])
@pytest.mark.parametrize(
    ("start", "due"),
    [("", "2025-12-20"), ("2025-01", "2025-12"), ("2027-01-01", ""), ("2027-03", "2027-05-31")],
)
def test_task_wholly_of_another_year_stands_in_no_month_of_this_one(
    cycle: str | None, start: str, due: str
) -> None:
    assert months_of(task(cycle, start, due), YEAR) == ()
    assert is_of_another_year(task(cycle, start, due), YEAR)


def test_date_that_stands_alone_bounds_only_a_task_that_goes_on() -> None:
    started = {cycle: is_of_another_year(task(cycle, "2025-03"), YEAR) for cycle in PLAN_CYCLES}
    limited = {cycle: is_of_another_year(task(cycle, "", "2027-03"), YEAR) for cycle in PLAN_CYCLES}
    assert started == limited == {cycle: cycle == "一次性" for cycle in PLAN_CYCLES}


@pytest.mark.parametrize("cycle", [*RECURRING, "一次性"])
def test_task_that_ends_before_it_starts_stands_once_at_its_time_limit(cycle: str) -> None:
    assert months_of(task(cycle, "08-01", "04-15"), YEAR) == (4,)
    assert months_of(task(cycle, "2027-01", "04-15"), YEAR) == (4,)
    assert is_of_another_year(task(cycle, "08-01", "2025-04-15"), YEAR)


def test_task_of_the_whole_year_stands_in_no_month() -> None:
    assert months_of(task("全年", "01-05", "12-31"), YEAR) == ()
    assert not is_of_another_year(task("全年", "01-05", "12-31"), YEAR)


@given(st.none() | st.sampled_from(sorted(PLAN_CYCLES)), DATES, DATES)
def test_time_limit_within_the_year_is_the_last_month_and_other_years_have_none(
    cycle: str | None, start: PartialDate | None, due: PartialDate | None
) -> None:
    plan = Plan(branch="甲", task="乙", cycle=cycle, starts_on=start, due_on=due)
    months = months_of(plan, YEAR)
    assert list(months) == sorted(set(months))
    assert set(months) <= set(ALL)
    assert not (months and is_of_another_year(plan, YEAR))
    if due and due.year == YEAR and cycle != "全年":
        assert months[-1] == due.month
