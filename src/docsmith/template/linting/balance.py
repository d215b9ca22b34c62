"""What a block of tags takes with it: whole paragraphs, or half a table.

``{% if x %}`` in one cell and ``{% endif %}`` in another leave half a row behind where x is false. The syntax
tree is walked once, and of the XML in it only the names of open elements are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jinja2 import nodes

from docsmith._i18n import gettext as _
from docsmith.template.language.journal import LineTable
from docsmith.template.problems import Problem

_MARKUP = re.compile(r"<(?P<end>/?)(?P<name>[\w:.-]+)|(?P<empty>/?)>")
# What a block has left and come back into is told by the largest of these.
_LARGEST_FIRST = (
    ("w:tbl", "block-over-tables"),
    ("w:tr", "block-over-cells"),
    ("w:tc", "block-over-cells"),
    ("w:p", "block-over-paragraphs"),
)


class _State(NamedTuple):
    """The names of the open elements, and the start tag that is not finished (``/`` before an end tag)."""

    open: tuple[str, ...] = ()
    tag: str = ""


def unbalanced(tree: nodes.Template, lines: LineTable) -> Iterator[Problem]:
    """Yield a problem for every block that takes half an element away, or joins two of them."""
    walk = _Walk()
    end = walk.body(tree.body, _State())
    if end.open and not walk.broken:
        walk.broken.append(1)
    for line in dict.fromkeys(walk.broken):
        yield Problem(
            lines.spot(line),
            _("the block begins and ends in places that do not fit: half a row or table is left."),
            _("Put both ends into one paragraph, or each into a row or paragraph of its own."),
            "block-breaks-document",
        )
    for line in walk.filtered:
        yield Problem(
            lines.spot(line),
            _("the filter takes more than one text: it would change how the document is built."),
            _("Begin and end it in one text of the same format, or put the filter into each tag."),
            "block-breaks-document",
        )
    for line, left in walk.joined:
        for name, code in _LARGEST_FIRST:
            if name in left:
                yield Problem(lines.spot(line), *_joins(name), code)
                break


def _joins(name: str) -> tuple[str, str]:
    if name == "w:tbl":
        return _("the block begins in one table and ends in another, or outside."), _(
            "Put its end into the table in which it begins."
        )
    if name in ("w:tr", "w:tc"):
        return _("the block begins in one cell and ends in another: without it, a row lacks cells."), _(
            "Close it in the same cell, or give it rows of its own: {%tr if … %}, {%tr for … %}."
        )
    return _("the block begins in one paragraph and ends in another: an empty line may be left."), _(
        "For whole paragraphs write {%p if … %} and {%p endif %}, each alone in its paragraph."
    )


def _texts(node: nodes.Node) -> Iterator[str]:
    return (data.data for data in node.find_all(nodes.TemplateData))


class _Walk:
    """Walks a tree; ``broken`` are lines of blocks that do not fit, ``joined`` those that leave elements.

    ``filtered`` are lines of blocks that filter XML.

    ``_floor`` is how many elements have been open all the time since the block began; ``_left`` those that
    it has left, each with its depth.
    """

    def __init__(self) -> None:
        self.broken: list[int] = []
        self.joined: list[tuple[int, frozenset[str]]] = []
        self.filtered: list[int] = []
        self._left: list[tuple[int, str]] = []
        self._floor = 0

    def body(self, statements: Sequence[nodes.Node], state: _State) -> _State:
        """Return what is open after some statements."""
        for node in statements:
            if isinstance(node, nodes.Output):
                for child in node.nodes:
                    if isinstance(child, nodes.TemplateData):
                        state = self._text(child, state)
            elif isinstance(node, nodes.If):
                branches = [node.body, *(branch.body for branch in node.elif_), node.else_]
                state = self._block(node, branches, state)
            elif isinstance(node, nodes.For):
                state = self._block(node, [node.body, node.else_], state)
            elif isinstance(node, nodes.Macro | nodes.AssignBlock):
                self._block(node, [node.body, []], _State())
            elif isinstance(node, nodes.FilterBlock) and any("<" in data for data in _texts(node)):
                self.filtered.append(node.lineno)
                state = self.body(node.body, state)
            elif inner := getattr(node, "body", None):
                state = self.body(inner, state)
        return state

    def _block(self, node: nodes.Node, bodies: Sequence[Sequence[nodes.Node]], state: _State) -> _State:
        outer_left, outer_floor = self._left, self._floor
        self._left, self._floor = [], len(state.open)
        ends = [self.body(body, state) for body in bodies]
        if any(end != ends[0] for end in ends):
            self.broken.append(node.lineno)
        elif self._left:
            self.joined.append((node.lineno, frozenset(name for _depth, name in self._left)))
        self._left = outer_left + [one for one in self._left if one[0] <= outer_floor]
        self._floor = min(outer_floor, self._floor)
        return ends[0]

    def _text(self, node: nodes.TemplateData, state: _State) -> _State:
        stack, tag = list(state.open), state.tag
        for match in _MARKUP.finditer(node.data):
            if match["name"]:
                tag = match["end"] + match["name"]
            elif tag.startswith("/"):
                self._close(stack, tag[1:], node.lineno)
                tag = ""
            elif tag:
                if not match["empty"]:
                    stack.append(tag)
                tag = ""
        return _State(tuple(stack), tag)

    def _close(self, stack: list[str], name: str, line: int) -> None:
        if not stack or stack[-1] != name:
            self.broken.append(line)
            return
        if len(stack) <= self._floor:
            self._left.append((len(stack), name))
            self._floor = len(stack) - 1
        stack.pop()
