"""The records: one validated row of each sheet of the data workbook.

The English names, the Chinese titles and the choices are the public contract of the workbook; they stay
stable from year to year. A column that a document type adds in its ``plugin.toml`` becomes a field of a
derived record (:func:`docsmith.model.schema.Schema.with_columns`).
"""

from __future__ import annotations

from docsmith.model.choices import (
    ACTIVITY_KINDS,
    ANSWERS,
    BRANCH_KINDS,
    GENDERS,
    MEMBER_STATUSES,
    PLAN_CYCLES,
    PLAN_LEVELS,
    PROBLEM_STATUSES,
    SUMMARY_SECTIONS,
)
from docsmith.model.columns import Kind, column
from docsmith.model.dates import PartialDate
from docsmith.model.rows import Record


class Unit(Record):
    """单位: the organisation that owns the branches."""

    name: str = column(
        "单位名称", required=True, example="示例研究所", synonyms=("单位", "党委名称", "单位全称", "填报单位")
    )
    superior: str | None = column(
        "上级党组织", example="中共示例研究所委员会", synonyms=("上级党委", "上级党组织名称")
    )
    year: int = column("年度", Kind.YEAR, required=True, example="2026", synonyms=("年份", "填报年度", "年"))
    report_date: PartialDate | None = column(
        "填报日期", Kind.DATE, example="2026-12-08", synonyms=("填表日期", "填报时间", "填表时间")
    )
    filled_by: str | None = column("填表人", Kind.NAME, example="张三", synonyms=("填报人",))
    reviewed_by: str | None = column("审核人", Kind.NAME, example="李四")
    phone: str | None = column("联系电话", Kind.CODE, example="010-12345678", synonyms=("电话", "联系方式"))


class Branch(Record):
    """支部: what one form is about, most of the time."""

    code: str | None = column(
        "支部编码",
        Kind.CODE,
        example="020100001",
        synonyms=("党支部编码", "编码", "所在党支部编码", "支部代码", "党组织编码", "党组织代码"),
    )
    name: str = column(
        "支部名称",
        Kind.NAME,
        required=True,
        example="第一党支部",
        synonyms=("党支部名称", "党支部", "支部", "名称", "党组织名称", "支部全称", "党支部全称"),
    )
    kind: str = column(
        "支部类别",
        Kind.CHOICE,
        choices=BRANCH_KINDS,
        default="普通支部",
        example="普通支部",
        synonyms=("类别", "支部类型", "党支部类别", "党支部类型"),
    )
    based_at: str | None = column("所在单位", example="示例研究所综合处")
    superior: str | None = column(
        "上级党组织",
        example="示例研究所机关党委",
        note="各支部不同时填写",
        synonyms=("上级党委", "隶属党组织"),
    )
    covered_units: int | None = column("覆盖单位数", Kind.COUNT, example="1", note="联合支部填写")
    founded_on: PartialDate | None = column("成立时间", Kind.DATE, example="2015-06", synonyms=("成立日期",))
    term_started_on: PartialDate | None = column(
        "本届任命时间",
        Kind.DATE,
        example="2024-06-18",
        synonyms=("任命时间", "本届起始时间", "本届任职时间", "本届换届时间"),
    )
    term_years: int = column("任期年数", Kind.COUNT, default=3, example="3", synonyms=("任期",))
    secretary: str | None = column(
        "书记", Kind.NAME, example="张三", synonyms=("支部书记", "党支部书记", "书记姓名")
    )
    deputy_secretary: str | None = column(
        "副书记", Kind.NAME, example="李四", synonyms=("支部副书记", "党支部副书记")
    )
    organisation_member: str | None = column("组织委员", Kind.NAME, example="王五")
    publicity_member: str | None = column("宣传委员", Kind.NAME, example="赵六")
    discipline_member: str | None = column("纪检委员", Kind.NAME, example="钱七", synonyms=("纪律检查委员",))
    other_members: tuple[str, ...] = column("其他委员", Kind.NAMES, example="孙八、周九", note="多人用、隔开")
    filled_by: str | None = column("填表人", Kind.NAME, example="张三")
    phone: str | None = column("联系电话", Kind.CODE, example="010-12345678", synonyms=("电话", "联系方式"))
    note: str | None = column("备注")

    @property
    def committee(self) -> tuple[str, ...]:
        """The names of the branch committee (支委会), the secretary first, each person once."""
        posts = (
            self.secretary,
            self.deputy_secretary,
            self.organisation_member,
            self.publicity_member,
            self.discipline_member,
        )
        return tuple(dict.fromkeys(name for name in (*posts, *self.other_members) if name))


class BranchRecord(Record):
    """A record that belongs to a branch; ``branch`` is the branch's name as the sheet 支部 spells it."""

    branch: str = column(
        "支部",
        Kind.NAME,
        required=True,
        example="第一党支部",
        synonyms=(
            "所在党支部",
            "党支部",
            "支部名称",
            "所在支部",
            "党支部名称",
            "所属党支部",
            "所属支部",
            "联系党支部",
        ),
    )


class Member(BranchRecord):
    """党员: a member, or somebody on the way to becoming one."""

    name: str = column("姓名", Kind.NAME, required=True, example="张三", synonyms=("党员姓名",))
    gender: str | None = column("性别", Kind.CHOICE, choices=GENDERS, example="男")
    ethnicity: str | None = column("民族", example="汉族")
    born_on: PartialDate | None = column(
        "出生日期", Kind.DATE, example="1985-03-05", synonyms=("出生年月", "出生时间", "出生年月日", "生日")
    )
    id_number: str | None = column(
        "身份证号",
        Kind.CODE,
        example="11010519491231002X",
        synonyms=("身份证号码", "公民身份号码", "身份证", "居民身份证号", "居民身份证号码", "身份证件号码"),
    )
    education: str | None = column("学历", example="研究生", synonyms=("最高学历", "文化程度"))
    degree: str | None = column("学位", example="硕士", synonyms=("最高学位",))
    status: str = column(
        "党籍状态",
        Kind.CHOICE,
        choices=MEMBER_STATUSES,
        default="正式党员",
        example="正式党员",
        synonyms=("人员类别", "党员类别", "政治面貌", "党员状态", "党员类型", "当前发展阶段", "发展阶段"),
    )
    joined_on: PartialDate | None = column(
        "加入党组织日期",
        Kind.DATE,
        example="2010-07-01",
        synonyms=("入党时间", "入党日期", "入党年月", "加入党组织时间", "加入中国共产党时间"),
    )
    full_on: PartialDate | None = column(
        "转为正式党员日期",
        Kind.DATE,
        example="2011-07-01",
        synonyms=("转正时间", "转正日期", "转正年月", "转为正式党员时间"),
    )
    group: str | None = column(
        "党小组", Kind.NAME, example="第一党小组", synonyms=("所在党小组", "所属党小组")
    )
    party_post: str | None = column("党内职务", example="组织委员", synonyms=("党内任职",))
    department: str | None = column(
        "所在部门", example="综合处", synonyms=("部门", "处室", "工作部门", "所在处室", "科室")
    )
    job_title: str | None = column("行政职务", example="主任科员", synonyms=("职务",))
    mobile: str | None = column(
        "手机号码",
        Kind.CODE,
        example="13800000000",
        synonyms=("手机", "手机号", "联系电话", "联系手机", "移动电话", "联系方式", "电话"),
    )
    note: str | None = column("备注")


class Activity(BranchRecord):
    """组织生活: a meeting, a lecture, a theme day."""

    kind: str = column(
        "类型",
        Kind.CHOICE,
        required=True,
        choices=ACTIVITY_KINDS,
        example="支部党员大会",
        synonyms=("会议类型", "活动类型", "会议类别", "活动类别", "组织生活类型", "组织生活形式"),
    )
    date: PartialDate = column(
        "日期",
        Kind.DATE,
        required=True,
        example="2026-03-05",
        synonyms=(
            "会议时间",
            "活动时间",
            "会议日期",
            "活动日期",
            "实际时间",
            "召开时间",
            "召开日期",
            "开会时间",
            "开展时间",
        ),
    )
    time: str | None = column("时间", Kind.TIME, example="14:30")
    place: str | None = column("地点", example="党员活动室", synonyms=("会议地点", "活动地点", "召开地点"))
    topic: str | None = column(
        "主题",
        example="学习贯彻党的二十届四中全会精神",
        synonyms=("会议名称", "活动主题", "活动名称", "会议主题", "议题", "会议议题", "主要议题"),
    )
    chair: str | None = column("主持人", Kind.NAME, example="张三", synonyms=("主持",))
    recorder: str | None = column("记录人", Kind.NAME, example="李四", synonyms=("记录员",))
    speaker: str | None = column("主讲人", Kind.NAME, example="张三", synonyms=("讲课人", "主讲", "授课人"))
    group: str | None = column("党小组", Kind.NAME, example="第一党小组")
    due: int | None = column(
        "应到人数",
        Kind.COUNT,
        example="18",
        synonyms=("应到", "应到会人数", "应参加人数", "应到党员人数", "应到党员数"),
    )
    present: int | None = column(
        "实到人数",
        Kind.COUNT,
        example="17",
        synonyms=(
            "实到",
            "实到会人数",
            "实参加人数",
            "实到党员人数",
            "实到党员数",
            "参加人数",
            "参会人数",
            "出席人数",
        ),
    )
    absent: str | None = column(
        "缺席人员及原因",
        example="王五（出差）",
        synonyms=("请假人员", "缺席人员", "请假人员及原因", "缺席情况", "缺席原因", "缺席"),
    )
    observers: str | None = column("列席人员", example="赵六", synonyms=("列席人", "列席"))
    content: str | None = column(
        "主要内容", synonyms=("内容", "会议内容", "主要内容及特色", "活动内容", "内容摘要")
    )
    resolution: str | None = column("决议", synonyms=("会议决议", "决议事项", "形成决议"))
    evidence: str | None = column("佐证材料", example="会议记录第12页")


class Talk(BranchRecord):
    """谈心谈话: one talk between two people."""

    date: PartialDate = column(
        "日期", Kind.DATE, required=True, example="2026-05-12", synonyms=("谈话时间", "谈话日期", "时间")
    )
    talker: str = column("谈话人", Kind.NAME, required=True, example="张三", synonyms=("谈话人姓名",))
    listener: str = column(
        "谈话对象", Kind.NAME, required=True, example="李四", synonyms=("被谈话人", "谈话对象姓名")
    )
    kind: str | None = column("谈话类型", example="支委与党员", synonyms=("谈话类别",))
    reason: str | None = column("谈话原因", example="岗位变动", synonyms=("谈话事由",))
    place: str | None = column("地点", example="党员活动室", synonyms=("谈话地点",))
    content: str | None = column("谈话内容", synonyms=("主要内容",))
    opinion: str | None = column("意见建议", synonyms=("意见和建议", "意见及建议"))


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
