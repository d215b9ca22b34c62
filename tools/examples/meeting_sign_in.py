"""会议签到表 as a template: the form of the tutorial with its tags, as its author has left it in Word."""

from __future__ import annotations

from docsmith.official.table import Cell, Row, directive_row
from tools.examples.sign_in_form import LIST, form


def build() -> bytes:
    """Return the bytes of the template."""
    facts = ("类型", "日期", "地点", "主持人", "主题", "记录人")
    head = "{{ 支部.支部名称 }}　　　　应到：{{ 名单.条数 }}人"
    cells = ("行.序号", "行.姓名|姓名", '行.党内职务 or ""', "")
    rows = [
        directive_row("{%tr for 行 in 名单.行 %}", len(LIST)),
        Row([Cell(_tag(name), "TableCentred") for name in cells]),
        directive_row("{%tr endfor %}", len(LIST)),
    ]
    return form([head, *(_tag(f"记录.{name}") for name in facts)], rows)


def _tag(name: str) -> str:
    return f"{{{{ {name} }}}}" if name else ""
