"""自检自查表: landscape, groups merged downwards, three sign-off boxes at its end."""

from __future__ import annotations

from docsmith.official.blocks import box_row, foot_row, form_title, group_cell, header_line
from docsmith.official.document import Part
from docsmith.official.document import build as build_document
from docsmith.official.page import WIDE_FORM
from docsmith.official.section import PageNumbers, Section
from docsmith.official.starting.common import foot, label
from docsmith.official.table import Cell, Row, Table, directive_row
from docsmith.official.text import paragraph

# 序号, 类别, 评估内容, 是, 否, 佐证材料, 存在问题, 整改措施及时限
_WIDTHS = (11, 13, 66, 12, 12, 59, 38, 46)
_COLUMNS = len(_WIDTHS)


def build() -> bytes:
    """Return the bytes of the template."""
    blocks = [
        form_title("{{ 单位.单位名称 }}", "{{ 年度 }}年度党支部自检自查表"),
        *header_line(
            WIDE_FORM,
            "党支部名称：{{ 支部.支部名称 }}（盖章）",
            "填报日期：{{ 单位.填报日期 or '　　　　年　　月　　日' }}",
        ),
        Table(_WIDTHS, _rows()).element(),
    ]
    return build_document([Part(Section(WIDE_FORM, PageNumbers.FORM), blocks)], "自检自查表")


def _rows() -> list[Row]:
    return [
        *_header(),
        directive_row("{%tr for group in groups %}", _COLUMNS),
        directive_row("{%tr for item in group.rows %}", _COLUMNS),
        Row(
            [
                Cell("{{ item.number }}", "TableCentred"),
                group_cell("group"),
                Cell("{{ item.text }}"),
                Cell("{{ item.yes }}", "TableCentred"),
                Cell("{{ item.no }}", "TableCentred"),
                Cell("{{ item.evidence }}"),
                Cell("{{ item.problem }}"),
                Cell("{{ item.measure }}"),
            ],
            kept="item.kept",
        ),
        directive_row("{%tr endfor %}", _COLUMNS),
        directive_row("{%tr endfor %}", _COLUMNS),
        Row([label("自查结果", large=False, span=2), Cell(_RESULT, span=6)], 11, kept=True),
        box_row(
            (3, "支委会审议意见：", "主持人（签字）："),
            (3, "向全体党员通报情况（方式、应到实到人数）：", "党支部书记（签字）："),
            (2, "上报上级党组织：", "党支部（盖章）："),
        ),
        foot_row(_COLUMNS, [foot(WIDE_FORM), paragraph(_NOTES, "Note")]),
    ]


_RESULT = (
    "{% if result.begun %}应评{{ result.total }}项，达标项{{ result.met }}/{{ result.total }}"
    "{% if result.unmet %}；不达标项：{{ result.unmet }}{% endif %}"
    "{% if result.not_applicable %}；不适用项：{{ result.not_applicable }}{% endif %}"
    "{% if result.unanswered %}；尚未自查：{{ result.unanswered }}{% endif %}。"
    "{% else %}应评{{ result.total }}项，达标　　　　项；不达标项：　　　　　　　　　　　　。{% endif %}"
    "自评结论：{{ result.conclusion or '　　　　　　' }}"
)


def _header() -> list[Row]:
    """Return the two header rows: 自查结果 stands over 是 and 否."""

    def merged(title: str, merge: str) -> Cell:
        return Cell([paragraph(title if merge == "restart" else "", "TableHead")], merge=merge)

    def row(merge: str, middle: list[Cell]) -> Row:
        left = [merged(title, merge) for title in ("序号", "类别", "评估内容")]
        right = [merged(title, merge) for title in ("佐证材料", "存在问题", "整改措施及时限")]
        return Row([*left, *middle, *right], 8, header=True)

    over = [Cell([paragraph("自查结果", "TableHead")], span=2)]
    under = [Cell([paragraph(title, "TableHead")]) for title in ("是", "否")]
    return [row("restart", over), row("continue", under)]


# One paragraph: the notes that apply run on, and fill as few lines as they can.
_NOTES = (
    "注：1.本表一式两份，党支部、上级党组织各存一份。2.“／”表示该项不适用，不计入应评项；达标项占应评项"
    "{{ pass_percent }}以上为达标，{{ basic_percent }}以上为基本达标，其余为不达标。"
    "{% if any_proposed %}3.标“*”的结果由系统根据台账数据提出，仅为建议，须经党支部核实确认。{% endif %}"
    "{% if example_items %}{{ '4' if any_proposed else '3' }}."
    "本表自查项目为示例，请以上级党组织印发的项目为准。{% endif %}"
)
