"""What the starting templates of forms have in common: head, foot, the bytes."""

from __future__ import annotations

from collections.abc import Sequence

from docsmith.official.blocks import form_title, header_line, sign_line
from docsmith.official.document import Part, build
from docsmith.official.page import Page
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Cell
from docsmith.official.text import paragraph
from docsmith.official.xml import Element

# The title of the type stands in plugin.toml alone.
TITLE = "{{ 文种.标题 }}"
BRANCH = "党支部名称：{{ 支部.支部名称 }}（盖章）"
REPORTED = "填报日期：{{ 单位.填报日期 or '　　　　年　　月　　日' }}"
FILLED_BY = "填表人：{{ 支部.填表人 or 单位.填表人 or '' }}"
_SECRETARY = "党支部书记（签字）："
PHONE = "联系电话：{{ 支部.联系电话 or 单位.联系电话 or '' }}"


def dated(title: str) -> str:
    """Return the title of a document with its year in front: 2026年度 of what is not called 年度 itself."""
    return "{{ 年度 }}" + ("" if title.startswith("年度") else "年度") + TITLE


def head(page: Page, title: str) -> list[Element]:
    """Return title and header line of a form of the branch."""
    lines = form_title("{{ 单位.单位名称 }}", title)
    # On a narrow page, a date to be written by hand needs more than a third of the line.
    return [lines, *header_line(page, BRANCH, REPORTED, left_share=2 / 3 if page.landscape else 0.58)]


def foot(page: Page) -> Element:
    """Return the line of those who answer for a form: a name of twelve characters has room in it."""
    if page.landscape:
        items = [FILLED_BY, "审核人：{{ 单位.审核人 or '' }}", _SECRETARY, PHONE]
        return sign_line(page, items, (0.275, 0.27, 0.225, 0.23))
    return sign_line(page, [FILLED_BY, _SECRETARY, PHONE], (0.4, 0.3, 0.3))


def one_section(page: Page, blocks: Sequence[Element], numbers: PageNumbers = PageNumbers.FORM) -> bytes:
    """Return a document of one section."""
    return build([Part(Section(page, numbers), blocks)], "")


def label(text: str, *, large: bool = True, span: int = 1) -> Cell:
    """Return the cell of a label, centred."""
    return Cell([paragraph(text, "TableHeadLarge" if large else "TableHead")], span=span)
