"""The months that tasks belong to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docsmith.model.dates import PartialDate
from docsmith.model.records import PLAN_CYCLES, Plan
from docsmith.model.schedule import RECURRING, month_in, months_of

DATES = st.none() | st.builds(PartialDate, st.integers(2025, 2027), st.integers(1, 12))


@given(st.none() | st.sampled_from(sorted(PLAN_CYCLES)), DATES, DATES)
def test_months_are_of_the_year_in_order_and_only_what_comes_again_has_several(
    cycle: str | None, start: PartialDate | None, due: PartialDate | None
) -> None:
    months = months_of(Plan(branch="甲", task="乙", cycle=cycle, starts_on=start, due_on=due), 2026)
    assert list(months) == sorted(set(months))
    assert set(months) <= set(range(1, 13))
    assert len(months) <= 1 or cycle in RECURRING
    assert bool(months) == bool(cycle in RECURRING or (cycle != "全年" and (start or due)))


def test_date_of_another_year_counts_as_the_nearest_month() -> None:
    assert [month_in(PartialDate(year, 5), 2026) for year in (2025, 2026, 2027)] == [1, 5, 12]
    assert month_in(None, 2026) is None
