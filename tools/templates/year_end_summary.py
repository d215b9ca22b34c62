"""年终总结: the article, and the table of the year's activities on pages of its own."""

from __future__ import annotations

from docsmith.official.article import annex_head, annex_list, closing
from docsmith.official.document import Part
from docsmith.official.document import build as build_document
from docsmith.official.page import ARTICLE, Font
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Cell, Row, Table, directive_row, header_row
from docsmith.official.text import Face, directive, paragraph, run
from docsmith.official.xml import Element

_ANNEX = "{{ 年度 }}年度组织生活情况统计表"
# 序号, 日期, 类型, 主题, 应到, 实到, 主持人.
_WIDTHS = (11, 24, 26, 54, 10, 10, 21)
_COLUMNS = len(_WIDTHS)
_PIECES = "{% for piece in pieces %}{{ piece }}{% endfor %}"


def build() -> bytes:
    """Return the bytes of the template."""
    article = Section(ARTICLE, PageNumbers.ARTICLE)
    return build_document([Part(article, _text()), Part(article, _activities())], "年终总结")


def _text() -> list[Element]:
    return [
        paragraph("{{ title }}", "Title"),
        directive("{%p for section in sections %}"),
        paragraph("{{ section.number }}、{{ section.title }}", "Heading1"),
        directive("{%p for passage in section.passages %}"),
        directive("{%p if passage.heading %}"),
        paragraph("{{ passage.heading }}", "Heading2"),
        directive("{%p endif %}"),
        directive("{%p for pieces in passage.paragraphs %}"),
        paragraph(_PIECES, "BodyText"),
        directive("{%p endfor %}"),
        directive("{%p endfor %}"),
        directive("{%p endfor %}"),
        closing(_PIECES.replace("pieces", "closing")),
        *annex_list([_ANNEX]),
        paragraph("{{ signature }}", "Signature"),
    ]


def _activities() -> list[Element]:
    total = [
        Cell([paragraph([run("合计", Face(Font.HEI))], "TableCentred")], span=2),
        Cell("{{ total }}", span=5),
    ]
    rows = [
        header_row(["序号", "日期", "类型", "主题", "应到\n人数", "实到\n人数", "主持人"]),
        directive_row("{%tr for row in rows %}", _COLUMNS),
        Row(
            [
                Cell("{{ row.number }}", "TableCentred"),
                Cell("{{ row.date }}", "TableCentred"),
                Cell("{{ row.kind }}", "TableCentred"),
                Cell("{{ row.topic }}"),
                Cell("{{ row.due }}", "TableCentred"),
                Cell("{{ row.present }}", "TableCentred"),
                Cell("{{ row.chair }}", "TableCentred"),
            ]
        ),
        directive_row("{%tr endfor %}", _COLUMNS),
        directive_row("{%tr for row in empty_rows %}", _COLUMNS),
        Row([Cell() for _width in _WIDTHS]),
        directive_row("{%tr endfor %}", _COLUMNS),
        directive_row("{%tr if total %}", _COLUMNS),
        Row(total),
        directive_row("{%tr endif %}", _COLUMNS),
    ]
    return [*annex_head("附件", _ANNEX), Table(_WIDTHS, rows).element()]
