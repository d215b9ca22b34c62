"""验收评分表: landscape, items in groups with subtotals, the total, two boxes to sign below."""

from __future__ import annotations

from docsmith.official.blocks import DATE_BLANK, box_row, foot_row, form_title, header_line
from docsmith.official.document import Part
from docsmith.official.document import build as build_document
from docsmith.official.page import WIDE_FORM
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Cell, Row, Table, directive_row
from docsmith.official.text import directive, paragraph
from docsmith.official.xml import Element

_COLUMNS = {
    "序号": 11,
    "项目": 19,
    "验收内容": 63,
    "分值": 11,
    "评分标准": 76,
    "自评分": 13,
    "验收\n得分": 13,
    "扣分原因": 33,
    "备注": 18,
}
_SUM, _TOTAL = 9.0, 10.5  # mm
# So many items of a group are sure to fit on a page.
_SMALL = 6
_SCORES = ("分值", "自评分", "验收得分")
# One row of the sheet 验收结果, or blanks.
_RESULT = "评定.行[0]"
_GRADE = f"等次：{{{{ {_RESULT}.等次|留空 }}}}"
_NOTE = "自评分由党支部填写，验收得分由验收组填写；扣分的写明原因，每项扣完分值为止。"


def build() -> bytes:
    """Return the bytes of the template."""
    blocks = [
        form_title("{{ 单位.单位名称 }}", "{{ 年度 }}年度党支部验收评分表"),
        *header_line(
            WIDE_FORM,
            "党支部名称：{{ 支部.支部名称 }}（盖章）",
            f"验收日期：{{{{ {_RESULT}.验收日期 or '{DATE_BLANK}' }}}}",
        ),
        Table(list(_COLUMNS.values()), _rows()).element(),
    ]
    return build_document([Part(Section(WIDE_FORM, PageNumbers.FORM), blocks)], "验收评分表")


def _rows() -> list[Row]:
    width = len(_COLUMNS)
    return [
        Row([Cell([paragraph(title, "TableHead")], snug=True) for title in _COLUMNS], 11, header=True),
        directive_row("{%tr for 组 in 评分.组 %}", width),
        directive_row("{%tr for 行 in 组.行 %}", width),
        # Those of a small group stay on one page, with their subtotal.
        Row(_item(), kept=f"组.条数 <= {_SMALL} or loop.last"),
        directive_row("{%tr endfor %}", width),
        Row(_sums("小计", "组.合计", Cell(span=2)), _SUM, kept="loop.last"),
        directive_row("{%tr endfor %}", width),
        Row(_sums("总分", "评分.合计", Cell(_GRADE, span=2)), _TOTAL, kept=True),
        box_row(
            (4, "被验收党支部意见：", "党支部书记（签字）："),
            (5, "验收组意见：", "验收组组长（签字）：　　　　　　　　成员（签字）："),
        ),
        foot_row(width, _notes()),
    ]


def _item() -> list[Cell]:
    """Return the cells of an item."""
    return [
        Cell("{{ 行.编号 }}", "TableCentred"),
        Cell("{% 合并 %}{{ 组.名称 }}", "TableCentred"),
        Cell("{{ 行.验收内容 }}"),
        Cell("{{ 行.分值 }}", "TableCentred"),
        Cell("{{ 行.评分标准|留空 }}"),
        Cell("{{ 行.自评分|留空 }}", "TableCentred"),
        Cell("{{ 行.验收得分|留空 }}", "TableCentred"),
        Cell("{{ 行.扣分原因|留空 }}"),
        Cell("{{ 行.备注|留空 }}"),
    ]


def _sums(title: str, sums: str, last: Cell) -> list[Cell]:
    """Return the cells of a row of sums; where a score is still to be written, so is its sum."""
    points, own, given = (Cell(f"{{{{ {sums}.{one}|留空 }}}}", "TableCentred") for one in _SCORES)
    return [Cell(title, "TableHead", span=3), points, Cell(), own, given, last]


def _notes() -> list[Element]:
    return [
        paragraph(f"注：{{% if 评分.示例 %}}1.{{% endif %}}{_NOTE}", "Note"),
        directive("{%p if 评分.示例 %}"),
        paragraph("2.本表验收项目和评分标准为示例，请以上级党组织印发的为准。", "NoteMore"),
        directive("{%p endif %}"),
    ]
