from decimal import Decimal

import pytest

from docsmith.model.figures import compute
from docsmith.model.figures.members import education_level
from docsmith.model.records import Member
from tests.rules.branches import dossier, people


def _members(*said, report_date="2026-12-08"):
    numbered = [{"name": f"党员{number}", **one} for number, one in enumerate(said)]
    return compute(dossier(report_date=report_date, members=numbered)).members


def test_members_are_the_full_and_the_probationary_ones():
    found = _members(
        *[{}] * 17,
        {"status": "预备党员"},
        {"status": "入党积极分子"},
        {"status": "发展对象"},
        {"status": "入党申请人"},
    )
    assert (found.total, found.formal, found.probationary) == (18, 17, 1)
    assert (found.activists, found.development, found.applicants) == (1, 1, 1)


def test_an_activist_is_in_no_class_of_members():
    found = _members({"gender": "男"}, {"status": "入党积极分子", "gender": "女", "born_on": "2000-01-01"})
    assert (found.male, found.female, found.under_35) == (1, 0, None)


@pytest.mark.parametrize(
    ("born_on", "group"),
    [
        ("1991-12-08", "under_35"),  # 35 on the day of the report
        ("1990-12-09", "under_35"),  # 36 on the day after
        ("1990-12-08", "from_36_to_45"),
        ("1981-12-08", "from_36_to_45"),
        ("1980-12-08", "from_46_to_59"),
        ("1966-12-09", "from_46_to_59"),
        ("1966-12-08", "over_60"),
    ],
)
def test_ages_are_those_at_the_report_date(born_on, group):
    found = _members({"born_on": born_on})
    groups = ("under_35", "from_36_to_45", "from_46_to_59", "over_60")
    assert {name: getattr(found, name) for name in groups} == {name: int(name == group) for name in groups}


def test_who_has_no_date_of_birth_is_unknown_and_not_young():
    found = _members({"born_on": "1995-01-01"}, {})
    assert (found.under_35, found.age_unknown) == (1, 1)


def test_nothing_is_zero_where_nobody_says():
    found = _members({}, {})
    assert (found.male, found.minority, found.under_35, found.master_or_above, found.groups) == (None,) * 5
    assert (found.gender_unknown, found.average_age, found.average_party_years) == (2, None, None)


def test_without_a_roster_nothing_is_known():
    assert compute(dossier()).members.total is None


@pytest.mark.parametrize(
    ("education", "degree", "level"),
    [
        ("研究生", None, "硕士及以上"),
        ("大学本科", "硕士", "硕士及以上"),
        (None, "工学博士", "硕士及以上"),
        ("大学", None, "本科"),
        ("大学本科", "学士", "本科"),
        ("大学专科", None, "大专"),
        ("大专", None, "大专"),
        ("高中", None, "其他"),
        (None, None, None),
    ],
)
def test_the_level_is_the_higher_of_education_and_degree(education, degree, level):
    member = Member(branch="甲", name="张三", education=education, degree=degree)
    assert education_level(member) == level


def test_minorities_are_all_but_han():
    found = _members({"ethnicity": "汉族"}, {"ethnicity": "汉"}, {"ethnicity": "回族"}, {})
    assert (found.minority, found.ethnicity_unknown) == (1, 1)


def test_groups_are_counted_once_each():
    found = _members({"group": "第一党小组"}, {"group": "第二党小组"}, {"group": "第一党小组"})
    assert (found.groups, found.group_names) == (2, ("第一党小组", "第二党小组"))


def test_averages_have_one_decimal_rounded_half_up():
    found = _members(*({"born_on": f"{year}-01-01"} for year in (1996, 1996, 1996, 1995)))
    assert found.average_age == Decimal("30.3")  # 30.25


def test_years_in_the_party_count_from_the_day_of_becoming_a_full_member():
    found = _members({"joined_on": "2010-07-01", "full_on": "2011-07-01"}, {"status": "预备党员"}, {})
    assert (found.average_party_years, found.party_years_unknown) == (Decimal("15.0"), 1)


def test_the_founding_figures_come_out():
    young = people(8, born_on="1995-01-01", education="研究生")
    older = people(7, born_on="1980-01-01", degree="硕士")
    others = people(3, born_on="1970-01-01", education="大学本科")
    found = compute(
        dossier(members=[*young, *older, *others, {"name": "积极", "status": "入党积极分子"}])
    ).members
    assert (found.total, found.master_or_above, found.under_35, found.activists) == (18, 15, 8, 1)
