"""会议签到表 as an office has it, without a tag: what the tutorial for authors of templates begins with."""

from __future__ import annotations

from collections.abc import Sequence

from docsmith.official.blocks import form_title
from docsmith.official.document import Part
from docsmith.official.document import build as build_document
from docsmith.official.page import FORM
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Cell, Row, Table, gap, header_row
from docsmith.official.text import paragraph

_WIDTHS = [27.0, 55.5, 27.0, 55.5]
LIST = {"序号": 15, "姓名": 35, "党内职务": 45, "签到": 70}
_EMPTY_ROWS = 3


def build() -> bytes:
    """Return the bytes of the form."""
    return form(["", "", "", "", "", "", ""], [Row([Cell() for _ in LIST]) for _ in range(_EMPTY_ROWS)])


def form(values: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Return the form with these values (党支部名称, 会议类型 … 记录人) and these rows of the list."""
    branch, kind, date, place, chair, topic, clerk = values
    facts = [
        Row([*_pair("会议类型", kind), *_pair("日期", date)]),
        Row([*_pair("地点", place), *_pair("主持人", chair)]),
        Row([Cell("主题", "TableHead"), Cell(topic, span=3)]),
    ]
    blocks = [
        form_title("会议签到表"),
        paragraph(f"党支部名称：{branch}", "HeaderLine"),
        gap(3),
        Table(_WIDTHS, facts).element(),
        gap(8),
        Table(list(LIST.values()), [header_row(list(LIST)), *rows]).element(),
        paragraph(f"记录人：{clerk}", "SignLine"),
    ]
    return build_document([Part(Section(FORM, PageNumbers.FORM), blocks)], "会议签到表")


def _pair(label: str, value: str) -> tuple[Cell, Cell]:
    return Cell(label, "TableHead"), Cell(value, "TableCentred" if value else "TableText")
