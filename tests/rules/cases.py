"""For every rule: data that it objects to, and data that it has nothing against.

A case is a dossier (a dataset for a rule of the unit), or a pair of one and the parameters to use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docsmith.model.dataset import Dataset
from docsmith.model.dossier import Dossier
from docsmith.model.survey import Formula, Survey
from tests.rules.branches import QUARTERLY, dataset, dossier, meetings, monthly, people

Said = dict[str, Any]
Make = Callable[[], Dossier | Dataset]
COMMITTEE = {"secretary": "党员1", "organisation_member": "党员2", "publicity_member": "党员3"}
FULL_COMMITTEE = {**COMMITTEE, "discipline_member": "党员4", "other_members": ("党员5",)}
MINUTES = "学习党的二十届四中全会精神，讨论全年工作计划。"
HIGH, LOW = {"satisfied": 16, "mostly_satisfied": 2}, {"satisfied": 5, "mostly_satisfied": 4}
POINTS = Survey(formula=Formula.C)
VOTES = {"item": "总体评价", "due": 18, "issued": 18, "returned": 18, "valid": 18, "unknown": 0}


@dataclass(frozen=True)
class Case:
    """One example: what it shows, the data, and the parameters that differ from the defaults."""

    rule: str
    shows: str
    make: Make
    parameters: Said = field(default_factory=dict)


def _branch(**said: Any) -> Make:
    return lambda: dossier(**said)


def _unit(*said: Any, **more: Any) -> Make:
    return lambda: dataset(*said, **more)


def _meeting(kind: str = "支部党员大会", date: str = "03-05", **said: Any) -> Make:
    return _branch(activities=meetings(kind, date, **said))


def _member(**said: Any) -> Make:
    return _branch(report_date="2026-12-08", members=[{"name": "张三", **said}])


def _problem(**said: Any) -> Make:
    return _branch(report_date="2026-12-08", problems=[{"problem": "支委会研究党建工作不够及时", **said}])


def _ballot(**said: Any) -> Make:
    return _branch(members=people(18), ballots=[{**VOTES, **said}])


def _own_ballot(*votes: int) -> Make:
    grades = ("好", "较好", "差")
    extra = {grade: str(number) for grade, number in zip(grades, votes)}
    survey = Survey(grades, satisfied=("好", "较好"))
    return _branch(ballots=[{"item": "总体评价", "valid": 18, "extra": extra}], survey=survey)


def _text(content: str, **said: Any) -> Make:
    return _branch(summaries=[{"section": "主要工作", "content": content}], **said)


def _talk(listener: str) -> Make:
    return _branch(talks=[{"date": "2026-05-12", "talker": "张三", "listener": listener}])


STUDIES = {"activities": meetings("集体学习", *(f"{month:02d}-12" for month in range(1, 10)))}
GROUPS = [{"name": "张三", "group": "第一党小组"}, {"name": "李四", "group": "第二党小组"}]

TRIGGERS = [
    Case("R-01", "two full members", _branch(members=[*people(2), {"name": "丙", "status": "预备党员"}])),
    Case("R-02", "51 members", _branch(members=people(51))),
    Case("R-03", "seven full members, no committee", _branch(members=people(7))),
    Case(
        "R-03",
        "committee of eight",
        _branch(
            members=people(9),
            about={**FULL_COMMITTEE, "other_members": tuple(f"党员{n}" for n in range(5, 9))},
        ),
    ),
    Case(
        "R-03",
        "posts empty",
        _branch(members=people(9), about={"secretary": "甲", "other_members": ("乙", "丙")}),
    ),
    Case("R-04", "six full members with a committee", _branch(members=people(6), about=COMMITTEE)),
    Case("R-05", "six units", _branch(about={"kind": "联合支部", "covered_units": 6})),
    Case("R-06", "term over", _branch(report_date="2026-12-08", about={"term_started_on": "2023-06-18"})),
    Case("R-06", "no secretary", _branch(about={"organisation_member": "乙"})),
    Case("R-07", "term ends in three months", _branch(about={"term_started_on": "2024-03-18"})),
    Case("R-07", "extended by two years", _branch(about={"term_started_on": "2021-06-18"})),
    Case(
        "R-08",
        "nothing in the third quarter",
        _branch(activities=meetings("支部党员大会", "03-05", "06-12", "12-04")),
    ),
    Case("R-09", "8 of 18 present", _meeting(due=18, present=8, resolution="表决通过工作计划")),
    Case("R-09", "9 of 18 where more than half is asked", _meeting(due=18, present=9), {"strict": True}),
    Case("R-09b", "passed with 9 votes of 18", _meeting(due=18, present=18, resolution="赞成9票，表决通过")),
    Case(
        "R-10",
        "no meeting in July",
        _branch(members=people(9), activities=[a for a in monthly("支委会") if "-07-" not in a["date"]]),
    ),
    Case(
        "R-10b",
        "two of five present",
        _branch(members=people(9), activities=monthly("支委会", due=5, present=2)),
    ),
    Case(
        "R-11",
        "second group never met",
        _branch(members=GROUPS, activities=monthly("党小组会", group="第一小组")),
    ),
    Case(
        "R-11",
        "the only group missed December",
        _branch(members=GROUPS[:1], activities=monthly("党小组会", until=11)),
    ),
    Case("R-12", "nothing in December", _branch(activities=monthly("主题党日", until=11))),
    Case("R-12", "far from the fixed day", _branch(activities=monthly("主题党日")), {"fixed_day": 25}),
    Case("R-13", "two in the year", _branch(activities=meetings("党课", "03-05", "09-03"))),
    Case(
        "R-13",
        "a lecture at a theme day",
        _branch(activities=meetings("主题党日", *QUARTERLY, topic="书记讲专题党课")),
    ),
    Case("R-14", "none in the year", _meeting()),
    Case("R-14", "only preparations", _meeting(topic="部署组织生活会准备工作")),
    Case("R-14", "held in January", _meeting("组织生活会", "01-20")),
    Case("R-14", "studied the rules of it", _meeting("集体学习", topic="学习组织生活会有关规定")),
    Case("R-14", "held as a general meeting", _meeting(date="12-04", topic="2026年度组织生活会")),
    Case("R-15", "none in the year", _meeting()),
    Case("R-15", "at the 组织生活会", _meeting("组织生活会", "12-04", topic="组织生活会和民主评议党员")),
    Case(
        "R-16",
        "one member left out",
        _branch(members=people(3), talks=[{"date": "2026-05-12", "talker": "党员1", "listener": "党员2"}]),
    ),
    Case(
        "R-16",
        "one talk with everybody",
        _branch(members=people(3), talks=[{"date": "2026-05-12", "talker": "党员1", "listener": "全体党员"}]),
    ),
    Case("R-16", "no talk recorded beside meetings", _meeting()),
    Case(
        "R-17",
        "chaired by somebody else",
        lambda: dossier(about=COMMITTEE, activities=meetings("支委会", "03-05", chair="王五")),
    ),
    Case("R-17b", "none in the year", _meeting()),
    Case("R-17b", "attended somebody else's", _meeting("其他", topic="参加局党委书记述职会")),
    Case("R-18", "10 yuan on 4000", _member(extra={"月收入": "4000", "党费": "10"})),
    Case("R-19", "joined at 17", _member(born_on="1990-05-01", joined_on="2008-04-01")),
    Case("R-19", "full member after half a year", _member(joined_on="2010-07-01", full_on="2011-01-01")),
    Case("R-19", "three years on probation", _member(status="预备党员", joined_on="2023-07-01")),
    Case(
        "R-19",
        "on trial for half a year",
        _member(extra={"确定为入党积极分子时间": "2020.3.1", "确定为发展对象时间": "2020年9月1日"}),
    ),
    Case("R-20", "a member with 20 hours", _branch(members=[{"name": "甲", "extra": {"学时": "20"}}])),
    Case(
        "R-20",
        "the secretary with 40 hours",
        _branch(about={"secretary": "甲"}, members=[{"name": "甲", "extra": {"学时": "40"}}]),
    ),
    Case("R-20", "activities of 4 hours", _meeting("集体学习", extra={"学时": "4学时"})),
    Case(
        "R-21",
        "half are excellent",
        _branch(
            members=[
                {"name": "甲", "extra": {"评议结果": "优秀"}},
                {"name": "乙", "extra": {"评议结果": "合格"}},
            ]
        ),
    ),
    Case(
        "R-21",
        "a grade on probation",
        _branch(members=[*people(3), {"name": "乙", "status": "预备党员", "extra": {"评议结果": "合格"}}]),
    ),
    Case("R-22", "half are satisfied", _ballot(**LOW, dissatisfied=9)),
    Case("R-22", "half are satisfied, in the unit's own grades", _own_ballot(5, 4, 9)),
    Case("R-23", "past its time limit", _problem(due_on="2026-06-30", status="正在整改")),
    Case("R-24", "nothing in December", _branch(activities=monthly("其他", until=11))),
    Case("E-01", "14 of 18 at the election", _meeting(topic="支部换届选举大会", due=18, present=14)),
    Case(
        "E-03",
        "a committee member on probation",
        _branch(about=COMMITTEE, members=[{"name": "党员1"}, {"name": "党员2", "status": "预备党员"}]),
    ),
    Case(
        "J-01",
        "a hundred members under a 党总支",
        _unit({"甲支部": people(60), "乙支部": people(40)}, name="示例局", superior="中共示例局总支部委员会"),
    ),
    Case(
        "J-02",
        "sixty members under a 党委",
        _unit({"甲支部": people(30), "乙支部": people(30)}, name="示例局", superior="中共示例局委员会"),
    ),
    Case("J-03", "a term of four years", _unit({"甲支部": []}, about={"term_years": 4})),
    Case("X-01", "no record of the year", _branch(activities=meetings("支委会", "2025-03-05"))),
    Case(
        "X-02",
        "more due than in the roster",
        _branch(members=people(17), activities=meetings("支部党员大会", "03-05", due=18)),
    ),
    Case(
        "X-02",
        "fewer due than in the roster",
        _branch(members=people(19), activities=meetings("支部党员大会", "03-05", due=18)),
    ),
    Case("X-04", "joined before born", _member(born_on="1990-05-01", joined_on="1989-05-01")),
    Case("X-04", "joined after the report", _member(joined_on="2027-01-01")),
    Case(
        "X-05", "on probation with a date of becoming full", _member(status="预备党员", full_on="2026-07-01")
    ),
    Case("X-05", "an activist who has joined", _member(status="入党积极分子", joined_on="2020-07-01")),
    Case(
        "X-06",
        "one person in two meetings",
        _branch(
            activities=[
                *meetings("支委会", "03-05", time="14:30", chair="张三", place="301室"),
                *meetings("党课", "03-05", time="14:30", speaker="张三", place="报告厅"),
            ]
        ),
    ),
    Case("X-07", "minutes copied", _branch(activities=meetings("支委会", "03-05", "04-09", content=MINUTES))),
    Case("X-08", "a Saturday", _meeting(date="03-07")),
    Case("X-08", "the first of October", _meeting(date="10-01")),
    Case("X-09", "more present than due", _meeting(due=18, present=19)),
    Case("X-09", "one named, two absent", _meeting(due=18, present=16, absent="王五（出差）")),
    Case("X-09", "absent and not named", _meeting(due=18, present=16)),
    Case("X-10", "chair takes the minutes", _meeting(chair="张三", recorder="张三")),
    Case(
        "X-11",
        "term before the founding",
        _branch(about={"founded_on": "2020-06", "term_started_on": "2019-06-18"}),
    ),
    Case(
        "X-12",
        "due before start",
        _branch(plans=[{"task": "制定计划", "starts_on": "2026-03-01", "due_on": "2026-02-01"}]),
    ),
    Case("X-13", "closed before done", _problem(done_on="2026-06-20", closed_on="2026-06-01")),
    Case("X-13", "time limit before finding", _problem(found_on="2026-06-20", due_on="2026-06-01")),
    Case("X-13", "closed after the report", _problem(closed_on="2026-12-30")),
    Case("X-14", "closed without evidence", _problem(status="已销号")),
    Case("X-15", "more returned than issued", _ballot(**HIGH, dissatisfied=0, returned=19)),
    Case("X-15", "grades fall short", _ballot(**LOW, dissatisfied=0)),
    Case("X-15", "不了解 not among the valid", _ballot(**HIGH, dissatisfied=0, unknown=1)),
    Case("X-15", "the unit's own grades fall short", _own_ballot(9, 5, 1)),
    Case("X-16", "ten studies, nine counted", _text("全年组织集体学习10次。", **STUDIES)),
    Case("X-16", "a number before its noun", _text("开展了18次集中学习", **STUDIES)),
    Case("X-16", "19 members, 18 in the roster", _text("支部共有党员19人。", members=people(18))),
    Case(
        "X-16",
        "33 problems, one in the list",
        _text("梳理出10个方面的33个突出问题", problems=[{"problem": "甲", "category": "乙"}]),
    ),
    Case("X-17", "secretary not in the roster", _branch(about={"secretary": "王五"}, members=people(3))),
    Case(
        "X-18",
        "a meeting after the report",
        _branch(report_date="2026-12-08", activities=meetings("支委会", "12-20")),
    ),
    Case("X-19", "a paragraph", _text("组织集体学习X次。")),
    Case("X-19", "the name of the branch's secretary", _branch(about={"secretary": "×××"})),
    Case("X-20", "a talk with everybody", _talk("全体党员")),
    Case("X-20", "some of them not named", _talk("李四、王五等5人")),
]

QUIET = [
    Case("R-01", "three full members", _branch(members=people(3))),
    Case("R-01", "a joint branch", _branch(members=people(2), about={"kind": "联合支部"})),
    Case("R-01", "no roster at all", _branch()),
    Case(
        "R-02",
        "50 members and an activist",
        _branch(members=[*people(50), {"name": "丙", "status": "入党积极分子"}]),
    ),
    Case("R-03", "a committee of five", _branch(members=people(9), about=FULL_COMMITTEE)),
    Case("R-03", "six full members", _branch(members=people(6))),
    Case(
        "R-04",
        "a secretary and a deputy",
        _branch(members=people(6), about={"secretary": "甲", "deputy_secretary": "乙"}),
    ),
    Case("R-05", "five units", _branch(about={"kind": "联合支部", "covered_units": 5})),
    Case("R-05", "not a joint branch", _branch(about={"covered_units": 9})),
    Case(
        "R-06",
        "term ends today",
        _branch(report_date="2026-12-08", about={"secretary": "甲", "term_started_on": "2023-12-08"}),
    ),
    Case(
        "R-06",
        "term known to the month",
        _branch(report_date="2026-12-08", about={"term_started_on": "2023-12"}),
    ),
    Case("R-07", "a year to go", _branch(about={"term_started_on": "2024-12-31"})),
    Case("R-08", "one in each quarter", _branch(activities=meetings("支部党员大会", *QUARTERLY))),
    Case(
        "R-08",
        "the last quarter in progress",
        _branch(report_date="2026-12-08", activities=meetings("支部党员大会", *QUARTERLY[:3])),
    ),
    Case(
        "R-08",
        "founded in May",
        _branch(about={"founded_on": "2026-05"}, activities=meetings("支部党员大会", *QUARTERLY[2:])),
    ),
    Case("R-08", "no record of anything", _branch()),
    Case("R-09", "half present", _meeting(due=18, present=9, resolution="赞成10票，表决通过")),
    Case("R-09b", "not passed", _meeting(due=18, present=18, resolution="赞成9票，未获通过")),
    Case(
        "R-09b",
        "voters are fewer than those due",
        lambda: dossier(
            members=[*people(15), *({"name": f"丙{n}", "status": "预备党员"} for n in range(3))],
            activities=meetings("支部党员大会", "03-05", due=18, present=18, resolution="赞成8票，通过"),
        ),
    ),
    Case("R-10", "every month", _branch(members=people(9), activities=monthly("支委会"))),
    Case(
        "R-10b", "three of five", _branch(members=people(9), activities=monthly("支委会", due=5, present=3))
    ),
    Case("R-10b", "nobody counted", _branch(members=people(9), activities=monthly("支委会"))),
    Case("R-10", "six full members", _branch(members=people(6), activities=monthly("党课"))),
    Case(
        "R-10",
        "December in progress",
        _branch(report_date="2026-12-08", members=people(9), activities=monthly("支委会", until=11)),
    ),
    Case("R-11", "no groups", _branch(members=people(9), activities=monthly("支委会"))),
    Case("R-11", "meetings of all groups", _branch(members=GROUPS, activities=monthly("党小组会"))),
    Case("R-12", "every month", _branch(activities=monthly("主题党日"))),
    Case("R-12", "near the fixed day", _branch(activities=monthly("主题党日")), {"fixed_day": 8}),
    Case("R-13", "every quarter", _branch(activities=meetings("党课", *QUARTERLY))),
    Case(
        "R-13",
        "twice, where that is asked",
        _branch(activities=meetings("党课", "03-05", "09-03")),
        {"per_year": 2},
    ),
    Case("R-14", "held in December", _meeting("组织生活会", "12-04")),
    Case(
        "R-14", "the year is young", _branch(report_date="2026-05-10", activities=meetings("支委会", "03-05"))
    ),
    Case("R-15", "held beside the 组织生活会", _meeting("民主评议党员", "12-04")),
    Case(
        "R-16",
        "everybody on one side or the other",
        _branch(
            members=people(3), talks=[{"date": "2026-05-12", "talker": "党员1", "listener": "党员2、党员3"}]
        ),
    ),
    Case(
        "R-16",
        "activists need none",
        _branch(
            members=[{"name": "甲"}, {"name": "乙", "status": "入党积极分子"}],
            talks=[{"date": "2026-05-12", "talker": "书记", "listener": "甲"}],
        ),
    ),
    Case(
        "R-17",
        "chaired by the deputy",
        lambda: dossier(
            about={**COMMITTEE, "deputy_secretary": "王五"},
            activities=meetings("支委会", "03-05", chair="王五"),
        ),
    ),
    Case("R-17b", "one in the year", _meeting("述职评议", "12-04")),
    Case("R-18", "40 yuan on 4000", _member(extra={"月收入": "4000元", "党费": "40"})),
    Case("R-18", "no such columns", _member()),
    Case("R-19", "joined at 18", _member(born_on="1990-05-01", joined_on="2008-05-01", full_on="2009-05-01")),
    Case("R-19", "known to the month", _member(born_on="1990-05", joined_on="2008-05", full_on="2009-05")),
    Case("R-19", "joined before there was a probation", _member(joined_on="1969-01", full_on="1969-01")),
    Case("R-20", "32 hours", _branch(members=[{"name": "甲", "extra": {"学时": "32"}}])),
    Case(
        "R-20",
        "the year is not over",
        _branch(report_date="2026-12-08", members=[{"name": "甲", "extra": {"学时": "20"}}]),
    ),
    Case(
        "R-21",
        "a third are excellent",
        _branch(
            members=[*people(2, extra={"评议结果": "合格"}), {"name": "乙", "extra": {"评议结果": "优秀"}}]
        ),
    ),
    Case("R-22", "all are satisfied", _ballot(**HIGH, dissatisfied=0)),
    Case("R-23", "closed in time", _problem(due_on="2026-06-30", status="已销号")),
    Case("R-23", "time left", _problem(due_on="2026-12", status="正在整改")),
    Case("R-23", "no end to it", _problem(due_on="2026-06-30", status="长期坚持")),
    Case("R-24", "something every month", _branch(activities=monthly("其他"))),
    Case("E-01", "15 of 18 at the election", _meeting(topic="支部换届选举大会", due=18, present=15)),
    Case("E-01", "the rules of it", _meeting(topic="学习选举工作条例", due=18, present=10)),
    Case("E-01", "no election yet", _meeting(topic="部署换届选举工作", due=18, present=10)),
    Case("E-03", "full members", _branch(about=COMMITTEE, members=people(3))),
    Case(
        "J-01",
        "a hundred members under a 党委",
        _unit({"甲支部": people(100)}, name="示例局", superior="中共示例局委员会"),
    ),
    Case("J-01", "no public body", _unit({"甲支部": people(100)}, superior="中共示例研究所总支部委员会")),
    Case(
        "J-02",
        "sixty members under a 党总支",
        _unit({"甲支部": people(60)}, name="示例局", superior="中共示例局总支部委员会"),
    ),
    Case(
        "J-02",
        "a superior of somebody else's",
        _unit({"甲支部": people(60)}, name="示例局", superior="中共某省直属机关工作委员会"),
    ),
    Case("J-03", "terms of three and five years", _unit({"甲支部": []}, about={"term_years": 5})),
    Case("X-01", "one record", _meeting()),
    Case("X-01", "the year has just begun", _branch(report_date="2026-01-20")),
    Case(
        "X-02",
        "as many as had joined",
        _branch(
            members=[*people(18), {"name": "丙", "status": "预备党员", "joined_on": "2026-06-20"}],
            activities=meetings("支部党员大会", "03-05", due=18),
        ),
    ),
    Case("X-04", "in order", _member(born_on="1990-05-01", joined_on="2010-07", full_on="2011-07-01")),
    Case(
        "X-05",
        "a date still to come",
        _member(status="预备党员", joined_on="2026-07-01", full_on="2027-07-01"),
    ),
    Case(
        "X-06",
        "two meetings one after the other",
        _branch(
            activities=[
                *meetings("支委会", "03-05", time="14:30", chair="张三"),
                *meetings("党课", "03-05", time="16:00", speaker="张三"),
            ]
        ),
    ),
    Case(
        "X-07",
        "short words may be alike",
        _branch(activities=meetings("支委会", "03-05", "04-09", content="集中学习")),
    ),
    Case(
        "X-07",
        "one gathering of two kinds",
        _branch(
            activities=[
                *meetings("党课", "03-05", content=MINUTES),
                *meetings("支部党员大会", "03-05", content=MINUTES),
            ]
        ),
    ),
    Case("X-08", "a Thursday", _meeting()),
    Case(
        "X-09",
        "everybody accounted for",
        _meeting(due=18, present=16, absent="王五（出差、学习），赵六(病假)"),
    ),
    Case("X-09", "nobody absent", _meeting(due=18, present=18, absent="无")),
    Case("X-10", "two people", _meeting(chair="张三", recorder="李四")),
    Case(
        "X-11",
        "founded in the month of the term",
        _branch(about={"founded_on": "2020-06-30", "term_started_on": "2020-06"}),
    ),
    Case(
        "X-12",
        "due after start",
        _branch(plans=[{"task": "制定计划", "starts_on": "2026-03-01", "due_on": "2026-03"}]),
    ),
    Case(
        "X-13",
        "in order",
        _problem(found_on="2026-04-10", due_on="2026-06-30", done_on="2026-06-20", closed_on="2026-06-20"),
    ),
    Case("X-14", "closed with evidence", _problem(status="已销号", evidence="会议记录第12页")),
    Case(
        "X-15",
        "不了解 not among the valid by formula C",
        _branch(ballots=[{**VOTES, **HIGH, "dissatisfied": 0, "unknown": 1}], survey=POINTS),
    ),
    Case("X-16", "nine studies, nine counted", _text("围绕主题开展集体学习9次，参加党员15人次。", **STUDIES)),
    Case("X-16", "how often, not how many", _text("坚持每月集体学习1次；上半年集体学习5次", **STUDIES)),
    Case("X-16", "a part of the members", _text("其中35岁以下青年党员8人，女党员3名", members=people(18))),
    Case("X-16", "18 members in the roster", _text("支部设3个党小组，共有党员18名", members=people(18))),
    Case("X-17", "secretary in the roster", _branch(about={"secretary": "党员1"}, members=people(3))),
    Case(
        "X-18",
        "a meeting before the report",
        _branch(report_date="2026-12-08", activities=meetings("支委会", "12-08")),
    ),
    Case("X-19", "numbers and names", _text("张三、李四组织集体学习9次。")),
    Case("X-20", "two people named", _talk("李四、王五")),
]
