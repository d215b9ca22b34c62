"""The members of a branch, and those on the way to becoming one."""

from __future__ import annotations

from docsmith.model.choices import GENDERS, MEMBER_STATUSES
from docsmith.model.columns import Kind, column
from docsmith.model.dates import PartialDate
from docsmith.model.records.unit import BranchRecord


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
