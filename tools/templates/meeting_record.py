"""三会一课会议记录: portrait, one meeting on a page, tall boxes for what was said and decided."""

from __future__ import annotations

from docsmith.official.blocks import form_title, header_line
from docsmith.official.document import Part
from docsmith.official.document import build as build_document
from docsmith.official.page import FORM
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Table, directive_row
from tools.templates._records import WIDTHS, last_text, line, note, pairs, signatures, text

_CONTENT, _RESOLUTION = 62, 24  # mm
_TIME = "{{ 记录.日期 }}{% if 记录.时间 %} {{ 记录.时间 }}{% endif %}"
# Nobody was absent where as many came as were due. Where that is not known, a person writes it.
_ABSENT = (
    "{% if 记录.缺席人员及原因 or 记录.应到人数 != 记录.实到人数 %}{{ 记录.缺席人员及原因 }}"
    "{% elif 记录.应到人数 %}无{% endif %}"
)


def build() -> bytes:
    """Return the bytes of the template."""
    width = len(WIDTHS)
    rows = [
        line("主　　题", "{{ 记录.主题 }}"),
        pairs(("时　　间", _TIME), ("地　　点", "{{ 记录.地点 }}")),
        pairs(("主 持 人", "{{ 记录.主持人 }}"), ("记 录 人", "{{ 记录.记录人 }}")),
        directive_row("{%tr if 记录.主讲人 or 记录.类型 == '党课' %}", width),
        line("主 讲 人", "{{ 记录.主讲人 }}"),
        directive_row("{%tr endif %}", width),
        pairs(("应到人数", "{{ 记录.应到人数 }}"), ("实到人数", "{{ 记录.实到人数 }}")),
        line("缺席人员\n及 原 因", _ABSENT),
        line("列席人员", "{{ 记录.列席人员|留空 }}"),
        text("主要内容", "记录.主要内容|留空", _CONTENT),
        directive_row("{%tr if 记录.决议 or 记录.类型 != '党课' %}", width),
        *last_text("决　　议", "记录.决议|留空", _RESOLUTION),
        directive_row("{%tr endif %}", width),
        directive_row("{%tr if 记录.佐证材料 or 记录.类型 == '党课' and not 记录.决议 %}", width),
        line("佐证材料", "{{ 记录.佐证材料|留空 }}", kept=True),
        directive_row("{%tr endif %}", width),
        signatures("主持人", "记录人"),
        note("本记录由主持人、记录人核对后签字，由党支部存档。"),
    ]
    blocks = [
        form_title("{{ 单位.单位名称 }}", "{{ 记录.类型 }}记录"),
        *header_line(
            FORM,
            "党支部名称：{{ 支部.支部名称 }}",
            "{% if 记录.党小组 %}党小组：{{ 记录.党小组 }}{% endif %}",
            left_share=0.7,
        ),
        Table(WIDTHS, rows).element(),
    ]
    return build_document([Part(Section(FORM, PageNumbers.FORM), blocks)], "三会一课会议记录")
