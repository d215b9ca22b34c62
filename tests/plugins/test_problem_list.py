"""自查自检问题清单: problems by category, what is overdue, and totals that come from the list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docsmith.model.findings import Place
from docsmith.model.records import Problem, Unit
from docsmith.model.rows import RowPlace
from tests.pages import needs_pages, page_texts
from tests.plugins.making import BRANCH, Made, make

NAME = BRANCH.name
TITLES = (
    "number", "category", "problem", "source", "measure", "leader", "owner", "due_on", "progress", "settled",
)  # fmt: skip


def problem(text: str = "会议记录不全", **columns: Any) -> Problem:
    return Problem(branch=NAME, problem=text, **columns)


def form(*problems: Problem, **more: Any) -> Made:
    return make("problem-list", problems=list(problems), **more)


def rows(made: Made) -> list[dict[str, str]]:
    """Return the rows between the header and the totals, the empty ones included."""
    return [dict(zip(TITLES, cells, strict=True)) for cells in made.rows(1)[1:-1]]


def filled(made: Made) -> list[dict[str, str]]:
    return [row for row in rows(made) if row["problem"]]


def total(made: Made) -> str:
    label, *text = dict.fromkeys(made.rows(1)[-1])
    assert label == "合计"
    return "".join(text)


def test_categories_stand_in_order_of_first_appearance_and_numbers_run_through() -> None:
    listed = [("乙", "一"), ("甲", "二"), ("乙", "三"), ("甲", "四")]
    made = form(*(problem(text, category=category) for category, text in listed))
    assert [(row["number"], row["category"], row["problem"]) for row in filled(made)] == [
        ("1", "乙", "一"),
        ("2", "乙", "三"),
        ("3", "甲", "二"),
        ("4", "甲", "四"),
    ]


def test_category_is_one_cell_merged_downwards() -> None:
    table = form(problem(category="甲"), problem(category="甲"), problem(category="乙")).document.tables[1]
    first, second, third = (table.rows[number].cells[1]._tc for number in (1, 2, 3))
    assert first is second
    assert second is not third


def test_problem_without_a_category_stands_under_its_own_heading_and_is_reported() -> None:
    record = problem().read_from(RowPlace("数据.xlsx", "问题清单", 5, {"category": "B"}))
    made = form(record)
    assert filled(made)[0]["category"] == "未分类"
    places = {finding.code: finding.place for finding in made.findings}
    assert places["problem-uncategorised"] == Place("数据.xlsx", "问题清单", "B5")
    assert "方面" not in total(made)


def test_overdue_problem_says_so_in_its_row_and_in_the_total() -> None:
    made = form(
        problem("逾期的", due_on="2026-11-30", status="正在整改"),
        problem("当天到期的", due_on="2026-12-08", status="正在整改"),
        problem("已销号的", due_on="2026-11-30", status="已销号", closed_on="2026-12-01"),
        problem("长期的", due_on="2026-11-30", status="长期坚持"),
    )
    assert [row["problem"] for row in filled(made) if "逾期" in row["due_on"]] == ["逾期的"]
    assert "逾期未销号1个" in total(made)


def test_overdue_is_counted_at_the_report_date_which_the_note_names() -> None:
    late = problem(due_on="2026-11-30", status="正在整改")
    made = form(late, unit=Unit(name="示例研究所", year=2026, report_date="2026-11-01"))
    assert "逾期未销号0个" in total(made)
    assert any("截至2026年11月1日" in text for text in made.paragraphs)


def test_totals_come_from_the_list() -> None:
    made = form(
        problem(category="甲", status="已销号", closed_on="2026-06-25"),
        problem(category="甲"),
        problem(category="乙"),
    )
    assert total(made).startswith("共2个方面3个问题，已销号1个，销号率33.3%")


def test_symptom_target_and_evidence_stand_below_what_they_belong_to() -> None:
    made = form(
        problem(symptom="缺两次", measure="补齐", target="全年齐全", progress="在办", evidence="第3页")
    )
    row = filled(made)[0]
    assert row["problem"] == "会议记录不全\n表现：缺两次"
    assert row["measure"] == "补齐\n目标：全年齐全"
    assert row["progress"] == "在办\n佐证：第3页"


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        ({"status": "已销号", "closed_on": "2026-06-25"}, "已销号\n2026年\n6月25日"),
        ({"closed_on": "2026-06-25"}, "已销号\n2026年\n6月25日"),
        ({"status": "已销号"}, "已销号\n（待补充）"),
        ({"status": "已完成", "done_on": "2026-06-20"}, "已完成\n2026年\n6月20日"),
        ({"status": "正在整改", "done_on": "2026-06-20"}, "正在整改"),
        ({}, ""),
    ],
)
def test_last_column_shows_the_status_and_its_date(columns: dict[str, str], shown: str) -> None:
    assert filled(form(problem(**columns)))[0]["settled"] == shown


def test_missing_duties_are_marked_and_listed_with_their_cells() -> None:
    record = problem().read_from(RowPlace("数据.xlsx", "问题清单", 5, {"due_on": "K"}))
    made = form(record)
    row = filled(made)[0]
    assert [row[name] for name in ("measure", "leader", "owner", "due_on")] == ["（待补充）"] * 4
    assert (row["source"], row["progress"], row["settled"]) == ("", "", "")
    assert Place("数据.xlsx", "问题清单", "K5") in [finding.place for finding in made.findings]


def test_lasting_duty_needs_no_time_limit() -> None:
    assert filled(form(problem(status="长期坚持")))[0]["due_on"] == "长期"


def test_several_owners_stand_one_to_a_line_and_short_names_are_padded() -> None:
    row = filled(form(problem(leader="张三", owner="李四、买买提·艾力")))[0]
    assert (row["leader"], row["owner"]) == ("张　三", "李　四\n买买提·\n艾力")


@pytest.mark.parametrize("count", [0, 1, 3])
def test_short_list_is_filled_with_empty_rows(count: int) -> None:
    made = form(*(problem(category="甲") for _ in range(count)))
    assert len(filled(made)) == count
    assert len(rows(made)) >= 5
    assert "None" not in total(made)


def test_empty_list_leaves_the_totals_to_the_pen() -> None:
    assert total(form()) == "共　　　个方面　　　个问题，已销号　　　个，销号率　　　%，逾期未销号　　　个。"


def test_text_of_3000_characters_arrives_whole() -> None:
    assert filled(form(problem("长" * 3000)))[0]["problem"] == "长" * 3000


def many(count: int = 33, categories: int = 10) -> list[Problem]:
    return [
        problem("支委会研究党建工作不够及时，个别月份没有记录", category=f"第{number % categories}类")
        for number in range(count)
    ]


def test_long_list_counts_every_problem_and_has_no_empty_rows() -> None:
    made = form(*many())
    assert [row["number"] for row in rows(made)] == [str(number) for number in range(1, 34)]
    assert total(made).startswith("共10个方面33个问题")


@needs_pages
def test_header_comes_back_and_a_category_is_named_again_on_each_page_it_reaches(tmp_path: Path) -> None:
    pages = page_texts(form(*many(categories=1)).content, tmp_path)
    assert all("存在问题" in page for page in pages)
    with_problems = [page for page in pages if "支委会" in page]
    assert len(with_problems) > 1
    assert ["（续）" in page for page in with_problems] == [False, *[True] * (len(with_problems) - 1)]


@needs_pages
@pytest.mark.parametrize("count", [0, 1])
def test_short_list_takes_one_page(count: int, tmp_path: Path) -> None:
    long_name = "中共示例市直属机关工作委员会办公室离退休干部第一支部委员会"
    branch = BRANCH.changed(name=long_name)
    problems = [Problem(branch=long_name, problem="会议记录不全", category="甲")] * count
    made = make("problem-list", branch=branch, problems=list(problems))
    assert len(page_texts(made.content, tmp_path)) == 1
