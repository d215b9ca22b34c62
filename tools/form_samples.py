"""The examples of docs/forms.md: small templates and the values that they are shown with.

The pictures of that page are drawn from them, and a test holds the page to them.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from PIL import Image, ImageDraw

from docsmith.model.blank import BLANK
from docsmith.official.document import Part, build
from docsmith.official.page import FORM, pt
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Cell, Row, Table, directive_row, header_row
from docsmith.official.text import paragraph
from docsmith.official.xml import w
from docsmith.template import Beside, Properties, Template


class Sample(NamedTuple):
    """A template and what it is filled in with; ``choices`` are those of the columns."""

    table: Table
    values: Mapping[str, Any]
    choices: Mapping[str, Sequence[str]] = {}

    def template(self) -> bytes:
        """Return the template."""
        return build([Part(Section(FORM, PageNumbers.NONE), [self.table.element()])], "示例")

    def document(self) -> bytes:
        """Return the document that comes of it."""
        beside = Beside(self.choices, lambda _path: portrait())
        return Template.open(self.template()).make(self.values, Properties(), beside).data


def table(widths: Mapping[str, float], *rows: Row) -> Table:
    """Return a table with a head."""
    return Table(list(widths.values()), [header_row(list(widths)), *rows])


def loop(over: str, columns: int, *rows: Row, end: str = "for") -> list[Row]:
    """Return rows between the tags of a loop, each of which has a row of its own."""
    return [directive_row(f"{{%tr {over} %}}", columns), *rows, directive_row(f"{{%tr end{end} %}}", columns)]


def row(*cells: str, style: str = "TableText", height: float = 9) -> Row:
    """Return a row of texts."""
    return Row([Cell(text, style) for text in cells], height)


def of(names: str, *rows: str) -> list[dict[str, str]]:
    """Return records from lines of words, a dash for a place for a pen."""
    return [
        {name: BLANK if word == "—" else word for name, word in zip(names.split(), line.split(), strict=True)}
        for line in rows
    ]


def merged() -> Sample:
    """Show equal values down two columns merged, the inner ones within the outer ones."""
    tags = ("{{ 行.类别 }}{% 合并 %}", "{{ 行.项目 }}{% 合并 %}", "{{ 行.内容 }}", "{{ 行.分值 }}")
    records = of(
        "类别 项目 内容 分值",
        "组织建设 支部班子 按期换届、班子健全 5",
        "组织建设 支部班子 书记按时述职 5",
        "组织建设 其他 党小组设置合理 5",
        "党员管理 其他 组织关系接转及时 5",
        "党员管理 其他 党费按月交纳 5",
        "党员管理 教育培训 集中学习不少于32学时 10",
    )
    widths = {"类别": 44.0, "项目": 44.0, "内容": 49.0, "分值": 28.0}
    return Sample(table(widths, *loop("for 行 in 各项", 4, row(*tags))), {"各项": records})


def tall() -> Sample:
    """Show two rows for each record, with a cell over both, which merges with those of other records."""
    first = Row(
        [
            Cell("{{ 行.支部 }}{% 合并 %}", "TableCentred", merge="restart"),
            *(Cell(f"{{{{ 行.{name} }}}}") for name in ("对象", "时间", "地点")),
        ]
    )
    second = Row([Cell(merge="continue"), Cell("谈话内容：{{ 行.内容 }}", span=3)])
    records = of(
        "支部 对象 时间 地点 内容",
        "第一党支部 李四 2026年3月5日 会议室 了解思想和工作情况。",
        "第一党支部 王五 2026年4月9日 办公室 听取对支部工作的意见。",
        "第二党支部 赵六 2026年4月20日 活动室 任前谈话，提出要求。",
    )
    widths = {"支部": 45.0, "谈话对象": 35.0, "时间": 45.0, "地点": 40.0}
    return Sample(table(widths, *loop("for 行 in 谈话", 4, first, second)), {"谈话": records})


def grouped() -> Sample:
    """Show heads of groups, running numbers through all of them, subtotals, and a total."""
    head = Row([Cell("{{ 组.名称 }}（{{ 组.条数 }}人）", "TableHead", span=3)])
    person = row("{{ 行.序号 }}", "{{ 行.姓名|姓名 }}", "{{ 行.党费 }}", style="TableCentred")
    subtotal = Row([Cell("小计", "TableCentred", span=2), Cell("{{ 组.合计.党费 }}", "TableCentred")])
    total = Row([Cell("合计", "TableHead", span=2), Cell("{{ 名册.合计.党费 }}", "TableHead")])
    inner = loop("for 行 in 组.行", 3, person)
    people = {"第一党小组": {"李四": 30, "王五": 25}, "第二党小组": {"赵六": 18, "钱七": 22, "孙八": 20}}
    groups: list[dict[str, Any]] = []
    number = 0
    for name, paid in people.items():
        rows = [
            {"序号": number + at, "姓名": who, "党费": due} for at, (who, due) in enumerate(paid.items(), 1)
        ]
        number += len(rows)
        groups.append({"名称": name, "条数": len(rows), "行": rows, "合计": {"党费": sum(paid.values())}})
    roster = {"组": groups, "合计": {"党费": sum(group["合计"]["党费"] for group in groups)}}
    widths = {"序号": 25.0, "姓名": 80.0, "月交党费（元）": 60.0}
    shown = table(widths, *loop("for 组 in 名册.组", 3, head, *inner, subtotal), total)
    return Sample(shown, {"名册": roster})


def filled_up() -> Sample:
    """Show two people on a form of six rows."""
    tags = ("{{ loop.index }}", "{{ 行.姓名|姓名 }}", "{{ 行.职务 }}", "")
    widths = {"序号": 35.0, "姓名": 45.0, "党内职务": 45.0, "签到": 40.0}
    rows = loop("for 行 in 党员|至少(6)", 4, row(*tags, style="TableCentred"))
    return Sample(table(widths, *rows), {"党员": of("姓名 职务", "张三 书记", "李四 组织委员")})


def columns() -> Sample:
    """Show as many columns as there are months, one that may be left out, and a merge before them."""
    cells = (
        "{{ 行.组 }}{% 合并 %}", "{{ 行.姓名|姓名 }}",
        "{%tc for 月 in 各月 %}", "{{ 行.各月[loop.index0] }}", "{%tc endfor %}",
        "{%tc if 有合计 %}", "{{ 行.各月|sum }}", "{%tc endif %}",
    )  # fmt: skip
    heads = ("党小组", "姓名", cells[2], "{{ 月 }}月", cells[4], cells[5], "合计", cells[7])
    widths = [24.0, 24.0, 24.0, 18.0, 20.0, 20.0, 15.0, 20.0]
    rows = [Row([Cell(text, "TableHead") for text in heads], header=True)]
    rows += [
        Row([Cell("{%tr for 行 in 党员 %}", "TableText", span=8)]),
        row(*cells, style="TableCentred"),
        Row([Cell("{%tr endfor %}", "TableText", span=8)]),
    ]
    people = [("第一", "张三", (30, 30, 30)), ("第一", "李四", (25, 25, 28)), ("第二", "王五", (18, 20, 20))]
    members = [{"组": group, "姓名": name, "各月": list(paid)} for group, name, paid in people]
    return Sample(Table(widths, rows), {"党员": members, "各月": [1, 2, 3], "有合计": True})


def lines() -> Sample:
    """Show the lines of a text as paragraphs, with the indent of the one that the tag stands in."""
    text = (
        "一是理论学习的系统性还不够，结合工作实际不够紧密。\n二是谈心谈话覆盖面不够，年内仍有3名党员未谈。\n"
        "三是支部活动形式较单一。"
    )
    rows = [
        Row(
            [
                Cell("存在问题", "TableHead"),
                Cell([paragraph("{{ 总结.不足|分段 }}", "TableText", w("ind", firstLine=pt(21)))]),
            ],
            30,
        ),
        Row([Cell("自查结果", "TableHead"), Cell("是否达标：{{ 自查.自查结果|勾选 }}")]),
        Row(
            [
                Cell("谈话类型", "TableHead"),
                Cell('谈话属于：{{ 谈话.类型|勾选("任前", "日常", "提醒", "其他") }}'),
            ]
        ),
    ]
    values = {"总结": {"不足": text}, "自查": {"自查结果": "否"}, "谈话": {"类型": "日常"}}
    return Sample(Table([35.0, 130.0], rows), values, {"自查结果": ("是", "否", "不适用")})


def photographed() -> Sample:
    """Show a photograph in a cell that is merged over four rows."""
    pairs = [
        ("姓名", "{{ 党员.姓名 }}"),
        ("性别", "{{ 党员.性别 }}"),
        ("民族", "{{ 党员.民族 }}"),
        ("学历", "{{ 党员.学历 }}"),
    ]
    rows = [
        Row(
            [
                Cell(title, "TableHead"),
                Cell(tag),
                Cell(
                    "" if index else "{{ 党员.照片|照片 }}",
                    "TableCentred",
                    merge="continue" if index else "restart",
                ),
            ],
            10,
        )
        for index, (title, tag) in enumerate(pairs)
    ]
    member = {"姓名": "张三", "性别": "男", "民族": "汉族", "学历": "大学本科", "照片": "照片/张三.png"}
    return Sample(Table([35.0, 95.0, 35.0], rows), {"党员": member})


def portrait() -> bytes:
    """Return a picture that could be a photograph, 25 by 35."""
    image = Image.new("L", (250, 350), 225)
    draw = ImageDraw.Draw(image)
    draw.ellipse((80, 60, 170, 170), fill=150)
    draw.pieslice((25, 190, 225, 520), 180, 360, fill=110)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


SAMPLES = {
    "merge": merged,
    "records": tall,
    "groups": grouped,
    "at-least": filled_up,
    "columns": columns,
    "lines": lines,
    "photo": photographed,
}
