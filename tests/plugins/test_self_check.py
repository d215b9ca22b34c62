"""自检自查表: given answers, proposed ones with their evidence, and what they add up to."""

from __future__ import annotations

import pytest

from docsmith.errors import UsageError
from docsmith.model.records import Activity, Ballot, Branch, SelfCheck
from tests.plugins.making import BRANCH, Made, make, manager

NAME = BRANCH.name
HEADER_ROWS = 2
QUARTERLY = ("2026-03-05", "2026-06-12", "2026-09-03", "2026-12-04")


def meetings(*dates: str, present: int = 3) -> list[Activity]:
    return [Activity(branch=NAME, kind="支部党员大会", date=date, due=3, present=present) for date in dates]


def item(made: Made, number: int) -> dict[str, str]:
    """Return the row of an item of the form's main table."""
    titles = ("number", "group", "text", "yes", "no", "evidence", "problem", "measure")
    row = next(cells for cells in made.rows(1) if cells[0] == str(number))
    return dict(zip(titles, row, strict=True))


def result(made: Made) -> str:
    return next(
        cells[-1] for cells in made.rows(1) if cells[0] == "自查结果" and cells[-1] != "整改措施及时限"
    )


def unit_items(*rules: str) -> list[object]:
    record = manager().schema.sheets["self_check_items"].record
    return [
        record(number=str(number), group="一组", text=f"项目{number}", rules=rule)
        for number, rule in enumerate(rules, 1)
    ]


def test_given_answer_stands_with_its_evidence_and_is_not_marked_as_proposed() -> None:
    made = make(
        "self-check", self_checks=[SelfCheck(branch=NAME, item="2", answer="是", evidence="学习台账")]
    )
    row = item(made, 2)
    assert (row["yes"], row["no"], row["evidence"]) == ("√", "", "学习台账")


def test_answer_no_shows_problem_measure_and_time_limit() -> None:
    record = SelfCheck(
        branch=NAME, item="4", answer="否", problem="记录不全", measure="补齐", due_on="2026-12-31"
    )
    row = item(make("self-check", self_checks=[record]), 4)
    assert (row["no"], row["problem"], row["measure"]) == ("√", "记录不全", "补齐（2026年12月31日前完成）")


def test_not_applicable_leaves_the_denominator() -> None:
    made = make("self-check", self_checks=[SelfCheck(branch=NAME, item="11", answer="不适用")])
    assert item(made, 11)["yes"] == item(made, 11)["no"] == "／"
    assert "应评16项" in result(made)
    assert "不适用项：11" in result(made)


def test_empty_answer_is_proposed_with_evidence_and_marked_where_a_rule_decides_it() -> None:
    made = make("self-check", activities=meetings(*QUARTERLY))
    row = item(made, 10)
    assert row["yes"] == "√*"
    for day in ("3月5日", "6月12日", "9月3日", "12月4日", "每季度1次"):
        assert day in row["evidence"]
    assert any("标“*”的结果由系统" in text for text in made.paragraphs)


def test_missing_quarter_is_proposed_as_no() -> None:
    row = item(make("self-check", activities=meetings(*QUARTERLY[:2], QUARTERLY[3])), 10)
    assert (row["yes"], row["no"]) == ("", "√*")
    assert "第三季度" in row["evidence"]


def test_given_answer_is_never_replaced_by_a_proposal() -> None:
    given = [SelfCheck(branch=NAME, item="10", answer="否", evidence="以本支部意见为准")]
    row = item(make("self-check", self_checks=given, activities=meetings(*QUARTERLY)), 10)
    assert (row["yes"], row["no"], row["evidence"]) == ("", "√", "以本支部意见为准")


def test_branch_with_nothing_but_a_name_gets_a_complete_form_without_any_tick() -> None:
    made = make("self-check", branch=Branch(name="新建党支部"))
    items = [cells for cells in made.rows(1) if cells[0].isdigit()]
    assert len(items) == 17
    assert {cells[3] + cells[4] for cells in items} == {""}
    assert not any("*" in text for text in made.paragraphs)


def test_example_items_are_called_examples_and_a_units_own_are_not() -> None:
    assert any("自查项目为示例" in text for text in make("self-check").paragraphs)
    own = make("self-check", self_check_items=unit_items("", ""))
    assert not any("示例，" in text for text in own.paragraphs)
    assert [cells[0] for cells in own.rows(1)[HEADER_ROWS:-2]] == ["1", "2"]


def test_any_number_of_items_and_groups_fits() -> None:
    made = make("self-check", self_check_items=unit_items(*[""] * 60))
    assert len([cells for cells in made.rows(1) if cells[0].isdigit()]) == 60


def test_group_that_goes_on_over_a_page_is_named_again() -> None:
    made = make("self-check", self_check_items=unit_items(*[""] * 60))
    assert "一组\n（续）" in {cells[1] for cells in made.rows(1)}


@pytest.mark.parametrize(
    ("answers", "conclusion"),
    [("是是是是是是是是是是", "达标"), ("是是是是是是是是否否", "基本达标"), ("是否否", "不达标")],
)
def test_conclusion_follows_the_rates_of_the_options(answers: str, conclusion: str) -> None:
    given = [SelfCheck(branch=NAME, item=str(n), answer=answer) for n, answer in enumerate(answers, 1)]
    made = make("self-check", self_checks=given, self_check_items=unit_items(*[""] * len(answers)))
    assert result(made).endswith(f"自评结论：{conclusion}")


def test_conclusion_stays_blank_while_an_item_is_unanswered() -> None:
    assert result(make("self-check")).rstrip("　").endswith("自评结论：")


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ([SelfCheck(branch=NAME, item="99", answer="是")], "self-check-item-unknown"),
        ([SelfCheck(branch=NAME, item="1", answer="是")] * 2, "self-check-item-twice"),
        ([SelfCheck(branch=NAME, item="1", answer="否")], "self-check-unmet-unexplained"),
    ],
)
def test_answers_that_do_not_fit_are_found(records: list[SelfCheck], code: str) -> None:
    assert code in make("self-check", self_checks=records).codes
    assert code not in make("self-check", self_checks=[SelfCheck(branch=NAME, item="1", answer="是")]).codes


def test_what_a_branch_wrote_without_an_answer_stands_beside_the_proposal() -> None:
    own = SelfCheck(
        branch=NAME, item="10", evidence="会议记录本第3至9页", problem="一次记录不全", measure="补记"
    )
    row = item(make("self-check", self_checks=[own], activities=meetings(*QUARTERLY)), 10)
    assert (row["yes"], row["evidence"]) == ("√*", "会议记录本第3至9页")
    assert (row["problem"], row["measure"]) == ("一次记录不全", "补记")


def test_form_without_any_answer_leaves_its_result_to_the_pen() -> None:
    assert "0/17" not in result(make("self-check"))
    assert "不达标项：无" not in result(make("self-check"))


def test_rule_of_a_sheet_that_could_not_be_read_proposes_nothing() -> None:
    votes = Ballot(branch=NAME, item="总体评价", valid=10, satisfied=10)
    checked = {"self_check_items": unit_items("R-22"), "ballots": [votes]}
    assert item(make("self-check", **checked), 1)["yes"] == "√*"
    assert item(make("self-check", unread={"ballots"}, **checked), 1)["yes"] == ""


@pytest.mark.parametrize("rates", [{"pass_rate": 90}, {"basic_rate": 0.95}, {"basic_rate": 0}])
def test_rates_that_do_not_fit_together_are_refused(rates: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="pass_rate"):
        make("self-check", options=rates)
