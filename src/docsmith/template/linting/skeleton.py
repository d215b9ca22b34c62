"""The tags of a part that cannot be compiled, put in order so far that their names can be followed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, nodes

from docsmith.template.dialect.blocks import opens_block
from docsmith.template.dialect.scan import QUOTES, Scan, Tag
from docsmith.template.dialect.syntax import alone
from docsmith.template.language.environment import DOCUMENT
from docsmith.template.language.journal import LineTable
from docsmith.template.problems import Spot

_TARGET = re.compile(r"\{%\s*for\s+(\w+(?:\s*,\s*\w+)*)")
_MIDDLE = {"else": ("if", "for"), "elif": ("if",)}


def skeleton(scan: Scan) -> tuple[nodes.Template, LineTable] | None:
    """Return a tree of the tags alone, a line for each; ``None`` where even that cannot be read.

    Tags that cannot be read are left out, and blocks that are not closed end where the next outer one does.
    """
    lines = list(_lines(scan.tags))
    source = "\n".join(line for line, _spot in lines)
    table = LineTable(tuple(range(1, len(lines) + 1)), tuple(spot for _line, spot in lines), Spot(scan.part))
    try:
        return DOCUMENT.tree_of(source), table
    except TemplateSyntaxError:
        return None


def _lines(tags: list[Tag]) -> Iterator[tuple[str, Spot]]:
    opened: list[str] = []
    for tag in tags:
        if tag.keyword in ("raw", "endraw", "autoescape", "endautoescape"):
            continue
        source = " ".join(_readable(tag).split("\n"))
        if opens_block(tag.keyword, tag.source):
            opened.append(tag.keyword)
        elif tag.keyword in _MIDDLE:
            if not opened or opened[-1] not in _MIDDLE[tag.keyword]:
                continue
        elif tag.keyword.startswith("end"):
            name = tag.keyword.removeprefix("end")
            if name not in opened:
                continue
            while (inner := opened.pop()) != name:
                source = f"{{% end{inner} %}}{source}"
        yield source, tag.spot
    if opened:
        yield "".join(f"{{% end{name} %}}" for name in reversed(opened)), Spot("")


def _readable(tag: Tag) -> str:
    """Return the tag, or the least that keeps its block and the names of its loop."""
    try:
        DOCUMENT.tree_of(alone(tag))
    except TemplateSyntaxError:
        if tag.keyword == "for":
            target = _TARGET.match(tag.source)
            return f"{{% for {target[1] if target else 'i'} in [] %}}"
        plain = {"if": "{% if 1 %}", "elif": "{% elif 1 %}", "else": "{% else %}"}
        return plain.get(tag.keyword, f"{{% {tag.keyword} %}}" if tag.keyword.startswith("end") else "")
    return tag.source.translate(QUOTES)
