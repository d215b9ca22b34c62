"""验收评分表: items in groups, scores beside them, sums that never pretend, blanks for the pen."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from tools.make_templates import ROOT

from docsmith.model.rows import Record
from tests.pages import needs_pages, page_texts
from tests.plugins.making import BRANCH, Made, make, manager

TITLES = ("number", "group", "text", "points", "criteria", "own_score", "score", "reason", "remark")
EXAMPLE = "验收项目和评分标准为示例"
POINTS = {
    "组织设置标准化": 15,
    "职责任务明晰化": 20,
    "工作机制科学化": 15,
    "组织生活严格化": 25,
    "党员作用常态化": 15,
    "保障机制精准化": 10,
}


def record(sheet: str, **columns: Any) -> Record:
    return manager().schema.sheets[sheet].record(**columns)


def item(number: str, group: str, points: str, text: str = "内容") -> Record:
    return record("acceptance_score_items", number=number, group=group, text=text, points=points)


def mark(number: int | str, **columns: str) -> Record:
    return record("acceptance_marks", branch=BRANCH.name, number=str(number), **columns)


def full_marks(column: str) -> list[Record]:
    with (ROOT / "plugins/acceptance-score/items.csv").open(encoding="utf-8", newline="") as stream:
        return [mark(line["编号"], **{column: line["分值"]}) for line in csv.DictReader(stream)]


def score(*marks: Record, **more: Any) -> Made:
    return make("acceptance-score", acceptance_marks=list(marks), **more)


def rows(made: Made) -> list[dict[str, str]]:
    """Return the rows between the header and the boxes to sign."""
    return [dict(zip(TITLES, cells, strict=True)) for cells in made.rows(1)[1:-1]]


def items(made: Made) -> list[dict[str, str]]:
    return [row for row in rows(made) if row["number"] not in ("小计", "总分")]


def sums(made: Made, column: str) -> list[str]:
    """Return the subtotals of a column, and its total."""
    return [row[column] for row in rows(made) if row["number"] in ("小计", "总分")]


def test_example_set_has_19_items_that_add_up_to_100_and_says_that_it_is_one() -> None:
    made = score()
    assert [row["number"] for row in items(made)] == [str(number) for number in range(1, 20)]
    assert dict.fromkeys(row["group"] for row in items(made)) == dict.fromkeys(POINTS)
    assert sums(made, "points") == [*map(str, POINTS.values()), "100"]
    assert any(EXAMPLE in text for text in made.paragraphs)


def test_group_is_one_merged_cell_over_its_items() -> None:
    column = [row.cells[1] for row in score().document.tables[1].rows[1:4]]
    assert len({cell._tc for cell in column}) == 1


def test_branch_that_was_never_scored_has_blanks_for_the_pen_and_nothing_missing() -> None:
    made = score()
    blank = ("own_score", "score", "reason", "remark")
    assert {row[name] for row in items(made) for name in blank} == {""}
    assert set(sums(made, "own_score") + sums(made, "score")) == {""}
    assert rows(made)[-1]["reason"] == "等次："
    assert made.rows(0)[0][1].replace("　", "") == "验收日期：年月日"
    assert "field-missing" not in made.codes


def test_scores_stand_beside_their_items_and_are_added_up() -> None:
    own = {one.number: one for one in full_marks("own_score")}
    own["11"] = mark(11, own_score="6.5", score="6", reason="6月党课无讲稿", remark="已补")
    made = score(*reversed(own.values()))
    row = items(made)[10]
    assert [row[name] for name in TITLES[5:]] == ["6.5", "6", "6月党课无讲稿", "已补"]
    assert sums(made, "own_score") == ["15", "20", "15", "24.5", "15", "10", "99.5"]


def test_sum_that_lacks_a_score_is_left_to_the_pen_and_never_smaller() -> None:
    made = score(*full_marks("score")[:-1])
    assert sums(made, "score") == ["15", "20", "15", "25", "15", "", ""]


def test_score_of_zero_is_a_score() -> None:
    made = score(mark(3, score="0", reason="届满未换届"))
    assert items(made)[2]["score"] == "0"


def test_zero_without_a_reason_and_answers_to_no_item_are_findings() -> None:
    made = score(mark(3, score="0"), mark(99, score="5"))
    assert {"A-01"} <= set(made.codes)
    assert any("99" in finding.message for finding in made.findings)


def test_grade_and_day_are_printed_where_they_are_given() -> None:
    given = record("acceptance_results", branch=BRANCH.name, accepted_on="2026-12-03", grade="优秀")
    made = score(acceptance_results=[given])
    assert rows(made)[-1]["reason"] == "等次：优秀"
    assert made.rows(0)[0][1] == "验收日期：2026年12月3日"


def test_items_of_the_unit_replace_the_examples() -> None:
    own = [item("1", "甲组", "30"), item("2", "甲组", "30"), item("3", "乙组", "40.5")]
    made = score(mark(2, score="29"), acceptance_score_items=own)
    assert [row["group"] for row in items(made)] == ["甲组", "甲组", "乙组"]
    assert sums(made, "points") == ["60", "40.5", "100.5"]
    assert not any(EXAMPLE in text for text in made.paragraphs)


def test_both_sides_sign() -> None:
    ours, theirs = dict.fromkeys(score().rows(1)[-1])
    assert "党支部书记（签字）" in ours
    assert "验收组组长（签字）" in theirs
    assert "成员（签字）" in theirs


@needs_pages
def test_no_group_of_the_examples_is_torn_between_pages(tmp_path: Path) -> None:
    pages = page_texts(score(*full_marks("score")).content, tmp_path)
    assert len(pages) == 3
    assert [page.count("小计") for page in pages] == [2, 2, 2]
    assert all("评分标准" in page for page in pages)
    assert "验收组意见" in pages[-1]


@needs_pages
@pytest.mark.parametrize("groups", [1, 4])
def test_many_items_fill_their_pages_from_the_first_on(groups: int, tmp_path: Path) -> None:
    own = [
        item(str(number), f"第{number % groups}方面", "1", "内容很长的验收项目" * (1 + number % 6))
        for number in range(120)
    ]
    pages = page_texts(score(acceptance_score_items=own).content, tmp_path)
    assert all(page.count("验收项目") > 5 for page in pages[:-1])
    assert all("评分标准" in page for page in pages[:-1])
    assert [("总分" in page) for page in pages].count(True) == 1
