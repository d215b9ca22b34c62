from decimal import Decimal

from docsmith.model.figures import compute
from tests.rules.branches import QUARTERLY, dossier, meetings, monthly


def _activities(*activities, report_date="2026-12-08", **about):
    return compute(dossier(report_date=report_date, activities=list(activities), about=about)).activities


def test_each_kind_has_its_count_months_and_quarters():
    found = _activities(*meetings("支部党员大会", *QUARTERLY[:3])).general_meetings
    assert (found.count, found.months, found.quarters) == (3, (3, 6, 9), (1, 2, 3))
    assert found.missing_quarters == ()  # the fourth is not over


def test_a_month_in_progress_is_not_missing():
    found = _activities(*monthly("主题党日", until=10)).theme_days
    assert found.missing_months == (11,)


def test_the_whole_year_is_over_on_its_last_day():
    found = _activities(*monthly("主题党日", until=10), report_date=None).theme_days
    assert found.missing_months == (11, 12)


def test_nothing_is_missing_from_before_the_founding():
    found = _activities(*meetings("支委会", "08-05"), founded_on="2026-06-15").committee_meetings
    assert found.missing_months == (7, 9, 10, 11)


def test_activities_of_other_years_and_after_the_report_do_not_count():
    found = _activities(*meetings("集体学习", "2025-03-05", "03-05", "12-20"))
    assert found.studies.count == 1


def test_attendance_is_counted_over_those_that_state_both_numbers():
    found = _activities(
        *meetings("支委会", "03-05", due=5, present=4),
        *meetings("党课", "03-06", due=18, present=17),
        *meetings("党课", "04-06", due=18),
    )
    assert found.attendance_rate == Decimal("91.3")  # 21 of 23
    assert found.lectures.attendance_rate == Decimal("94.4")
    assert found.studies.attendance_rate is None


def test_a_kind_that_others_stand_beside_was_held_no_times():
    assert _activities(*meetings("党课", "03-05")).studies.count == 0


def test_without_any_record_the_count_is_unknown():
    found = _activities()
    assert (found.total, found.studies.count, found.studies.missing_months) == (None, None, None)


def test_kinds_can_be_asked_for_by_their_chinese_names():
    assert _activities(*meetings("党课", "03-05")).by_kind["党课"].count == 1
