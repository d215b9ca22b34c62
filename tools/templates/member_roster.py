"""党员花名册: landscape, a row for each member, empty rows below a short list, the sum at the end."""

from __future__ import annotations

from docsmith.official.blocks import foot_row, form_title, header_line, notes
from docsmith.official.document import Part
from docsmith.official.document import build as build_document
from docsmith.official.page import WIDE_FORM
from docsmith.official.section import PageNumbers, Section
from docsmith.official.starting.common import foot, label
from docsmith.official.table import Cell, Row, Table, directive_row
from docsmith.official.text import directive, paragraph
from docsmith.official.xml import Element

# Snug columns hold exactly what they are for: 大学本科, 正式党员, 12月11日, 第一党小组组长.
_COLUMNS = {
    "序号": 9,
    "姓名": 19.5,
    "性别": 12,
    "民族": 16,
    "出生年月": 17,
    "学历\n学位": 16,
    "党籍\n状态": 16,
    "加入党组织\n日期": 19.5,
    "转为正式\n党员日期": 19.4,
    "党小组": 20,
    "党内职务": 26.6,
    "所在部门\n及职务": 25.7,
    "联系电话": 21.3,
    "备注": 19,
}
_ROW = 12.6  # mm, two lines
# Where a date and a long name break: 2010年 / 5月18日, 古丽娜尔· / 艾山.
_AFTER_YEAR = '|replace("年", "年\\n")'
_AFTER_DOT = '|replace("·", "·\\n")'
_SUM = (
    "共{{ 名册.条数 or '　　' }}名党员，其中正式党员{{ 数据.党员.正式党员|默认('　　') }}名、"
    "预备党员{{ 数据.党员.预备党员|默认('　　') }}名；女党员{{ 数据.党员.女党员|默认('　　') }}名，"
    "少数民族党员{{ 数据.党员.少数民族党员|默认('　　') }}名。"
)

_NOTE = "本表按党小组和加入党组织日期排列；预备党员转为正式党员后填写转正日期。"


def build() -> bytes:
    """Return the bytes of the template."""
    blocks = [
        form_title("{{ 单位.单位名称 }}", "{{ 年度 }}年度党员花名册"),
        *header_line(
            WIDE_FORM,
            "党支部名称：{{ 支部.支部名称 }}（盖章）",
            "填报日期：{{ 单位.填报日期 or '　　　　年　　月　　日' }}",
        ),
        Table(list(_COLUMNS.values()), _rows()).element(),
    ]
    return build_document([Part(Section(WIDE_FORM, PageNumbers.FORM), blocks)], "党员花名册")


def _rows() -> list[Row]:
    width = len(_COLUMNS)
    heads = [Cell([paragraph(title, "TableHead")], snug=True) for title in _COLUMNS]
    return [
        Row(heads, 11, header=True),
        directive_row("{%tr for 行 in 名册.行 %}", width),
        Row(_cells(), _ROW, kept="loop.revindex <= 2"),
        directive_row("{%tr endfor %}", width),
        Row([label("合计", large=False, span=2), Cell(_SUM, span=width - 2)], kept=True),
        foot_row(width, [foot(WIDE_FORM), *notes([_NOTE])]),
    ]


def _cells() -> list[Cell]:
    full_on = "行.转为正式党员日期 or (行.转为正式党员日期 if 行.党籍状态 == '正式党员')"
    return [
        _cell("行.序号"),
        _cell(f"行.姓名|姓名{_AFTER_DOT}"),
        _cell("行.性别"),
        _cell("行.民族"),
        _cell(f"行.出生日期|年月{_AFTER_YEAR}"),
        _cell("行.学历", "行.学位"),
        _cell("行.党籍状态"),
        _cell(f"行.加入党组织日期|日期{_AFTER_YEAR}"),
        _cell(f"({full_on})|日期{_AFTER_YEAR}"),
        _cell("行.党小组 or ''"),
        _cell("行.党内职务 or ''"),
        # Who has retired has no department: only where the post is not known either is it missing.
        _cell("行.所在部门", "行.行政职务", first_if="行.所在部门 or not 行.行政职务"),
        _cell("行.手机号码 or ''"),
        Cell("{{ 行.备注 or '' }}"),
    ]


def _cell(first: str, second: str = "", *, first_if: str = "") -> Cell:
    """Return a cell of a value, or of two, one below the other where there are two."""
    content = _value(first, first_if) + (_value(second, second) if second else [])
    return Cell(content, snug=True)


def _value(value: str, condition: str) -> list[Element]:
    shown = paragraph(f"{{{{ {value} }}}}", "TableCentred")
    if not condition:
        return [shown]
    return [directive(f"{{%p if {condition} %}}"), shown, directive("{%p endif %}")]
