"""谈心谈话记录: portrait, one talk on a page, tall boxes for what was said, signed by both."""

from __future__ import annotations

from docsmith.official.blocks import form_title, header_line
from docsmith.official.document import Part
from docsmith.official.document import build as build_document
from docsmith.official.page import FORM
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Table
from tools.templates._records import WIDTHS, last_text, note, pairs, signatures, text

_CONTENT, _OPINION = 102, 36  # mm


def build() -> bytes:
    """Return the bytes of the template."""
    rows = [
        pairs(("谈 话 人", "{{ 记录.谈话人 }}"), ("谈话对象", "{{ 记录.谈话对象 }}")),
        pairs(("谈话时间", "{{ 记录.日期 }}"), ("谈话地点", "{{ 记录.地点 }}")),
        pairs(("谈话类型", "{{ 记录.谈话类型 }}"), ("谈话原因", "{{ 记录.谈话原因 }}")),
        text("谈话内容", "记录.谈话内容|留空", _CONTENT),
        *last_text("意见建议", "记录.意见建议|留空", _OPINION),
        signatures("谈话人", "谈话对象"),
        note("本记录经谈话双方核对后签字，由党支部存档。"),
    ]
    blocks = [
        form_title("{{ 单位.单位名称 }}", "谈心谈话记录"),
        *header_line(FORM, "党支部名称：{{ 支部.支部名称 }}", "", left_share=0.9),
        Table(WIDTHS, rows).element(),
    ]
    return build_document([Part(Section(FORM, PageNumbers.FORM), blocks)], "谈心谈话记录")
