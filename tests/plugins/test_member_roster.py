"""党员花名册: members by group and years in the party, and a sum that counts who is listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docsmith.model.findings import Place
from docsmith.model.records import Member, Unit
from docsmith.model.rows import RowPlace
from tests.pages import needs_pages, page_texts
from tests.plugins.making import BRANCH, Made, make

NAME = BRANCH.name
TITLES = (
    "number", "name", "gender", "ethnicity", "born_on", "education", "status", "joined_on", "full_on",
    "group", "party_post", "post", "mobile", "note",
)  # fmt: skip


def member(name: str = "张三", **columns: Any) -> Member:
    return Member(branch=NAME, name=name, **columns)


def roster(*members: Member, **more: Any) -> Made:
    return make("member-roster", members=list(members), **more)


def rows(made: Made) -> list[dict[str, str]]:
    """Return the rows between the header and the sum, the empty ones included."""
    return [dict(zip(TITLES, cells, strict=True)) for cells in made.rows(1)[1:-1]]


def filled(made: Made) -> list[dict[str, str]]:
    return [row for row in rows(made) if row["name"]]


def total(made: Made) -> str:
    label, *text = dict.fromkeys(made.rows(1)[-1])
    assert label == "合计"
    return "".join(text)


def test_members_stand_by_group_and_then_by_when_they_joined() -> None:
    made = roster(
        member("没有小组的", joined_on="1970-01-01"),
        member("十组的", group="第十党小组", joined_on="1980-01-01"),
        member("二组新的", group="第二党小组", joined_on="2020-06"),
        member("二组日期不详的", group="第二党小组"),
        member("二组老的", group="第二党小组", joined_on="1999-12-31"),
    )
    assert [(row["number"], row["name"]) for row in filled(made)] == [
        ("1", "二组老的"),
        ("2", "二组新的"),
        ("3", "二组日期不详的"),
        ("4", "十组的"),
        ("5", "没有小组的"),
    ]


def test_only_members_of_the_party_are_listed_and_counted() -> None:
    made = roster(
        member("甲", gender="女", ethnicity="汉族"),
        member("乙", gender="男", ethnicity="苗族", status="预备党员"),
        member("丙", status="入党积极分子"),
        member("丁", status="发展对象"),
        member("戊", status="入党申请人"),
    )
    assert [row["status"] for row in filled(made)] == ["正式党员", "预备党员"]
    assert total(made) == "共2名党员，其中正式党员1名、预备党员1名；女党员1名，少数民族党员1名。"


def test_sum_leaves_what_is_not_known_to_the_pen() -> None:
    assert total(roster(member())).endswith("女党员　　名，少数民族党员　　名。")


def test_date_and_long_name_break_where_a_person_breaks_them() -> None:
    row = filled(roster(member("古丽娜尔·艾山", born_on="1988-11-02", joined_on="2010-12-18")))[0]
    assert (row["name"], row["born_on"], row["joined_on"]) == (
        "古丽娜尔·\n艾山",
        "1988年\n11月",
        "2010年\n12月18日",
    )


def test_day_of_full_membership_is_asked_of_full_members_only() -> None:
    given = {
        "gender": "男",
        "ethnicity": "汉族",
        "born_on": "1990-01",
        "education": "大学",
        "joined_on": "2020-01",
    }
    full = member("甲", department="综合处", **given).read_from(
        RowPlace("数据.xlsx", "党员", 5, {"full_on": "K"})
    )
    made = roster(full, member("乙", status="预备党员", department="综合处", **given))
    assert [row["full_on"] for row in filled(made)] == ["（待补充）", ""]
    assert [one.place for one in made.findings if one.code == "field-missing"] == [
        Place("数据.xlsx", "党员", "K5")
    ]


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        ({"department": "综合处", "job_title": "处长"}, "综合处\n处长"),
        ({"job_title": "退休"}, "退休"),
        ({"department": "综合处"}, "综合处"),
        ({}, "（待补充）"),
    ],
)
def test_department_and_post_stand_below_each_other_where_both_are_known(
    columns: dict[str, str], shown: str
) -> None:
    assert filled(roster(member(**columns)))[0]["post"] == shown


def test_what_not_every_member_has_is_left_empty() -> None:
    row = filled(roster(member()))[0]
    assert {row[name] for name in ("group", "party_post", "mobile", "note")} == {""}


@pytest.mark.parametrize("count", [0, 1, 5])
def test_short_roster_has_empty_rows_without_numbers(count: int) -> None:
    made = roster(*(member() for _ in range(count)))
    assert len(filled(made)) == count
    assert len(rows(made)) == 6
    assert {value for row in rows(made)[count:] for value in row.values()} == {""}


def test_roster_of_a_branch_without_members_leaves_the_sum_to_the_pen() -> None:
    made = roster()
    assert (
        total(made) == "共　　名党员，其中正式党员　　名、预备党员　　名；女党员　　名，少数民族党员　　名。"
    )
    assert "field-missing" not in made.codes


def test_text_of_3000_characters_arrives_whole() -> None:
    assert filled(roster(member(note="长" * 3000)))[0]["note"] == "长" * 3000


@needs_pages
def test_header_comes_back_on_every_page_and_the_sum_stands_on_the_last(tmp_path: Path) -> None:
    made = roster(*(member(group=f"第{number % 7 + 1}党小组", department="综合处") for number in range(60)))
    pages = page_texts(made.content, tmp_path)
    assert len(pages) > 4
    assert all("党内职务" in page for page in pages)
    assert ["合计" in page for page in pages] == [*[False] * (len(pages) - 1), True]
    assert [row["number"] for row in filled(made)] == [str(number) for number in range(1, 61)]


@needs_pages
@pytest.mark.parametrize("count", [0, 6])
def test_short_roster_takes_one_page(count: int, tmp_path: Path) -> None:
    long_name = "中共示例市直属机关工作委员会办公室离退休干部第一支部委员会"
    unit = Unit(name="示例市人力资源和社会保障局直属机关事业单位服务中心", year=2026)
    members = [Member(branch=long_name, name="古丽娜尔·艾山", department="综合处", job_title="处长")] * count
    made = make("member-roster", unit=unit, branch=BRANCH.changed(name=long_name), members=list(members))
    assert len(page_texts(made.content, tmp_path)) == 1
