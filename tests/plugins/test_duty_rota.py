"""轮值表: twelve months in four quarters, who is on duty in each, blanks where nobody is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docsmith.model.rows import Record
from tests.pages import needs_pages, page_texts
from tests.plugins.making import BRANCH, Made, make, manager

TASK = "组织集体学习"


def duty(month: str, on_duty: str = "张三", task: str = TASK, **columns: Any) -> Record:
    record = manager().schema.sheets["duties"].record
    return record(branch=BRANCH.name, month=month, on_duty=on_duty, task=task, **columns)


def rota(*duties: Record) -> Made:
    return make("duty-rota", duties=list(duties))


def months(made: Made) -> dict[str, str]:
    """Return what stands below each month."""
    _head, *rows = made.rows(1)
    return {
        month: text
        for heads, cells in zip(rows[::2], rows[1::2], strict=True)
        for month, text in zip(heads[1:], cells[1:], strict=True)
    }


def test_year_has_twelve_months_in_four_quarters() -> None:
    made = rota()
    assert list(months(made)) == [f"{month}月" for month in range(1, 13)]
    quarters = [row[0] for row in made.rows(1)[1:]]
    assert quarters == [f"第{number}\n季度" for number in "一一二二三三四四"]


def test_month_without_a_duty_is_blank_and_nothing_is_missing() -> None:
    made = rota(duty("3月"))
    assert {month for month, text in months(made).items() if text} == {"3月"}
    assert "field-missing" not in made.codes


@pytest.mark.parametrize("written", ["3月", "3", "三月", "03月", "三月份"])
def test_month_is_known_however_it_is_written(written: str) -> None:
    assert months(rota(duty(written)))["3月"] == f"张三：{TASK}"


def test_duty_says_who_when_what_and_the_remark() -> None:
    made = rota(duty("11月", "张三、欧阳慧", "协助计票", time="第三周", remark="第二党小组承办"))
    assert months(made)["11月"] == "张三、欧阳慧（第三周）：协助计票（第二党小组承办）"


def test_duties_of_a_month_are_numbered_in_the_order_of_the_sheet() -> None:
    made = rota(duty("6月", "乙"), duty("5月", "丙"), duty("6月", "甲"))
    assert months(made)["6月"] == f"1.乙：{TASK}\n2.甲：{TASK}"
    assert months(made)["5月"] == f"丙：{TASK}"


def test_row_that_says_no_month_is_a_finding_and_stands_nowhere() -> None:
    made = rota(duty("全年", "张三"))
    assert not any(months(made).values())
    assert "month-unknown" in made.codes


def test_date_of_the_rota_is_left_to_the_pen() -> None:
    header = made_header(rota())
    assert header.replace("　", "") == "制表日期：年月日"


def made_header(made: Made) -> str:
    return made.rows(0)[0][1]


@needs_pages
@pytest.mark.parametrize("duties", [0, 1])
def test_rota_of_a_duty_a_month_is_one_sheet_for_the_wall(duties: int, tmp_path: Path) -> None:
    task = "筹备支部党员大会，负责签到和记录，会后整理归档"
    rows = [duty(f"{month}月", "古丽娜尔·艾山", task, time="第一周") for month in range(1, 13)] * duties
    (page,) = page_texts(rota(*rows).content, tmp_path)
    assert "党支部书记（签字）" in page


@needs_pages
def test_header_comes_back_on_every_page_of_a_crowded_rota(tmp_path: Path) -> None:
    rows = [duty(f"{month}月", task="整理会议记录" * 8) for month in range(1, 13) for _ in range(6)]
    pages = page_texts(rota(*rows).content, tmp_path)
    assert len(pages) > 2
    assert all("轮值安排" in page for page in pages)
    assert "".join(pages).count("张三：") == len(rows)
    assert all(words in pages[-1] for words in ("张三：", "党支部书记（签字）"))


@needs_pages
def test_quarter_is_named_on_the_page_of_its_months(tmp_path: Path) -> None:
    rows = [duty(f"{month}月", task="整理会议记录" * 4) for month in range(1, 13) for _ in range(4)]
    pages = page_texts(rota(*rows).content, tmp_path)
    assert len(pages) > 1
    named = ["".join(page.split()) for page in pages]
    for number, month in zip("一二三四", (1, 4, 7, 10), strict=True):
        (page,) = (one for one in named if f"第{number}季度" in one)
        assert f"{month}月{month + 1}月{month + 2}月" in page
