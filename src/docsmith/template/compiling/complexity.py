"""Whether a syntax tree can be compiled in bearable time: compilers call themselves for what is nested."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes

from docsmith._i18n import gettext as _
from docsmith.template.limits import MAX_LOOKUPS, MAX_NESTED_NODES, MAX_NODES, MAX_TAG_TEXT

_BLOCKS = (
    nodes.If,
    nodes.For,
    nodes.Macro,
    nodes.CallBlock,
    nodes.FilterBlock,
    nodes.AssignBlock,
    nodes.With,
)


@dataclass(slots=True)
class Allowance:
    """What the limits of a template leave for the parts of it that were not looked at yet."""

    tag_text: int = MAX_TAG_TEXT
    nodes: int = MAX_NODES


def check_tree(tree: nodes.Template, allowance: Allowance | None = None) -> None:
    """Raise ``jinja2.TemplateSyntaxError`` for a tree that is too large, at the line where it becomes so.

    Its nodes are taken from the allowance.
    """
    allowed = allowance or Allowance()
    names: set[str] = set()
    blocks = 0
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        allowed.nodes -= 1
        blocks += isinstance(node, _BLOCKS)
        if isinstance(node, nodes.Name):
            names.add(node.name)
        if depth > MAX_NESTED_NODES:
            message = _("more than {limit} things are nested in each other.").format(limit=MAX_NESTED_NODES)
            raise TemplateSyntaxError(message, node.lineno)
        if allowed.nodes < 0:
            message = _("the tags of the template have more than {limit} elements.").format(limit=MAX_NODES)
            raise TemplateSyntaxError(message, node.lineno)
        waiting.extend((child, depth + 1) for child in node.iter_child_nodes())
    if len(names) * blocks > MAX_LOOKUPS:
        message = _("{names} names and {blocks} blocks are too many in one part.").format(
            names=len(names), blocks=blocks
        )
        raise TemplateSyntaxError(message, 1)
