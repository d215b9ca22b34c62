"""What the fill-in workbook tells the person who fills it in: on its first sheet, and at each header."""

from __future__ import annotations

from collections.abc import Sequence

from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.schema import EXAMPLE_MARK

TITLE = "数据填写说明"
TABLE_TITLES = ("工作表", "填什么", "必填列")

_PURPOSES = {
    "unit": "本单位的基本情况，只填一次。左列是项目，右列填内容。",
    "branches": "每个党支部一行。先填这张表，其他表的“支部”列就能下拉选择。",
    "members": "每人一行，包括正式党员、预备党员、发展对象、入党积极分子和入党申请人。",
    "activities": "“三会一课”、主题党日、组织生活会、民主评议党员、集体学习、述职评议，每开展一次填一行。",
    "talks": "每次谈心谈话一行。",
    "plans": "全年工作任务，每项一行。",
    "problems": "查摆出的问题，每个一行；整改有进展就更新同一行。",
    "self_checks": "自检自查各项的结果。不填结果的项目，由系统根据其他表的记录提出建议，供支部核定。",
    "ballots": "群众满意率测评的计票结果，每个测评项目一行。还没有测评的不填。",
    "summaries": "年终总结的文字部分，每段一行。人数、次数等数字由系统统计，不必在此重复。",
}
_ADDED = "文种增加的表，每条记录一行。"

_KIND_NOTES = {
    Kind.CODE: "按文本填写，开头的0和末尾的X都会保留。",
    Kind.COUNT: "填整数。",
    Kind.NUMBER: "填数字，可以带小数。",
    Kind.YEAR: "填四位数的年份，如2026。",
    Kind.DATE: "日期，如2026-03-05；只知道年月的，写1993-10。",
    Kind.TIME: "时间，如14:30。",
    Kind.PICTURE: "图片文件（png、jpg），从数据所在的文件夹写起，如照片/张三.jpg。",
    Kind.NAMES: "多人用“、”隔开。",
}


def rules() -> tuple[str, ...]:
    """Return the rules of filling in, each a sentence or two."""
    return (
        "各表第1行是列名，请不要改动；从列名下面逐行填写，一行一条记录。",
        f"以“{EXAMPLE_MARK}”开头的行只供参考，读取时自动跳过，保留或删除都可以。",
        "列名前带“*”的必须填写；其他列没有内容就空着，整张表没有内容也可以空着。",
        "日期写2026-03-05、2026.3.5或2026年3月5日；只知道年月的，写1993-10或1993年10月。",
        "单元格右侧有下拉箭头的，请从选项中选取；没有箭头的列按实际情况填写。",
        "编码、身份证号、电话等列已设为文本格式；从别处粘贴时请选择“只粘贴文本”，以免丢失数字。",
        "把鼠标停在列名上，可以看到这一列的含义、示例和可选内容。",
    )


def purpose(sheet: Sheet) -> str:
    """Return what belongs on a sheet."""
    return sheet.note or _PURPOSES.get(sheet.name, _ADDED)


def required_titles(sheet: Sheet) -> str:
    """Return the titles of the columns that must be filled in."""
    return "、".join(column.title for column in sheet.columns if column.required) or "无"


def header_note(column: Column) -> str:
    """Return the note at a column's header: what it means, its choices, what empty means, an example."""
    lines = ["必填。" if column.required else "", f"{column.note}。" if column.note else ""]
    lines.append(_KIND_NOTES.get(column.kind, ""))
    lines.append(_choices_line(tuple(column.choices)))
    lines.append(f"不填视为“{column.default}”。" if column.default is not None else "")
    lines.append(f"{EXAMPLE_MARK}{column.example}" if column.example else "")
    return "\n".join(line for line in lines if line)


def _choices_line(choices: Sequence[str]) -> str:
    return f"可选：{'、'.join(choices)}。" if choices else ""
