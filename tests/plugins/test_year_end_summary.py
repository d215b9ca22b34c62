"""年终总结: every figure from the records, the branch's own words in order, the activities as an annex."""

from __future__ import annotations

from typing import Any

from docsmith.model.dates import PartialDate
from docsmith.model.records import (
    Activity,
    Ballot,
    Branch,
    Member,
    Problem,
    Summary,
    Talk,
    Unit,
)
from docsmith.model.survey import Formula, Survey
from tests.plugins.making import BRANCH, Made, make

NAME = BRANCH.name


def date(text: str) -> PartialDate:
    return PartialDate.from_iso(text)


def member(name: str = "张三", **columns: Any) -> Member:
    return Member(branch=NAME, name=name, **columns)


def activity(kind: str = "支委会", on: str = "2026-03-05", **columns: Any) -> Activity:
    return Activity(branch=NAME, kind=kind, date=date(on), **columns)


def passage(section: str, content: str, heading: str | None = None) -> Summary:
    return Summary(branch=NAME, section=section, content=content, heading=heading)


def problem(**columns: Any) -> Problem:
    return Problem(branch=NAME, problem="记录不全", **columns)


def ballot(item: str = "总体评价", **columns: Any) -> Ballot:
    votes = {"issued": 18, "returned": 18, "valid": 18, "satisfied": 15, "mostly_satisfied": 2, **columns}
    return Ballot(branch=NAME, item=item, dissatisfied=1, unknown=0, **votes)


def summary(**more: Any) -> Made:
    return make("year-end-summary", **more)


def styled(made: Made, style: str) -> list[str]:
    return [one.text for one in made.document.paragraphs if one.style and one.style.style_id == style]


def below(made: Made, heading: str) -> list[str]:
    """Return the paragraphs of text below a heading, up to the next one."""
    found = iter(made.document.paragraphs)
    next(one for one in found if one.text == heading)
    texts = []
    for one in found:
        if one.style.style_id != "BodyText":
            break
        texts.append(one.text)
    return texts


def rows(made: Made) -> list[list[str]]:
    return made.rows(0)[1:]


def test_members_of_unknown_ethnicity_are_said_to_be_so() -> None:
    made = summary(
        members=[
            member("张三", gender="男", born_on=date("1990-01"), education="研究生", group="第一党小组"),
            member("李四", gender="女", born_on=date("1970-01"), education="大学本科", ethnicity="满族"),
            member("王五", gender="男", born_on=date("1980-01"), education="大学本科", status="预备党员"),
            member("赵六", status="入党积极分子"),
        ]
    )
    assert "少数民族党员1人，另有2人民族（待补充）。" in below(made, "（一）组织和党员队伍情况")[0]


def test_members_are_counted_by_kind_gender_age_and_education() -> None:
    made = summary(
        members=[
            member(
                "张三",
                gender="男",
                born_on=date("1990-01"),
                education="研究生",
                ethnicity="汉族",
                group="甲组",
            ),
            member("李四", gender="女", born_on=date("1970-01"), education="大学本科", ethnicity="满族"),
            member(
                "王五",
                gender="男",
                born_on=date("1980-01"),
                education="本科",
                ethnicity="汉",
                status="预备党员",
            ),
            member("赵六", status="入党积极分子"),
        ]
    )
    assert below(made, "（一）组织和党员队伍情况")[0] == (
        "截至2026年12月8日，党支部共有党员3人，其中正式党员2人、预备党员1人；另有入党积极分子1人。"
        "男党员2人、女党员1人、少数民族党员1人。从年龄看，36至45岁1人、46至59岁2人，平均年龄46.0岁。"
        "从学历看，硕士及以上学历学位1人、本科2人。设党小组1个。"
    )


def test_what_is_known_of_nobody_is_left_out_and_what_is_unknown_of_some_is_said() -> None:
    made = summary(members=[member("张三", gender="男"), member("李四")])
    assert below(made, "（一）组织和党员队伍情况")[0] == (
        "截至2026年12月8日，党支部共有党员2人，均为正式党员。男党员1人，另有1人性别（待补充）。"
    )


def test_committee_names_each_person_once_with_all_posts() -> None:
    branch = Branch(
        name=NAME,
        secretary="张三",
        deputy_secretary="李四",
        discipline_member="李四",
        other_members=("王五",),
        term_started_on=date("2024-03"),
    )
    assert below(summary(branch=branch), "（一）组织和党员队伍情况")[1] == (
        "支部委员会由书记张三、副书记兼纪检委员李四、委员王五组成，本届任期自2024年3月起，至2027年3月届满。"
    )


def test_branch_without_a_committee_has_a_secretary_only() -> None:
    texts = below(summary(branch=Branch(name=NAME, secretary="张三")), "（一）组织和党员队伍情况")
    assert texts[1] == "党支部工作由书记张三负责。"


def test_activities_are_counted_by_kind_and_nothing_is_counted_as_zero() -> None:
    made = summary(
        activities=[
            activity("支委会", due=5, present=5),
            activity("支委会"),
            activity("主题党日", due=15, present=14),
            activity("集体学习"),
            activity("支委会", "2026-12-20"),
        ]
    )
    assert below(made, "（二）组织生活情况") == [
        "截至2026年12月8日，本年度召开支委会2次，开展主题党日1次，组织集体学习1次，共计4次。"
        "按记有应到、实到人数的活动统计，到会率为95.0%。"
    ]


def test_whole_year_is_called_the_year() -> None:
    made = summary(unit=Unit(name="示例", year=2026), activities=[activity()])
    assert below(made, "（二）组织生活情况") == ["2026年，召开支委会1次。"]


def test_talks_name_who_took_part() -> None:
    talk = Talk(branch=NAME, date=date("2026-05-12"), talker="张三", listener="李四")
    heading = "（三）谈心谈话和问题整改情况"
    everybody = [member("张三"), member("李四")]
    assert below(summary(talks=[talk], members=everybody), heading)[0].startswith(
        "开展谈心谈话1次，覆盖全体党员。"
    )
    more = summary(talks=[talk], members=[*everybody, member("王五")])
    assert below(more, heading)[0].startswith("开展谈心谈话1次，2名党员参加。")
    assert below(summary(talks=[talk]), heading)[0].startswith("开展谈心谈话1次。")


def test_problems_are_counted_by_status_with_the_closing_rate_and_what_is_overdue() -> None:
    made = summary(
        problems=[
            problem(category="班子建设", status="已销号"),
            problem(category="班子建设", status="正在整改", due_on=date("2026-06-30")),
            problem(category="制度建设"),
        ]
    )
    assert below(made, "（三）谈心谈话和问题整改情况")[0] == (
        "谈心谈话情况（待补充）。查摆2个方面问题3个，其中已销号1个、正在整改1个，1个状态（待补充），销号率33.3%，逾期未销号1个。"
    )


def test_survey_prints_the_formula_that_it_was_counted_with() -> None:
    heading = "（四）群众满意率测评情况"
    assert below(summary(ballots=[ballot()]), heading) == [
        "发放测评票18张、收回18张、有效票18张，总体评价满意15票、基本满意2票、不满意1票，"
        "按满意率=（满意票+基本满意票）÷有效票×100%计算，满意率94.4%。"
    ]
    by_points = Survey(formula=Formula.C)
    assert below(summary(ballots=[ballot()], survey=by_points), heading)[0].endswith(
        "÷（满意票+基本满意票+不满意票）计算，满意度92.8分。"
    )


def test_votes_on_several_items_are_not_called_ballots() -> None:
    texts = below(summary(ballots=[ballot("班子建设"), ballot("队伍建设")]), "（四）群众满意率测评情况")
    assert texts[0].startswith("各项合计满意30票")


def test_survey_in_grades_of_the_unit_says_what_the_tally_says() -> None:
    own = Survey(("好", "较好", "一般", "差"), satisfied=("好", "较好"), points=())
    row = Ballot(
        branch=NAME, item="总体评价", valid=17, extra={"好": "14", "较好": "2", "一般": "1", "差": "0"}
    )
    text = below(summary(ballots=[row], survey=own), "（四）群众满意率测评情况")[0]
    assert text.endswith("好14票、较好2票、一般1票，按满意率=（好票+较好票）÷有效票×100%计算，满意率94.1%。")
    tally = make("satisfaction-survey", ballots=[row], survey=own)
    assert tally.rows(2)[1][3:] == ["14\n82.3%", "2\n11.8%", "1\n5.9%", "0\n0.0%", "94.1"]


def test_whole_and_round_rates_have_their_decimal_as_in_the_problem_list() -> None:
    problems = [problem(status="已销号")] * 2 + [problem(status="正在整改")] * 3
    assert "销号率40.0%" in below(summary(problems=problems), "（三）谈心谈话和问题整改情况")[0]
    assert any("销号率40.0%" in cell for cell in make("problem-list", problems=problems).rows(1)[-1])


def test_passages_become_numbered_sections_in_the_order_of_the_form() -> None:
    made = summary(
        summaries=[
            passage("下一步打算", "抓好落实。"),
            passage("工作成效", "成效明显。", "作用更加明显"),
            passage("主要工作", "组织学习,交流体会。\n\n开展活动。", "（一）强化政治引领。"),
            passage("主要工作", "总的情况。"),
            passage("其他", "无。"),
        ]
    )
    assert styled(made, "Heading1") == [
        "一、基本情况",
        "二、主要工作及成效",
        "三、存在的不足",
        "四、下一步打算",
        "五、其他需要说明的情况",
    ]
    assert below(made, "二、主要工作及成效") == ["总的情况。"]
    assert below(made, "（一）强化政治引领") == ["组织学习，交流体会。", "开展活动。"]
    assert below(made, "（二）作用更加明显") == ["成效明显。"]
    assert below(made, "三、存在的不足") == ["（待补充）"]
    assert below(made, "五、其他需要说明的情况") == ["无。"]


def test_only_heading_of_a_section_has_no_number() -> None:
    made = summary(summaries=[passage("主要工作", "组织学习。", "1、强化政治引领")])
    assert styled(made, "Heading2")[-1] == "强化政治引领"


def test_branch_with_nothing_gets_every_section_and_no_zero() -> None:
    made = summary()
    assert styled(made, "Heading1")[1:] == ["二、主要工作及成效", "三、存在的不足", "四、下一步打算"]
    texts = styled(made, "BodyText")
    assert texts.count("（待补充）") == 3
    assert "党支部工作由书记（待补充）负责。" in texts
    assert not any("0" in text.replace("2026", "") for text in texts)
    assert made.codes.count("field-missing") == 9
    assert {"".join(row) for row in rows(made)} == {""}


def test_annex_lists_the_activities_oldest_first_with_totals() -> None:
    made = summary(
        activities=[
            activity("主题党日", "2026-05", topic="参观展览。", chair="张三", due=18, present=17),
            activity("党小组会", "2026-03-05", topic="学习讨论", group="第一党小组"),
        ]
    )
    first, second, *empty, total = rows(made)
    assert first == ["1", "3月5日", "党小组会", "学习讨论（第一党小组）", "", "", ""]
    assert second == ["2", "5月", "主题党日", "参观展览", "18", "17", "张　三"]
    assert all(not any(row) for row in empty)
    assert list(dict.fromkeys(total)) == ["合计", "共2次：党小组会1次、主题党日1次；到会率94.4%"]


def test_long_list_of_activities_is_whole_and_has_no_empty_row() -> None:
    made = summary(activities=[activity(topic=f"学习{number}") for number in range(120)])
    assert [row[0] for row in rows(made)[:-1]] == [str(number) for number in range(1, 121)]


def test_header_of_the_annex_comes_back_and_its_total_keeps_to_the_last_rows() -> None:
    table = summary(activities=[activity()] * 60).document.tables[0]
    assert table.rows[0]._tr.trPr.xpath("./w:tblHeader")
    kept = [row.cells[3].paragraphs[0].paragraph_format.keep_with_next for row in table.rows[1:-1]]
    assert kept == [None] * 58 + [True, True]
