"""A tag as it is meant, followed to its block and judged by where it stands.

One that is typed wrongly is followed like any other, so that nothing is found only after it is mended, and
nothing is said of the rest because of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.template.dialect.blocks import STATEMENTS
from docsmith.template.dialect.scan import CELL_TAGS, HEAD, MERGE_TAGS, Scan, keyword_of, tags_in, too_large
from docsmith.template.language.merging import PREFIX
from docsmith.template.package.oxml import CELL, PARAGRAPH, ROW, TABLE, TEXT, Element, ancestor, nearest, w
from docsmith.template.problems import Passage, Problem, Spot, around

LEVELS = {"tr": ROW, "tc": CELL, "p": PARAGRAPH}
"""What the tags with these letters take the place of."""
_COMMENT = re.compile(r"\{#(?:(?!#\}).)*#\}", re.DOTALL)
_PICTURES = (w("drawing"), w("pict"), w("object"))


class Written(NamedTuple):
    """A tag, with its braces and letters as they are meant; ``text[start:end]`` is how it is written."""

    source: str
    text: str
    start: int
    end: int
    spot: Spot
    paragraph: Element


def divided(passage: Passage, pieces: Sequence[Element]) -> Iterator[Problem]:
    """Yield the tags that begin inside of a link, a change or a content control, and end outside of it.

    docxtpl takes out all XML within a tag: the beginning of what is around its end would be lost.
    """
    around_pieces = [_around(piece) for piece in pieces]
    if len(set(around_pieces)) < 2:
        return
    ends = list(accumulate(len(piece.text or "") for piece in pieces))
    for match in tags_in(passage.text):
        first, last = (around_pieces[bisect_right(ends, at)] for at in (match.start(), match.end() - 1))
        if first != last:
            message = _("the tag begins in a link, a tracked change or a content control, and ends outside.")
            hint = _("Delete all of it, and type it again in one go.")
            yield Problem(passage.spot(*match.span()), message, hint, "tag-divided")


def _around(piece: Element) -> tuple[str, ...]:
    """Return the names of the elements between a text and its paragraph."""
    parents = takewhile(lambda one: one.tag != PARAGRAPH, piece.iterancestors())
    return tuple(str(one.tag) for one in parents)


def follow(tag: Written, scan: Scan) -> str:
    """Note a tag and what is wrong with it; returns the keyword that is meant, empty where there is none."""
    written, head = keyword_of(tag.source), HEAD.match(tag.source)
    level = (head and head["level"]) or ""
    raw_before = scan.blocks.raw
    keyword = scan.blocks.meant(written)
    if written:
        scan.problems.extend(scan.blocks.take(written, tag.source, tag.spot, level))
    if raw_before and scan.blocks.raw:
        return keyword
    if wrong := too_large(tag.source, scan.allowance):
        scan.problems.append(Problem(tag.spot, wrong, code="template-too-large"))
        return keyword
    scan.problems.extend(_out_of_place(tag, level, keyword, scan))
    if keyword in MERGE_TAGS or (keyword and keyword not in STATEMENTS):
        return keyword
    scan.add(tag.source.replace(written, keyword, 1), keyword, tag.spot, tag.paragraph)
    return keyword


def _out_of_place(tag: Written, level: str, keyword: str, scan: Scan) -> Iterator[Problem]:
    if PREFIX in tag.source and not tag.source.startswith("{#"):
        message = _("names that begin with {prefix} are docsmith's own.").format(prefix=PREFIX)
        yield Problem(tag.spot, message, code="not-available")
    if keyword in CELL_TAGS and ancestor(tag.paragraph, CELL) is None:
        message = _("{{% {name} %}} stands in no table.").format(name=keyword)
        yield Problem(tag.spot, message, code="outside-table")
    if level in LEVELS and tag.source.startswith("{%"):  # a comment is meant to take its row away
        yield from _out_of_level(tag, level, scan)
    if keyword in ("vm", "hm", *MERGE_TAGS) and not scan.blocks.in_loop:
        message = _("{{% {name} %}} stands in no loop.").format(name=keyword)
        hint = _("It belongs between {%tr for … %} and {%tr endfor %}.")
        yield Problem(tag.spot, message, hint, "outside-loop")


def _out_of_level(tag: Written, level: str, scan: Scan) -> Iterator[Problem]:
    """Tell of a tag that has no row, cell or paragraph to take the place of, or one with more in it."""
    holder = holder_of(tag.paragraph, level)
    if holder is None:
        message = _("{{%{name} %}} stands in no table.").format(name=level)
        yield Problem(tag.spot, message, code="outside-table")
        return
    lost = [] if holder in scan.losing else list(lost_beside(tag, holder))
    if not lost:
        return
    scan.losing.add(holder)
    what = {"tr": _("row"), "tc": _("cell"), "p": _("paragraph")}[level]
    message = _("what stands beside {{%{name} %}} would be lost: {lost}.")
    yield Problem(
        tag.spot,
        message.format(name=level, lost="、".join(lost)),
        _("Give the tag a {what} of its own.").format(what=what),
        "text-lost",
    )


def holder_of(paragraph: Element, level: str) -> Element | None:
    """Return the row, cell or paragraph that a tag with these letters takes the place of."""
    return paragraph if level == "p" else ancestor(paragraph, LEVELS[level])


def lost_beside(tag: Written, holder: Element) -> Iterator[str]:
    """Yield in words what a row, cell or paragraph holds to see besides a tag; of a row, cell by cell."""
    if holder.tag != ROW:
        yield from _seen(holder, tag)
        return
    for number, cell in enumerate(nearest(holder, CELL, TABLE), 1):
        for one in _seen(cell, tag):
            yield _("{what} in cell {number}").format(what=one, number=number)


def _seen(holder: Element, tag: Written) -> Iterator[str]:
    own = tag.text[: tag.start] + tag.text[tag.end :]
    texts = (
        own if one is tag.paragraph else "".join(piece.text or "" for piece in nearest(one, TEXT, PARAGRAPH))
        for one in holder.iter(PARAGRAPH)
    )
    if text := _COMMENT.sub("", " ".join(filter(None, texts))).strip():
        yield f"“{around(text, 0, len(text))}”"
    if next(holder.iter(*_PICTURES), None) is not None:
        yield _("a picture")
    if next(holder.iter(w("sectPr")), None) is not None:
        yield _("the end of a section")
