"""What happens in a branch: meetings and lectures (组织生活), and talks."""

from __future__ import annotations

from docsmith.model.choices import ACTIVITY_KINDS
from docsmith.model.columns import Kind, column
from docsmith.model.dates import PartialDate
from docsmith.model.records.unit import BranchRecord


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
