"""年终总结: the article, and the table of the year's activities on pages of its own."""

from __future__ import annotations

from docsmith.official.article import annex_head, annex_list, closing
from docsmith.official.document import Part
from docsmith.official.document import build as build_document
from docsmith.official.page import ARTICLE, Font
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Cell, Row, Table, directive_row, header_row
from docsmith.official.text import Face, directive, keep_next, paragraph, run
from docsmith.official.xml import Element

_ANNEX = "{{ 年度 }}年度组织生活情况统计表"
# 序号, 日期, 类型, 主题, 应到, 实到, 主持人.
_WIDTHS = (11, 22, 26, 52, 13, 13, 19)
_COLUMNS = len(_WIDTHS)
_PIECES = "{% for piece in pieces %}{{ piece }}{% endfor %}"


def build() -> bytes:
    """Return the bytes of the template."""
    article = Section(ARTICLE, PageNumbers.ARTICLE)
    return build_document([Part(article, _text()), Part(article, _activities())], "年终总结")


def _text() -> list[Element]:
    return [
        paragraph("{{ title }}", "Title"),
        paragraph("现将{{ 支部.支部名称 }}{{ 年度 }}年度工作情况总结如下。", "BodyText"),
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
        _activity(keep=False),
        directive_row("{%tr endfor %}", _COLUMNS),
        directive_row("{%tr for row in last_rows %}", _COLUMNS),
        _activity(keep=True),
        directive_row("{%tr endfor %}", _COLUMNS),
        directive_row("{%tr for row in empty_rows %}", _COLUMNS),
        Row([Cell() for _width in _WIDTHS]),
        directive_row("{%tr endfor %}", _COLUMNS),
        directive_row("{%tr if total %}", _COLUMNS),
        Row(total),
        directive_row("{%tr endif %}", _COLUMNS),
    ]
    return [*annex_head("附件", _ANNEX), Table(_WIDTHS, rows).element()]


def _activity(*, keep: bool) -> Row:
    """Return a row of the table; ``keep`` holds it on the page of the next one."""
    fields = ("number", "date", "kind", "topic", "due", "present", "chair")
    styles = {field: "TableText" if field == "topic" else "TableCentred" for field in fields}
    return Row(
        [
            Cell([paragraph(f"{{{{ row.{field} }}}}", style, *([keep_next()] if keep else []))])
            for field, style in styles.items()
        ]
    )
