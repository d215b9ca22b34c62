"""What a branch sets out to do, what is amiss, and what the year's end asks of it."""

from __future__ import annotations

from docsmith.model.choices import ANSWERS, PLAN_CYCLES, PLAN_LEVELS, PROBLEM_STATUSES, SUMMARY_SECTIONS
from docsmith.model.columns import Kind, column
from docsmith.model.dates import PartialDate
from docsmith.model.records.unit import BranchRecord


class Plan(BranchRecord):
    """工作计划: one task of the year."""

    level: str | None = column("责任主体", Kind.CHOICE, choices=PLAN_LEVELS, example="党支部")
    area: str | None = column("工作类别", example="政治理论", synonyms=("类别",))
    task: str = column(
        "工作内容",
        required=True,
        example="制定年度学习计划",
        synonyms=("工作任务", "任务", "计划内容", "工作事项", "重点工作"),
    )
    measure: str | None = column("具体措施", synonyms=("措施", "工作措施", "主要措施"))
    owner: str | None = column("责任人", example="张三", synonyms=("负责人",))
    participants: str | None = column("参与者", example="全体党员", synonyms=("参加人员", "参与人员"))
    cycle: str | None = column("周期", Kind.CHOICE, choices=PLAN_CYCLES, example="每月", synonyms=("频次",))
    starts_on: PartialDate | None = column(
        "开始时间", Kind.DATE, example="2026-01-05", synonyms=("开始日期",)
    )
    due_on: PartialDate | None = column(
        "完成时限", Kind.DATE, example="2026-03-31", synonyms=("完成时间", "完成期限", "截止时间", "时间节点")
    )
    status: str | None = column("完成情况", example="已完成", synonyms=("落实情况",))
    note: str | None = column("备注")


class Problem(BranchRecord):
    """问题清单: one problem, its mending and its closing (销号)."""

    category: str | None = column("问题类别", example="支部班子强", synonyms=("类别", "方面", "问题类型"))
    problem: str = column(
        "存在问题",
        required=True,
        example="支委会研究党建工作不够及时",
        synonyms=("问题", "主要问题", "存在的问题", "问题描述", "具体问题"),
    )
    symptom: str | None = column("具体表现", example="上半年有两个月未召开支委会", synonyms=("问题表现",))
    source: str | None = column("问题来源", example="自查", synonyms=("来源",))
    measure: str | None = column("整改措施", synonyms=("措施",))
    target: str | None = column("整改目标")
    leader: str | None = column("责任领导", Kind.NAME, example="张三", synonyms=("牵头领导",))
    owner: str | None = column("责任人", example="李四", synonyms=("整改责任人",))
    found_on: PartialDate | None = column(
        "发现日期", Kind.DATE, example="2026-04-10", synonyms=("查摆日期", "发现时间", "查摆时间")
    )
    due_on: PartialDate | None = column(
        "整改时限", Kind.DATE, example="2026-06-30", synonyms=("完成时限", "整改期限", "完成期限")
    )
    progress: str | None = column("进展情况", synonyms=("整改进展", "整改进展情况", "整改情况"))
    status: str | None = column(
        "状态", Kind.CHOICE, choices=PROBLEM_STATUSES, example="正在整改", synonyms=("整改状态", "完成情况")
    )
    done_on: PartialDate | None = column(
        "完成日期", Kind.DATE, example="2026-06-20", synonyms=("完成时间", "整改完成时间", "整改完成日期")
    )
    closed_on: PartialDate | None = column(
        "销号日期", Kind.DATE, example="2026-06-25", synonyms=("销号时间",)
    )
    evidence: str | None = column("佐证材料")


class SelfCheck(BranchRecord):
    """自查: the answer to one item of the self-check."""

    item: str = column(
        "项目编号", Kind.CODE, required=True, example="1", synonyms=("编号", "序号", "项目", "自查项目")
    )
    answer: str | None = column("自查结果", Kind.CHOICE, choices=ANSWERS, example="是", synonyms=("结果",))
    evidence: str | None = column("佐证材料", example="支部党员大会会议记录")
    problem: str | None = column("存在问题", synonyms=("存在的问题",))
    measure: str | None = column("整改措施")
    due_on: PartialDate | None = column("整改时限", Kind.DATE, example="2026-12-31")


class Ballot(BranchRecord):
    """测评: the tally of one item of the satisfaction survey; all figures are votes."""

    item: str = column("测评项目", required=True, example="总体评价", synonyms=("测评内容", "项目"))
    due: int | None = column("应参加", Kind.COUNT, example="18", synonyms=("应参加人数",))
    issued: int | None = column("发出", Kind.COUNT, example="18", synonyms=("发出票数", "发出张数", "发票数"))
    returned: int | None = column("收回", Kind.COUNT, example="18", synonyms=("收回票数",))
    valid: int | None = column("有效", Kind.COUNT, example="18", synonyms=("有效票", "有效票数"))
    satisfied: int | None = column("满意", Kind.COUNT, example="16", synonyms=("满意票数",))
    mostly_satisfied: int | None = column("基本满意", Kind.COUNT, example="2", synonyms=("基本满意票数",))
    dissatisfied: int | None = column("不满意", Kind.COUNT, example="0", synonyms=("不满意票数",))
    unknown: int | None = column("不了解", Kind.COUNT, example="0", synonyms=("不了解票数",))


class Summary(BranchRecord):
    """总结: one passage of the year-end summary."""

    section: str = column("部分", Kind.CHOICE, required=True, choices=SUMMARY_SECTIONS, example="主要工作")
    heading: str | None = column("标题", example="强化政治引领", synonyms=("小标题",))
    content: str = column("内容", required=True, example="全年组织集体学习9次……", synonyms=("正文",))
