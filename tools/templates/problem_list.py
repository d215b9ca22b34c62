"""自查自检问题清单: landscape, grouped by category, empty rows below a short list, totals at the end."""

from __future__ import annotations

from docsmith.official.blocks import foot_row, form_title, group_cell, header_line, notes
from docsmith.official.document import Part
from docsmith.official.document import build as build_document
from docsmith.official.page import WIDE_FORM
from docsmith.official.section import PageNumbers, Section
from docsmith.official.starting.common import foot, label
from docsmith.official.table import Cell, Row, Table, directive_row, header_row
from docsmith.official.text import directive, paragraph
from docsmith.official.xml import Element

_COLUMNS = {
    "序号": 11,
    "问题\n类别": 14,
    "存在问题（具体表现）": 51.5,
    "问题\n来源": 14,
    "整改措施": 50,
    "责任领导": 19.5,
    "责任人": 19.5,
    "整改时限": 22,
    "进展情况": 33.5,
    "销号": 22,
}


def build() -> bytes:
    """Return the bytes of the template."""
    blocks = [
        form_title("{{ 单位.单位名称 }}", "{{ 年度 }}年度党支部自查自检问题清单"),
        *header_line(
            WIDE_FORM,
            "党支部名称：{{ 支部.支部名称 }}（盖章）",
            "填报日期：{{ 单位.填报日期 or '　　　　年　　月　　日' }}",
        ),
        Table(list(_COLUMNS.values()), _rows()).element(),
    ]
    return build_document([Part(Section(WIDE_FORM, PageNumbers.FORM), blocks)], "自查自检问题清单")


def _rows() -> list[Row]:
    width = len(_COLUMNS)
    return [
        header_row(list(_COLUMNS)),
        directive_row("{%tr for group in groups %}", width),
        directive_row("{%tr for item in group.rows %}", width),
        _problem(),
        directive_row("{%tr endfor %}", width),
        directive_row("{%tr endfor %}", width),
        directive_row("{%tr for row in empty_rows %}", width),
        Row([Cell() for _ in _COLUMNS]),
        directive_row("{%tr endfor %}", width),
        Row([label("合计", large=False, span=2), Cell(_TOTAL, span=width - 2)], kept=True),
        foot_row(width, [foot(WIDE_FORM), *notes(_NOTES)]),
    ]


def _problem() -> Row:
    return Row(
        [
            Cell("{{ item.number }}", "TableCentred"),
            group_cell("group"),
            Cell(_with("problem", "symptom", "表现")),
            Cell("{{ item.source }}", "TableCentred"),
            Cell(_with("measure", "target", "目标")),
            # Snug, so that （待补充） stands in one line.
            Cell("{{ item.leader }}", "TableCentred", snug=True),
            Cell("{{ item.owner }}", "TableCentred", snug=True),
            Cell(
                [
                    paragraph("{{ item.due_on }}", "TableCentred"),
                    directive("{%p if item.overdue %}"),
                    paragraph("【逾期】", "TableHead"),
                    directive("{%p endif %}"),
                ]
            ),
            Cell(_with("progress", "evidence", "佐证")),
            Cell(
                [
                    paragraph("{{ item.status }}", "TableCentred"),
                    directive("{%p if item.settled_on != '' %}"),
                    paragraph("{{ item.settled_on }}", "TableCentred"),
                    directive("{%p endif %}"),
                ]
            ),
        ],
        kept="item.kept",
    )


def _with(field: str, more: str, label: str) -> list[Element]:
    """Return a text, and in a paragraph of its own what the data has more to say of it."""
    return [
        paragraph(f"{{{{ item.{field} }}}}", "TableText"),
        directive(f"{{%p if item.{more} %}}"),
        paragraph(f"{label}：{{{{ item.{more} }}}}", "TableText"),
        directive("{%p endif %}"),
    ]


_NOTES = (
    "整改完成并经党支部核实后方可销号；销号栏填写整改状态和日期。",
    "【逾期】指截至{{ 截至日期 }}已过整改时限仍未销号，长期坚持的事项除外。",
)
_TOTAL = (
    "共{% if figures.problems.categories or not figures.problems.total %}"
    "{{ figures.problems.categories|默认('　　　') }}个方面{% endif %}"
    "{{ figures.problems.total|默认('　　　') }}个问题，"
    "已销号{{ figures.problems.closed|默认('　　　') }}个，"
    "销号率{{ figures.problems.closing_rate|默认('　　　') }}%，"
    "逾期未销号{{ figures.problems.overdue|length if figures.problems.total else '　　　' }}个。"
)
