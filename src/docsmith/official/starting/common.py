"""What the starting templates of forms have in common: head, foot, the bytes."""

from __future__ import annotations

from collections.abc import Sequence

from docsmith.official.blocks import form_title, header_line, sign_line
from docsmith.official.document import Part, build
from docsmith.official.page import Page
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Cell
from docsmith.official.text import keep_next, paragraph
from docsmith.official.xml import Element

# The title of the type stands in plugin.toml alone.
TITLE = "{{ 文种.标题 }}"
BRANCH = "党支部名称：{{ 支部.支部名称 }}（盖章）"
REPORTED = "填报日期：{{ 单位.填报日期 or '　　　　年　　月　　日' }}"
FILLED_BY = "填表人：{{ 支部.填表人 or 单位.填表人 or '' }}"
PHONE = "联系电话：{{ 支部.联系电话 or 单位.联系电话 or '' }}"


def dated(title: str) -> str:
    """Return the title of a document with its year in front: 2026年度 of what is not called 年度 itself."""
    return "{{ 年度 }}" + ("" if title.startswith("年度") else "年度") + TITLE


def head(page: Page, title: str) -> list[Element]:
    """Return title and header line of a form of the branch."""
    lines = form_title("{{ 单位.单位名称 }}", title)
    return [lines, *header_line(page, BRANCH, REPORTED, left_share=0.6)]


def foot(page: Page) -> Element:
    """Return the line of those who answer for a form."""
    items = [FILLED_BY, "审核人：{{ 单位.审核人 or '' }}", "党支部书记（签字）：", PHONE]
    return sign_line(page, items if page.landscape else [items[0], items[2], items[3]])


def one_section(page: Page, blocks: Sequence[Element], numbers: PageNumbers = PageNumbers.FORM) -> bytes:
    """Return a document of one section."""
    return build([Part(Section(page, numbers), blocks)], "")


def label(text: str, *, large: bool = True, span: int = 1, kept: bool = False) -> Cell:
    """Return the cell of a label, centred."""
    style = "TableHeadLarge" if large else "TableHead"
    return Cell([paragraph(text, style, *([keep_next()] if kept else []))], span=span)
