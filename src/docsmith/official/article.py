"""The blocks of an article: list of annexes, last paragraph, the head of an annex (GB/T 9704-2012)."""

from __future__ import annotations

from collections.abc import Sequence

from docsmith.official.page import CHARACTER, LINE_PITCH, pt
from docsmith.official.text import keep_next, paragraph, space_before
from docsmith.official.xml import Element, w

_LABEL = "附件："
_NUMBER = 12  # points: "1." in Times New Roman


def annex_list(titles: Sequence[str]) -> list[Element]:
    """Return the list of annexes below the text, one line away from it, without stops (7.3.4).

    A single annex has no number. All lines stay on the page of the signature.
    """
    start = CHARACTER * (2 + len(_LABEL))
    if len(titles) == 1:
        return [_annex_line(f"{_LABEL}{titles[0]}", start, start - CHARACTER * 2, first=True)]
    left = start + _NUMBER
    first, *others = (f"{number}.{title}" for number, title in enumerate(titles, 1))
    return [
        _annex_line(f"{_LABEL}{first}", left, left - CHARACTER * 2, first=True),
        *(_annex_line(line, left, _NUMBER) for line in others),
    ]


def _annex_line(text: str, left: float, hanging: float, *, first: bool = False) -> Element:
    above = space_before(LINE_PITCH) if first else None
    indent = w("ind", left=pt(left), hanging=pt(hanging))
    return paragraph(text, "AnnexList", *(part for part in (above, indent) if part is not None))


def closing(text: str) -> Element:
    """Return the last paragraph of the text, which goes over to the next page with what follows it."""
    return paragraph(text, "BodyText", keep_next())


def annex_head(mark: str, title: str, *, after: float = 12) -> list[Element]:
    """Return the top of an annex: its mark at the left, its title on the third line (7.3.7).

    ``after`` is the room below the title in points.
    """
    below = w("spacing", after=pt(after))
    return [paragraph(mark, "AnnexMark"), paragraph(title, "AnnexTitle", below)]
