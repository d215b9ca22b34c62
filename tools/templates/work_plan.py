"""工作计划: the article, the month table on pages of its own, the matrix on a wide page."""

from __future__ import annotations

from docsmith.official.article import annex_head, annex_list, closing
from docsmith.official.blocks import header_line
from docsmith.official.document import Part
from docsmith.official.document import build as build_document
from docsmith.official.page import ARTICLE, WIDE_ANNEX
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Cell, Row, Table, directive_row
from docsmith.official.text import directive, paragraph
from docsmith.official.xml import Element

# They begin with a word: in the list of annexes, the number 1. before the year would read as 1.2026.
_MONTHS_TITLE = "党支部{{ 年度 }}年度工作任务月度安排表"
_MATRIX_TITLE = "党支部{{ 年度 }}年度工作“矩阵”图"
# 月份, 工作内容, 责任人, 完成时限, 备注.
_MONTHS_WIDTHS = (17, 55, 33, 27, 24)
# 责任主体; then the column of an area between the two cells that repeat it, which go away.
_MATRIX_WIDTHS = (38, 73, 73, 73)


def build() -> bytes:
    """Return the bytes of the template."""
    return build_document(
        [
            Part(Section(ARTICLE, PageNumbers.ARTICLE), _text()),
            Part(Section(ARTICLE, PageNumbers.ARTICLE), _months()),
            Part(Section(WIDE_ANNEX, PageNumbers.ARTICLE), _matrix()),
        ],
        "工作计划",
    )


def _text() -> list[Element]:
    return [
        paragraph("{{ title }}", "Title"),
        paragraph("为做好{{ 年度 }}年度党支部工作，结合实际，制定本计划。", "BodyText"),
        *_areas(),
        paragraph("{{ last_number }}、任务安排", "Heading1"),
        closing("各项任务的月度安排见附件1，责任主体与工作类别的对应关系见附件2。"),
        *annex_list([_MONTHS_TITLE, _MATRIX_TITLE]),
        paragraph("{{ signature }}", "Signature"),
    ]


def _areas() -> list[Element]:
    return [
        directive("{%p for area in areas %}"),
        paragraph("{{ area.number }}、{% if not area.name %}工作类别{% endif %}{{ area.name }}", "Heading1"),
        directive("{%p if not area.levels %}"),
        paragraph("{{ area.missing }}", "BodyText"),
        directive("{%p endif %}"),
        directive("{%p for level in area.levels %}"),
        directive("{%p if area.divided %}"),
        paragraph(
            "（{{ level.number }}）{% if level.name %}{{ level.name }}层面"
            "{% else %}责任主体{{ level.name }}{% endif %}",
            "Heading2",
        ),
        directive("{%p endif %}"),
        directive("{%p for task in level.tasks %}"),
        paragraph(_TASK, "BodyText"),
        directive("{%p endfor %}"),
        directive("{%p endfor %}"),
        directive("{%p endfor %}"),
    ]


_TASK = (
    "{{ task.number }}.{{ task.text }}"
    "{% if not area.divided %}责任主体：{{ task.plan.责任主体 }}；{% endif %}"
    "责任人：{{ task.plan.责任人 }}"
    "{% if task.plan.参与者 %}；参与者：{{ task.plan.参与者 }}{% endif %}"
    "{% if task.cycle %}；周期：{{ task.cycle }}{% endif %}"
    "{% if task.period %}；时间：{{ task.period }}"
    "{% elif task.plan.完成时限 or not task.cycle %}；完成时限：{{ task.plan.完成时限 }}{% endif %}。"
)


def _months() -> list[Element]:
    columns = len(_MONTHS_WIDTHS)
    titles = ("月份", "工作内容", "责任人", "完成时限", "备注")
    header = Row([Cell(title, "TableHeadLarge") for title in titles], 11, header=True)
    row = Row(
        [
            Cell("{% vm %}{{ month.name }}", "TableCentredLarge"),
            Cell("{{ row.task }}", "TableTextLarge"),
            Cell("{{ row.owner }}", "TableCentredLarge"),
            Cell("{{ row.limit }}", "TableCentredLarge"),
            Cell("{{ row.note }}", "TableTextLarge"),
        ]
    )
    rows = [
        header,
        directive_row("{%tr for month in months %}", columns),
        directive_row("{%tr for row in month.rows %}", columns),
        row,
        directive_row("{%tr endfor %}", columns),
        directive_row("{%tr endfor %}", columns),
    ]
    return [*annex_head("附件1", _MONTHS_TITLE), Table(_MONTHS_WIDTHS, rows).element()]


def _matrix() -> list[Element]:
    columns = len(_MATRIX_WIDTHS)
    header = Row(
        [
            Cell("责任主体", "TableHeadLarge", snug=True),
            Cell("{%tc for column in matrix.columns %}", "Normal"),
            Cell("{{ column }}", "TableHeadLarge"),
            Cell("{%tc endfor %}", "Normal"),
        ],
        9,
        header=True,
    )
    tasks = [
        directive("{%p for line in cell %}"),
        paragraph("{{ line }}", "TableText"),
        directive("{%p endfor %}"),
    ]
    row = Row(
        [
            Cell("{{ row.name }}", "TableHeadLarge", snug=True),
            Cell("{%tc for cell in row.cells %}", "Normal"),
            Cell(tasks),
            Cell("{%tc endfor %}", "Normal"),
        ],
        20,
    )
    rows = [
        header,
        directive_row("{%tr for row in matrix.rows %}", columns),
        row,
        directive_row("{%tr endfor %}", columns),
    ]
    return [
        *annex_head("附件2", _MATRIX_TITLE, after=0),
        *header_line(
            WIDE_ANNEX,
            "党支部名称：{{ 支部.支部名称 }}",
            "制定日期：{{ made_on or '　　　　年　　月　　日' }}",
        ),
        Table(_MATRIX_WIDTHS, rows).element(),
    ]
