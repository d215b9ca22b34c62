"""Starting templates that are texts: 公文, 承诺书."""

from __future__ import annotations

from docsmith.official.article import closing
from docsmith.official.blocks import notes
from docsmith.official.page import ARTICLE, CHARACTER, pt
from docsmith.official.section import PageNumbers
from docsmith.official.starting.common import one_section
from docsmith.official.text import directive, keep_next, paragraph
from docsmith.official.xml import Element, w

_TIMES = "{{ 数据.组织生活.%s.次数|默认('　　') }}次"
_STATE = (
    "{{ 支部.支部名称 }}现有党员{{ 数据.党员.党员总数 }}名，其中正式党员{{ 数据.党员.正式党员 }}名、预备党员"
    "{{ 数据.党员.预备党员 }}名，设{{ 数据.党员.党小组数 }}个党小组，支部书记为{{ 支部.书记 }}。"
)
_HELD = (
    f"本年度召开支部党员大会{_TIMES % '支部党员大会'}、支委会{_TIMES % '支委会'}、党小组会"
    f"{_TIMES % '党小组会'}，上党课{_TIMES % '党课'}，开展主题党日{_TIMES % '主题党日'}。"
)
_SIGNATURE = "{{ 支部.支部名称 }}\n{{ 单位.填报日期 or '　　　　年　　月　　日' }}"
# The date, seven characters wide, ends four from the right of the 28 of a line; the name stands centred above
# it, and the seal on both (GB/T 9704-2012, 7.3.5.1).
_SIGNATURE_LEFT = 13 * CHARACTER
_PLEDGES = (
    "坚定理想信念，学习贯彻党的创新理论，在思想上政治上行动上同党中央保持高度一致。",
    "遵守党章党规党纪和国家法律法规，按时参加组织生活，按时足额交纳党费。",
    "履行岗位职责，秉公用权，不以职务之便为本人和他人谋取不正当利益。",
    "严格执行中央八项规定及其实施细则精神，保持良好作风。",
    "自觉接受党组织、党员和群众监督。",
)
_NUMERALS = "一二三四五"


def article(title: str) -> bytes:
    """Return the template of an article: a report whose facts come from the data, and that somebody signs."""
    blocks = [
        paragraph(f"{{{{ 支部.支部名称 }}}}\n{title}", "Title"),
        paragraph("现将{{ 支部.支部名称 }}{{ 年度 }}年度有关情况报告如下。", "BodyText"),
        paragraph("一、基本情况", "Heading1"),
        paragraph(_STATE, "BodyText"),
        paragraph("二、工作开展情况", "Heading1"),
        paragraph(_HELD, "BodyText"),
        *_passages("主要工作"),
        paragraph("三、存在的不足", "Heading1"),
        *_passages("不足"),
        paragraph("四、下一步打算", "Heading1"),
        *_passages("打算"),
        closing("特此报告。"),
        paragraph(_SIGNATURE, "Signature", w("ind", left=pt(_SIGNATURE_LEFT)), w("jc", val="center")),
    ]
    return one_section(ARTICLE, blocks, PageNumbers.ARTICLE)


def _passages(table: str) -> list[Element]:
    """Return the passages of a part of the year's summary, each below its heading where it has one.

    A part that nobody has written says so: its heading does not stand there alone.
    """
    return [
        directive(f"{{%p for 行 in {table}.行 %}}"),
        directive("{%p if 行.标题 %}"),
        paragraph("（{{ 行.序号|序号 }}）{{ 行.标题 }}", "Heading2"),
        directive("{%p endif %}"),
        directive("{%p for 段 in 行.内容|分段 %}"),
        paragraph("{{ 段 }}", "BodyText"),
        directive("{%p endfor %}"),
        directive("{%p else %}"),
        paragraph("（待补充）", "BodyText"),
        directive("{%p endfor %}"),
    ]


def pledge(title: str) -> bytes:
    """Return the template of a pledge: one a member, to be signed by hand."""
    opening = "我是{{ 支部.支部名称 }}党员{{ 记录.姓名 }}。为履行党员义务、接受党组织和群众监督，我郑重承诺："
    pledges = [
        paragraph(f"{number}、{text}", "BodyText") for number, text in zip(_NUMERALS, _PLEDGES, strict=True)
    ]
    signed = ["承诺人（签字）：　　　　　　　　", "　　　　年　　月　　日　　"]
    blocks = [
        paragraph(title, "Title"),
        paragraph(opening, "BodyText"),
        *pledges,
        closing("以上承诺，请党组织和同志们监督。如有违反，愿接受组织处理。"),
        paragraph("\n".join("　" * 12 + line for line in signed), "Signature", keep_next()),
        paragraph("", "BodyText", keep_next()),
        *notes(["本承诺书一式两份，本人、党支部各存一份。"]),
    ]
    return one_section(ARTICLE, blocks, PageNumbers.NONE)
