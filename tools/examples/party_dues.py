"""党费收缴登记表, of the example package: landscape, a page for each quarter."""

from __future__ import annotations

from docsmith.official.blocks import form_title, header_line, notes, sign_line
from docsmith.official.document import Part
from docsmith.official.document import build as build_document
from docsmith.official.page import WIDE_FORM
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Cell, Row, Table, directive_row, header_row
from docsmith.official.text import directive, keep_next, paragraph
from docsmith.official.xml import Element

_COLUMNS = {
    "序号": 12,
    "姓名": 30,
    "计费方式": 20,
    "月交纳基数\n（元）": 29,
    "交纳比例": 18,
    "每月应交\n（元）": 27,
    "本季应交\n（元）": 29,
    "本季实交\n（元）": 29,
    "交纳人签名": 30,
    "备注": 33,
}
_TITLE = ("{{ 单位.单位名称 }}", "{{ 年度 }}年度党费收缴登记表（{{ 季.名称 }}）")


def build() -> bytes:
    """Return the bytes of the template."""
    blocks = [
        directive("{%p for 季 in 季度 %}"),
        directive("{%p if loop.first %}"),
        form_title(*_TITLE),
        directive("{%p else %}"),
        form_title(*_TITLE, new_page=True),
        directive("{%p endif %}"),
        *header_line(
            WIDE_FORM,
            "党支部名称：{{ 支部.支部名称 }}（盖章）",
            "填报日期：{{ 单位.填报日期 or '　　　　年　　月　　日' }}",
        ),
        Table(list(_COLUMNS.values()), _rows()).element(),
        sign_line(WIDE_FORM, ["收款人（签字）：", "审核人：", "党支部书记（签字）："]),
        *notes(
            [
                "交纳比例依据《关于中国共产党党费收缴、使用和管理的规定》；定额交纳的，基数栏填每月交纳的金额。",
                "党费应当由党员本人按月交纳，确有特殊情况的，经党支部同意，可以每季度交纳一次。",
            ]
        ),
        directive("{%p endfor %}"),
    ]
    return build_document([Part(Section(WIDE_FORM, PageNumbers.FORM), blocks)], "党费收缴登记表")


def _rows() -> list[Row]:
    width = len(_COLUMNS)
    return [
        header_row(list(_COLUMNS)),
        directive_row("{%tr for 行 in 季.行 %}", width),
        Row([_value(name) for name in ("序号", "姓名|姓名", "计费方式", *_AMOUNTS, "", "备注")]),
        directive_row("{%tr endfor %}", width),
        directive_row("{%tr for 空 in 季.空行 %}", width),
        Row([Cell() for _ in _COLUMNS]),
        directive_row("{%tr endfor %}", width),
        Row(
            [
                Cell([_head("合计")], span=6),
                Cell([_total("季.应交合计")]),
                Cell([_total("季.实交合计")]),
                Cell([paragraph("实交（大写）：{{ 季.大写 }}", "TableText", keep_next())], span=2),
            ]
        ),
    ]


_AMOUNTS = ("基数", "比例", "每月应交", "本季应交", "本季实交")


def _value(name: str) -> Cell:
    return Cell(f"{{{{ 行.{name} }}}}" if name else "", "TableCentred")


def _head(text: str) -> Element:
    return paragraph(text, "TableHead", keep_next())


def _total(name: str) -> Element:
    return paragraph(f"{{{{ {name} }}}}", "TableCentred", keep_next())
