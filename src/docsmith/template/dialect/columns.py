"""Rows whose number of columns the data decides: ``{%tc … %}``, ``{% colspan … %}``, ``{% hm %}``."""

from __future__ import annotations

import re

from docsmith.template.dialect.scan import unmarked
from docsmith.template.package.attributes import whole_number
from docsmith.template.package.oxml import ROW, TABLE, TEXT, Element, ancestor, nearest, w

_DEPENDS = re.compile(r"\{[%{#]tc\s|\{%[-+]?\s*(?:colspan|hm)\s")
_LOOPS = re.compile(r"\{%tc\s")
_SPAN = re.compile(r"\{%[-+]?\s*colspan\s+(.*?)\s*[-+]?%\}", re.DOTALL)
_WHOLE_LOOP = re.compile(r"\{%\s*hm\s*%\}")


def decides_columns(text: str) -> bool:
    """Say whether a cell of that text lets the data decide how many columns its row has."""
    return _DEPENDS.search(text) is not None


def span_of(text: str, stated: int) -> str:
    """Return, in Jinja, how many columns a cell of that text takes; ``stated`` is what its template says."""
    if match := _SPAN.search(text):
        return unmarked(match[1])
    return f"{stated} * loop.length" if _WHOLE_LOOP.search(text) else str(stated)


def forget_columns(root: Element) -> None:
    """Make one column of the grid of each table whose cells a loop makes.

    The template's own columns are those of the cells that hold the tags, which no document has. Where a
    document happened to have as many, they would stay, and Word and WPS would draw two different tables.
    """
    for table in root.iter(TABLE):
        grid = table.find(w("tblGrid"))
        if grid is None or len(grid) < 2 or not any(map(_has_loop, nearest(table, ROW, TABLE))):
            continue
        total = sum(whole_number(column.get(w("w"), "")) for column in grid)
        first, *others = grid
        first.set(w("w"), str(total))
        for column in others:
            grid.remove(column)


def _has_loop(row: Element) -> bool:
    own = (piece.text or "" for piece in nearest(row, TEXT, TABLE) if ancestor(piece, ROW) is row)
    return _LOOPS.search("".join(own)) is not None
