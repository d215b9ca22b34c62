"""会议签到表 with the mistakes that people make most: what the page about the linter begins with."""

from __future__ import annotations

from docsmith.official.table import Cell, Row, directive_row
from tools.examples.sign_in_form import LIST, form


def build() -> bytes:
    """Return the bytes of the template."""
    values = ("｛｛ 支部.支部名称 ｝｝", "{{ 记录.类型 }", "{{ 记录.日期 }}", "{{ 记录.地址 }}", "", "", "")
    rows = [
        directive_row("{%tr for 行 in 党员 %}名单：", len(LIST)),
        Row([Cell(tag, "TableCentred") for tag in ("{{ loop.index }}", "{{ 行.名字 }}", "", "")]),
        directive_row("{%tr endfor %}", len(LIST)),
    ]
    return form(values, rows)
