"""廉政承诺书: a page for each member, lettered as an article, with blanks for the signature and the date."""

from __future__ import annotations

from docsmith.official.article import closing
from docsmith.official.blocks import DATE_BLANK
from docsmith.official.document import Part
from docsmith.official.document import build as build_document
from docsmith.official.page import CHARACTER, FORM, pt
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import gap
from docsmith.official.text import directive, keep_next, paragraph
from docsmith.official.xml import Element, w

_OPENING = (
    "我是{{ 支部.支部名称 }}{{ 记录.党籍状态 if 记录.党籍状态 == '预备党员' else '党员' }}{{ 记录.姓名 }}。"
    "为落实全面从严治党要求，自觉做到廉洁自律，我郑重承诺："
)
_CLOSING = "以上承诺，我将严格遵守，请党组织和同志们监督。如有违反，愿意接受组织处理。"
# Half a line to sign on, from the middle of the page.
_SIGNATURE_LEFT = 13 * CHARACTER

_ABOVE_NOTES = 14  # points


def build() -> bytes:
    """Return the bytes of the template."""
    blocks = [
        paragraph("廉政承诺书", "Title"),
        paragraph(_OPENING, "BodyText"),
        directive("{%p for 行 in 承诺.行 %}"),
        paragraph("{{ 行.序号|序号 }}、{{ 行.承诺内容 }}", "BodyText"),
        directive("{%p endfor %}"),
        closing(_CLOSING),
        _signature(),
        # Notes that find no room take the signature over to the next page.
        gap(_ABOVE_NOTES, keep_next()),
        *_notes(),
    ]
    return build_document([Part(Section(FORM, PageNumbers.FORM), blocks)], "廉政承诺书")


def _signature() -> Element:
    """Return the lines for a pen: whose name is printed here has signed nothing."""
    lines = ["承诺人（签字）：", DATE_BLANK]
    return paragraph("\n".join(lines), "Signature", keep_next(), w("ind", left=pt(_SIGNATURE_LEFT)))


def _notes() -> list[Element]:
    return [
        paragraph("注：{% if 承诺.示例 %}1.{% endif %}本承诺书一式两份，本人、党支部各存一份。", "Note"),
        directive("{%p if 承诺.示例 %}"),
        paragraph("2.本承诺书内容为示例，请以上级党组织印发的为准。", "NoteMore"),
        directive("{%p endif %}"),
    ]
