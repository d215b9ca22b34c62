"""轮值表: a landscape sheet for the wall, four quarters of three months, the duties of each in its cell."""

from __future__ import annotations

from docsmith.official.blocks import DATE_BLANK, foot_row, form_title, header_line, sign_line
from docsmith.official.document import Part
from docsmith.official.document import build as build_document
from docsmith.official.page import WIDE_FORM, Font
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Cell, Row, Table, directive_row
from docsmith.official.text import Face, directive, paragraph, run

_MONTHS = 3
_QUARTER = 17.0
_WIDTHS = (_QUARTER, *[(WIDE_FORM.text_width - _QUARTER) / _MONTHS] * _MONTHS)
_HEAD, _MONTH, _DUTIES = 7.5, 6.8, 18.0  # mm
_WHAT = (
    "{% if 行.轮值时间 %}（{{ 行.轮值时间 }}）{% endif %}：{{ 行.轮值事项 }}"
    "{% if 行.备注 %}（{{ 行.备注 }}）{% endif %}"
)

_SIGNED = (
    "制表人：{{ 支部.填表人 or 单位.填表人 or '' }}",
    "党支部书记（签字）：",
    "联系电话：{{ 支部.联系电话 or 单位.联系电话 or '' }}",
)


def build() -> bytes:
    """Return the bytes of the template."""
    blocks = [
        form_title("{{ 单位.单位名称 }}", "{{ 年度 }}年度轮值表"),
        *header_line(WIDE_FORM, "党支部名称：{{ 支部.支部名称 }}（盖章）", f"制表日期：{DATE_BLANK}"),
        Table(_WIDTHS, _rows()).element(),
    ]
    return build_document([Part(Section(WIDE_FORM, PageNumbers.FORM), blocks)], "轮值表")


def _rows() -> list[Row]:
    width = len(_WIDTHS)
    months = [f"季[{number}]" for number in range(_MONTHS)]
    return [
        Row([_head("季度"), _head("轮值安排", _MONTHS)], _HEAD, header=True),
        directive_row(f"{{%tr for 季 in 轮值安排.行|batch({_MONTHS}) %}}", width),
        Row([_quarter("restart"), *map(_month, months)], _MONTH, kept=True),
        Row([_quarter("continue"), *map(_duties, months)], _DUTIES, kept="loop.last"),
        directive_row("{%tr endfor %}", width),
        foot_row(width, [sign_line(WIDE_FORM, _SIGNED)]),
    ]


def _head(title: str, span: int = 1) -> Cell:
    return Cell([paragraph(title, "TableHeadLarge")], span=span)


def _quarter(merge: str) -> Cell:
    """Return the head of a quarter, beside its months and their duties."""
    if merge == "continue":
        return Cell(merge=merge)
    return Cell([paragraph("第{{ loop.index|序号 }}\n季度", "TableHeadLarge")], merge=merge)


def _month(month: str) -> Cell:
    return Cell([paragraph(f"{{{{ {month}.月份 }}}}月", "TableHead")])


def _duties(month: str) -> Cell:
    """Return the duties of a month, numbered where there are several: who first, for a reader on the wall."""
    number = f"{{% if {month}.条数 > 1 %}}{{{{ loop.index }}}}.{{% endif %}}"
    who = run("{{ 行.轮值人|顿号 }}", Face(Font.HEI))
    content = [
        directive(f"{{%p for 行 in {month}.行 %}}"),
        paragraph([run(number), who, run(_WHAT)], "TableText"),
        directive("{%p endfor %}"),
    ]
    return Cell(content, top=True)
