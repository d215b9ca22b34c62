"""The unit and its branches, and what all records of a branch have in common."""

from __future__ import annotations

from docsmith.model.choices import BRANCH_KINDS
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
