"""The numbers: paper, margins, type sizes and fonts of articles and forms.

Articles follow GB/T 9704-2012 (clause at each number). Forms follow what offices do where that standard is
silent. Lengths are millimetres or points here, and become twips (1/20 pt) and half-points only in the XML.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

_TWIPS_PER_MM = 1440 / 25.4
_TWIPS_PER_POINT = 20


def mm(length: float) -> int:
    """Return millimetres as twips."""
    return round(length * _TWIPS_PER_MM)


def pt(length: float) -> int:
    """Return points as twips."""
    return round(length * _TWIPS_PER_POINT)


class Font(StrEnum):
    """The Chinese typefaces of official documents.

    仿宋 and 楷体 rather than their _GB2312 forms: those hold 6763 characters only, and a 喆 or 珺 in a name
    would fall out of the line in another typeface.
    """

    TITLE = "方正小标宋简体"
    HEI = "黑体"
    KAI = "楷体"
    FANGSONG = "仿宋"
    SONG = "宋体"


class Size(float, Enum):
    """Chinese type sizes in points."""

    ERHAO = 22.0
    SANHAO = 16.0
    SIHAO = 14.0
    XIAOSI = 12.0
    WUHAO = 10.5
    XIAOWU = 9.0

    @property
    def half_points(self) -> int:
        """The number that ``w:sz`` takes."""
        return round(self.value * 2)


# 225 mm hold 22 lines (5.2.3) up to a pitch of 28.95 pt: one twip more, and the 22nd goes to the next page.
LINE_PITCH = 28.95
# 28 characters of 16 pt are 448 pt, the text is 442 pt wide (156 mm): each has 98 % of its width (5.2.3).
# Were they set closer instead, LibreOffice would lose the mark that ends a full line, one in fifty.
CHARACTER_SCALE = 98
# Points that a character of an article takes.
CHARACTER = Size.SANHAO * CHARACTER_SCALE / 100


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins in millimetres; ``footer`` is measured from the paper's edge."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    footer: float

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def landscape(self) -> bool:
        """Whether the paper lies on its long side."""
        return self.width > self.height


# GB/T 9704-2012, 5.1 and 5.2.1: 天头 37, 订口 28, 版心 156 x 225. The page number stands 7 mm below (7.5).
ARTICLE = Page(210, 297, top=37, right=26, bottom=35, left=28, footer=25)
FORM = Page(210, 297, top=25, right=20, bottom=20, left=25, footer=10)
# A sheet that lies on its long side is bound at the top.
WIDE_FORM = Page(297, 210, top=25, right=20, bottom=20, left=20, footer=10)
# A wide annex is bound like a wide form, and numbered on with the pages of its article.
WIDE_ANNEX = Page(297, 210, top=25, right=20, bottom=20, left=20, footer=11)
