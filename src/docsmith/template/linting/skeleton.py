"""The tags of a part that cannot be compiled, put in order so far that they can be followed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from docsmith.template.dialect.blocks import opens_block
from docsmith.template.dialect.following import holder_of
from docsmith.template.dialect.mistyped import QUOTES, half_width
from docsmith.template.dialect.scan import Scan, Tag
from docsmith.template.dialect.syntax import alone
from docsmith.template.language.environment import DOCUMENT
from docsmith.template.language.journal import LineTable
from docsmith.template.package.oxml import CELL, PARAGRAPH, ROW, TABLE, Element
from docsmith.template.problems import Spot

_TARGET = re.compile(r"\{%\s*for\s+(\w+(?:\s*[,，]\s*\w+)*)")
_MIDDLE = {"else": ("if", "for"), "elif": ("if",)}
_SWITCHES = ("raw", "endraw", "autoescape", "endautoescape")
_NAMES = {TABLE: "w:tbl", ROW: "w:tr", CELL: "w:tc", PARAGRAPH: "w:p"}


class Skeleton(NamedTuple):
    """A tree of tags with a line for each; ``endless`` are the spots of blocks that have no end."""

    tree: nodes.Template
    lines: LineTable
    endless: Sequence[Spot]


def skeleton(scan: Scan) -> Skeleton | None:
    """Return the tags alone, in order; ``None`` where even those cannot be read.

    Between them stand only the ends and beginnings of the tables, rows, cells and paragraphs that lie between
    them. Tags that cannot be read are left out, and blocks that are not closed end where the next outer one
    does.
    """
    endless: list[Spot] = []
    lines = list(_lines(scan.tags, endless))
    source = "\n".join(line for line, _spot in lines)
    table = LineTable(tuple(range(1, len(lines) + 1)), tuple(spot for _line, spot in lines), Spot(scan.part))
    try:
        return Skeleton(DOCUMENT.tree_of(source), table, endless)
    except TemplateSyntaxError:
        return None


def _lines(tags: Sequence[Tag], endless: list[Spot]) -> Iterator[tuple[str, Spot]]:
    opened: list[Tag] = []
    here: tuple[Element, ...] = ()
    for tag in tags:
        if tag.keyword in _SWITCHES:
            continue
        source, level = " ".join(_readable(tag).split("\n")), tag.level
        if opens_block(tag.keyword, tag.source):
            opened.append(tag)
        elif tag.keyword in _MIDDLE:
            if not opened or opened[-1].keyword not in _MIDDLE[tag.keyword]:
                continue
            level = opened[-1].level
        elif tag.keyword.startswith("end"):
            name = tag.keyword.removeprefix("end")
            if name not in (one.keyword for one in opened):
                continue
            while (inner := opened.pop()).keyword != name:
                endless.append(inner.spot)
                source = f"{{% end{inner.keyword} %}}{source}"
            level = inner.level
        there = here if tag.paragraph is None else _around(tag.paragraph, level)
        yield f"{_way(here, there)}{source}", tag.spot
        here = there
    endless += [one.spot for one in opened]
    ends = "".join(f"{{% end{one.keyword} %}}" for one in reversed(opened))
    yield f"{_way(here, ())}{ends}", Spot("")


def _around(paragraph: Element, level: str) -> tuple[Element, ...]:
    """Return the elements that a tag with these letters stands in, the outermost first."""
    holder = holder_of(paragraph, level) if level in ("tr", "tc", "p") else None
    outer = paragraph.iterancestors() if holder is None else holder.iterancestors()
    own = () if holder is not None else (paragraph,)
    return (*reversed([one for one in outer if one.tag in _NAMES]), *own)


def _way(here: Sequence[Element], there: Sequence[Element]) -> str:
    """Return the end tags and start tags between two places of a part."""
    same = next((at for at, pair in enumerate(zip(here, there)) if pair[0] is not pair[1]), None)
    if same is None:
        same = min(len(here), len(there))
    ends = (f"</{_NAMES[one.tag]}>" for one in reversed(here[same:]))
    return "".join((*ends, *(f"<{_NAMES[one.tag]}>" for one in there[same:])))


def _readable(tag: Tag) -> str:
    """Return the tag, or the least that keeps its block and the names of its loop."""
    for source in (tag.source.translate(QUOTES), half_width(tag.source)):
        try:
            DOCUMENT.tree_of(alone(tag._replace(source=source)))
        except TemplateSyntaxError:
            continue
        return source
    if tag.keyword == "for":
        target = _TARGET.match(tag.source)
        return f"{{% for {half_width(target[1]) if target else 'i'} in [] %}}"
    plain = {"if": "{% if 1 %}", "elif": "{% elif 1 %}", "else": "{% else %}"}
    return plain.get(tag.keyword, f"{{% {tag.keyword} %}}" if tag.keyword.startswith("end") else "")
