"""工作计划: tasks as an article, month by month, and as a matrix; a skeleton where there is no plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from docsmith.model.dataset import Dataset
from docsmith.model.dates import PartialDate
from docsmith.model.findings import Place
from docsmith.model.records import Branch, Member, Plan, Unit
from docsmith.model.rows import RowPlace
from docsmith.rules import RuleSettings
from tests.plugins.making import BRANCH, UNIT, Made, make, manager
from tests.shares_for_tests import findings_of

NAME = BRANCH.name
MONTHS, HEADER_LINE, MATRIX = range(3)


def date(text: str) -> PartialDate:
    return PartialDate.from_iso(text)


def task(text: str = "制定学习计划", **columns: Any) -> Plan:
    given = {"level": "党支部", "area": "政治理论", "owner": "张三", **columns}
    return Plan(branch=NAME, task=text, **given)


def plan(*tasks: Plan, **more: Any) -> Made:
    return make("work-plan", plans=list(tasks), **more)


def of_month(made: Made, month: str) -> list[list[str]]:
    """Return what stands in a month: 工作内容, 责任人, 完成时限, 备注."""
    rows = made.rows(MONTHS)[1:]
    return [
        cells
        for name, *cells in rows
        if name.replace("\n", "").removesuffix("（续）") == month and any(cells)
    ]


def months_with(made: Made, text: str) -> list[str]:
    return [row[0] for row in made.rows(MONTHS)[1:] if row[1] == text]


def styled(made: Made, style: str) -> list[str]:
    return [one.text for one in made.document.paragraphs if one.style and one.style.style_id == style]


def matrix(made: Made) -> dict[tuple[str, str], str]:
    """Return the cells of the matrix by 责任主体 and 工作类别."""
    (_corner, *areas), *rows = made.rows(MATRIX)
    return {(row[0], area): cell for row in rows for area, cell in zip(areas, row[1:], strict=True)}


def test_areas_become_headings_and_are_divided_by_who_answers_where_there_are_several() -> None:
    made = plan(
        task(),
        task("组织小组学习", level="党小组"),
        task("建立责任区", area="业务工作"),
        task("分析思想状况", area="思想动态", level="党员个人"),
    )
    assert styled(made, "Heading1") == ["一、政治理论", "二、业务工作", "三、思想动态", "四、任务安排"]
    assert styled(made, "Heading2") == ["（一）党支部层面", "（二）党小组层面"]
    assert any(text.startswith("1.建立责任区。责任主体：党支部；") for text in made.paragraphs)


def test_task_is_a_paragraph_with_all_that_is_known_of_it() -> None:
    made = plan(
        task(
            measure="围绕中心工作,确定专题\n学习情况记入台账",
            participants="全体党员",
            cycle="每月",
            starts_on=date("2026-01-05"),
            due_on=date("2026-12"),
        ),
        task("组织小组学习", level="党小组"),
    )
    assert (
        "1.制定学习计划。围绕中心工作，确定专题。学习情况记入台账。责任人：张三；参与者：全体党员；周期：每月；"
        "时间：2026年1月5日至12月。"
    ) in made.paragraphs


def test_owner_and_time_limit_that_are_not_known_are_marked_and_reported() -> None:
    record = task(owner=None).read_from(RowPlace("数据.xlsx", "工作计划", 5, {"owner": "F", "due_on": "J"}))
    made = plan(record)
    assert any(
        text.endswith("责任人：（待补充）；完成时限：（待补充）。") for text in styled(made, "BodyText")
    )
    missing = {finding.place for finding in made.findings if finding.code == "field-missing"}
    assert missing == {Place("数据.xlsx", "工作计划", "F5"), Place("数据.xlsx", "工作计划", "J5")}


def test_task_without_area_or_level_is_kept() -> None:
    made = plan(task("甲", area=None, level=None), task("乙", area=None))
    assert "一、工作类别（待补充）" in made.paragraphs
    assert "（二）责任主体（待补充）" in made.paragraphs
    assert matrix(made)["未注明\n责任主体", "未注明\n工作类别"] == "1.甲（张三）"


@pytest.mark.parametrize(
    ("columns", "months"),
    [
        ({"cycle": "每月"}, [f"{month}月" for month in range(1, 13)]),
        ({"cycle": "每周", "starts_on": "2026-11-02"}, ["11月", "12月"]),
        ({"cycle": "每月", "starts_on": "2026-03", "due_on": "2026-05-20"}, ["3月", "4月", "5月"]),
        ({"cycle": "每季度", "due_on": "2026-11-30"}, ["3月", "6月", "9月", "11月"]),
        ({"cycle": "半年", "starts_on": "2026-05-01", "due_on": "2026-11-10"}, ["6月", "11月"]),
        ({"cycle": "全年", "due_on": "2026-11-30"}, ["全年"]),
        ({"cycle": "一次性", "starts_on": "2026-02-01", "due_on": "2026-04"}, ["4月"]),
        ({"starts_on": "2026-02-01"}, ["2月"]),
        ({"due_on": "2025-12-20"}, ["其他\n年度"]),
        ({"cycle": "每月", "starts_on": "2027-01-10"}, ["其他\n年度"]),
        ({"starts_on": "2025-11-01", "due_on": "2027-02-28"}, ["全年"]),
        ({}, ["时间\n待定"]),
    ],
)
def test_task_stands_in_the_months_of_its_cycle(columns: dict[str, str], months: list[str]) -> None:
    dates = {name: date(text) if name != "cycle" else text for name, text in columns.items()}
    assert months_with(plan(task("学习", **dates)), "学习") == months


def test_time_limit_is_printed_once_in_the_row_of_its_date_and_never_for_the_months_before() -> None:
    made = plan(task("学习", cycle="半年", due_on=date("2026-11-15"), note="与例会合并"))
    assert of_month(made, "6月") == [["学习", "张三", "", "半年；与例会合并"]]
    assert of_month(made, "11月") == [["学习", "张三", "11月15日", "半年；与例会合并"]]


def test_time_limit_of_a_later_year_is_printed_with_its_year_in_the_last_row() -> None:
    made = plan(task("学习", cycle="半年", due_on=date("2027-01-10")))
    assert [row[2] for row in (*of_month(made, "6月"), *of_month(made, "12月"))] == ["", "2027年1月10日"]


@pytest.mark.parametrize("cycle", ["每周", "每月", "每季度", "半年", "全年"])
def test_task_with_a_cycle_and_no_time_limit_gets_none(cycle: str) -> None:
    rows = [row for row in plan(task("学习", cycle=cycle)).rows(MONTHS)[1:] if row[1] == "学习"]
    assert {row[3] for row in rows} == {""}


def test_month_without_a_task_has_one_row_for_a_pen() -> None:
    made = plan(task(due_on=date("2026-03-31")))
    rows = [row for row in made.rows(MONTHS)[1:] if row[0] == "1月"]
    assert rows == [["1月", "", "", "", ""]]


def test_only_names_of_people_are_padded() -> None:
    made = plan(
        task("甲", due_on=date("2026-01")),
        task("乙", owner="支委", due_on=date("2026-02")),
        members=[Member(branch=NAME, name="张三")],
    )
    assert [of_month(made, month)[0][1] for month in ("1月", "2月")] == ["张　三", "支委"]
    assert matrix(made)["党支部", "政治理论"] == "1.甲（张三，1月）\n2.乙（支委，2月）"


def test_matrix_always_has_the_three_areas_and_after_them_every_other() -> None:
    made = plan(task(area="作风建设"), task(area="业务工作"))
    assert made.rows(MATRIX)[0] == ["责任主体", "政治理论", "业务工作", "思想动态", "作风建设"]
    assert [row[0] for row in made.rows(MATRIX)[1:]] == ["党支部", "党小组", "党员个人"]
    assert styled(made, "Heading1")[:2] == ["一、业务工作", "二、作风建设"]


def test_matrix_says_how_often_a_task_comes_again_rather_than_when_it_ends() -> None:
    made = plan(task("甲", cycle="每月", due_on=date("2026-12-31")), task("乙", cycle="一次性", owner=None))
    assert matrix(made)["党支部", "政治理论"] == "1.甲（张三，每月）\n2.乙"


def test_very_long_task_stands_whole_in_the_text_and_with_its_opening_in_every_month() -> None:
    long = "落实责任制，" + "长" * 10_000
    made = plan(task(long, cycle="每月"))
    opening = "落实责任制……（见正文）"
    assert sum(text.count("长") for text in made.paragraphs) == 10_000
    assert months_with(made, opening) == [f"{month}月" for month in range(1, 13)]
    assert matrix(made)["党支部", "政治理论"] == f"1.{opening}（张三，每月）"


def test_matrix_cuts_a_tall_row_and_names_it_again_without_losing_a_task() -> None:
    made = plan(*(task(f"任务{number}的内容比较长，需要好几行才能写完") for number in range(60)))
    rows = [row for row in made.rows(MATRIX)[1:] if row[0].startswith("党支部")]
    assert [row[0] for row in rows] == ["党支部", *["党支部\n（续）"] * (len(rows) - 1)]
    assert len(rows) > 1
    lines = [line for row in rows for line in row[1].split("\n")]
    assert [line.split(".")[0] for line in lines] == [str(number) for number in range(1, 61)]


def test_branch_without_a_plan_gets_a_skeleton_and_no_invented_task() -> None:
    made = plan()
    assert styled(made, "Heading1") == ["一、政治理论", "二、业务工作", "三、思想动态", "四、任务安排"]
    assert made.paragraphs.count("（待补充）") == 3
    assert [row[0] for row in made.rows(MONTHS)[1:]] == [f"{month}月" for month in range(1, 13)]
    assert {cell.strip() for row in made.rows(MONTHS)[1:] for cell in row[1:]} == {""}
    assert {cell.strip() for cell in matrix(made).values()} == {""}


def test_article_names_its_annexes_and_is_signed() -> None:
    made = plan(task())
    assert styled(made, "AnnexList") == [
        "附件：1.党支部2026年度工作任务月度安排表",
        "2.党支部2026年度工作“矩阵”图",
    ]
    assert styled(made, "AnnexTitle") == [
        "党支部2026年度工作任务月度安排表",
        "党支部2026年度工作“矩阵”图",
    ]
    assert [text for text in made.paragraphs if text.startswith("附件") and len(text) == 3] == [
        "附件1",
        "附件2",
    ]
    assert styled(made, "Signature")[0].split("\n")[0].strip("　") == NAME


def test_last_paragraph_list_of_annexes_and_signature_stay_together() -> None:
    paragraphs = plan(task()).document.paragraphs
    signature = next(index for index, one in enumerate(paragraphs) if one.style.style_id == "Signature")
    together: Iterator[bool | None] = (
        one.paragraph_format.keep_with_next or one.style.paragraph_format.keep_with_next
        for one in paragraphs[signature - 4 : signature]
    )
    assert all(together)
    assert paragraphs[signature].style.paragraph_format.keep_together


def test_long_title_breaks_between_the_organisation_and_the_document() -> None:
    branch = Branch(name="中共示例省科学技术研究院机关第一支部委员会")
    unit = Unit(name="示例", year=2026)
    assert styled(make("work-plan", branch=branch, unit=unit), "Title") == [
        "中共示例省科学技术研究院\n机关第一支部委员会\n2026年度工作计划"
    ]


@pytest.mark.parametrize("tasks", [(), (task(due_on=date("2026-03-31")),)])
def test_article_says_of_a_plan_only_what_is_true_of_any(tasks: tuple[Plan, ...]) -> None:
    first, *_tasks, last = styled(plan(*tasks), "BodyText")
    assert first == "为做好2026年度党支部工作，结合实际，制定本计划。"
    assert last == "各项任务的月度安排见附件1，责任主体与工作类别的对应关系见附件2。"


def test_task_that_ends_before_it_starts_is_reported_once_by_the_rule() -> None:
    place = RowPlace("数据.xlsx", "工作计划", 5, {"due_on": "J"})
    record = task(starts_on=date("2026-05-01"), due_on=date("2026-03-31")).read_from(place)
    dataset = Dataset(manager().schema, UNIT, {"branches": (BRANCH,), "plans": (record,)})
    found = [one for one in findings_of(dataset, manager(), RuleSettings(), 2026) if one.place.cell == "J5"]
    assert [finding.code for finding in found] == ["rule-x-12"]


def test_task_of_another_year_is_reported_and_kept_with_its_own_dates() -> None:
    made = plan(
        task("甲", due_on=date("2025-03-31")),
        task("乙", cycle="每月", starts_on=date("2027-01-05"), due_on=date("2027-03")),
        task("丙", starts_on=date("2025-11"), due_on=date("2026-02")),
    )
    assert made.codes.count("plan-other-year") == 2
    assert of_month(made, "其他年度") == [
        ["甲", "张三", "2025年3月31日", ""],
        ["乙", "张三", "2027年3月", "每月；2027年1月5日至3月"],
    ]


@pytest.mark.parametrize(
    ("report_date", "printed"),
    [
        ("2025-12-20", "2025年12月20日"),
        ("2026-03-05", "2026年3月5日"),
        ("2026-12-08", "年　　月　　日"),  # that of the year-end forms: the plan was not made then
        (None, "年　　月　　日"),
    ],
)
def test_plan_is_dated_only_by_a_day_on_which_plans_are_made(report_date: str | None, printed: str) -> None:
    made = make("work-plan", unit=Unit(name=UNIT.name, year=2026, report_date=report_date))
    assert styled(made, "Signature")[0].split("\n")[1].strip("　") == printed
