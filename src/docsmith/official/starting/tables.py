"""Starting templates that are tables of records: 表, 台账, 日程."""

from __future__ import annotations

from dataclasses import replace

from docsmith.official.blocks import DATE_BLANK, foot_row, notes
from docsmith.official.page import FORM, WIDE_FORM, mm
from docsmith.official.starting.common import foot, head, label, one_section
from docsmith.official.table import Cell, Row, Table, directive_row, header_row
from docsmith.official.text import directive, paragraph
from docsmith.official.xml import w

_FORM_WIDTHS = (30, 52.5, 30, 52.5)
_TO_SIGN = 26  # mm
_LEDGER = {
    "序号": 11,
    "姓名": 22,
    "性别": 12,
    "民族": 19,
    "出生年月": 24,
    "学历": 18,
    "加入党组织\n日期": 35,
    "党小组": 27,
    "党内职务": 31,
    "所在部门": 31,
    "备注": 27,
}


def form(title: str) -> bytes:
    """Return the template of a form: labels and values of the branch, opinions to sign below."""
    pairs = [
        ("支部编码", "支部.支部编码", "支部类别", "支部.支部类别"),
        ("成立时间", "支部.成立时间", "本届任命时间", "支部.本届任命时间"),
        ("书　　记", "支部.书记", "副 书 记", "支部.副书记"),
        ("组织委员", "支部.组织委员", "宣传委员", "支部.宣传委员"),
        ("纪检委员", "支部.纪检委员", "其他委员", "支部.其他委员|顿号"),
        ("党员总数", "数据.党员.党员总数", "其中预备党员", "数据.党员.预备党员"),
        ("党小组数", "数据.党员.党小组数", "平均年龄", "数据.党员.平均年龄"),
    ]
    place = Cell("{{ 支部.所在单位 or 单位.单位名称 }}", "TableTextLarge", span=3)
    rows = [
        Row([label("所在单位"), place], 10.5),
        *(Row([*_pair(*pair[:2]), *_pair(*pair[2:])], 10.5) for pair in pairs),
        Row([label("组织生活\n开展情况"), Cell(_HELD, "TableTextLarge", span=3)], 26),
        Row([label("问题整改\n情　　况"), Cell(_MENDED, "TableTextLarge", span=3)], 18),
        _opinion("党支部\n意　见", "党支部书记（签字）："),
        replace(_opinion("上级党组织\n意　　　见", "（盖章）"), kept=True),
        foot_row(4, [foot(FORM), *notes(["本表一式两份，党支部、上级党组织各存一份。"])]),
    ]  # fmt: skip
    return one_section(FORM, [*head(FORM, title), Table(_FORM_WIDTHS, rows).element()])


def _pair(text: str, value: str) -> list[Cell]:
    return [label(text), Cell(f"{{{{ {value} }}}}", "TableCentredLarge")]


_TIMES = "{{ 数据.组织生活.%s.次数|默认('　　') }}次"
_HELD = (
    f"本年度召开支部党员大会{_TIMES % '支部党员大会'}、支委会{_TIMES % '支委会'}、党小组会"
    f"{_TIMES % '党小组会'}，上党课{_TIMES % '党课'}，开展主题党日{_TIMES % '主题党日'}，组织集体学习"
    f"{_TIMES % '集体学习'}。"
)
_MENDED = (
    "查摆问题{{ 数据.问题.问题总数|默认('　　') }}个，已销号{{ 数据.问题.已销号|默认('　　') }}个，"
    "正在整改{{ 数据.问题.正在整改|默认('　　') }}个。"
)


def _opinion(text: str, signer: str) -> Row:
    """Return a box to write in by hand, with signature and date at its bottom right."""
    room = w("ind", right=mm(_TO_SIGN))
    content = [
        paragraph("", "BoxLabel"),
        paragraph("", "BoxLabel"),
        paragraph(signer, "BoxSign", room),
        paragraph(DATE_BLANK, "BoxSign"),
    ]
    return Row([label(text), Cell(content, span=3, top=True)], 29)


_TOTAL = (
    "共{{ 名册.条数 or '　　' }}名党员，其中正式党员{{ 数据.党员.正式党员|默认('　　') }}名、"
    "预备党员{{ 数据.党员.预备党员|默认('　　') }}名。"
)


def ledger(title: str) -> bytes:
    """Return the template of a ledger: a numbered row a record, blank rows below, the sum at the end."""
    width = len(_LEDGER)
    fields = (
        "序号",
        "姓名|姓名",
        "性别",
        "民族",
        "出生日期|年月",
        "学历",
        "加入党组织日期",
        "党小组",
        "党内职务 or ''",
    )
    cells = [Cell(f"{{{{ 行.{one} }}}}", "TableCentred", snug=True) for one in fields]
    cells += [Cell("{{ 行.所在部门 }}"), Cell("{{ 行.备注 or '' }}")]
    rows = [
        header_row(list(_LEDGER)),
        directive_row("{%tr for 行 in 名册.行 %}", width),
        Row(cells),
        directive_row("{%tr endfor %}", width),
        Row([label("合计", large=False, span=2), Cell(_TOTAL, span=width - 2)], kept=True),
        foot_row(width, [foot(WIDE_FORM), *notes(["按党小组和加入党组织日期排列。"])]),
    ]
    return one_section(WIDE_FORM, [*head(WIDE_FORM, title), Table(list(_LEDGER.values()), rows).element()])


# The year of a date stands in the title.
_TASK = (
    "{{ loop.index }}.{{ 行.工作内容 }}（{{ 行.责任人 }}，{{ 行.完成时限|日期|replace(年度 ~ '年', '') }}）"
)
_CALENDAR_NOTE = "各项安排列在完成时限所在的月份；完成情况由党支部逐月填写。"


def calendar(title: str) -> bytes:
    """Return the template of a year: twelve rows, each with the tasks that end in its month."""
    widths = (16, 97, 27, 25)
    tasks = [
        directive("{%p for 行 in 月.行 %}"),
        paragraph(_TASK, "TableText"),
        directive("{%p endfor %}"),
    ]
    row = [Cell("{{ 月.月份 }}月", "TableHeadLarge"), Cell(tasks), Cell(), Cell()]
    heads = [
        Cell(one, "TableHeadLarge") for one in ("月份", "工作安排（责任人，完成时限）", "完成情况", "备注")
    ]
    rows = [
        Row(heads, 11, header=True),
        directive_row("{%tr for 月 in 安排.行 %}", len(widths)),
        Row(row, 14),
        directive_row("{%tr endfor %}", len(widths)),
        foot_row(len(widths), [foot(FORM), *notes([_CALENDAR_NOTE])]),
    ]
    return one_section(FORM, [*head(FORM, title), Table(widths, rows).element()])
