"""What the XML of every document will be, known from the template alone.

The Jinja tree is walked once, both sides of each ``if`` and each loop, as though it were run on all data at
a time: which elements are open at each point, and so in which of them each value stands. Where that can be
said, the document needs no parser after it is rendered. A value gets a *slot* that fits its place
(:mod:`docsmith.template.slots`); see :mod:`.weaving` for what else is settled here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from jinja2 import nodes

from docsmith.template.compiling.frames import Stack, merged
from docsmith.template.compiling.lexer import Unprovable
from docsmith.template.compiling.pieces import Piece, joined
from docsmith.template.compiling.weaving import Weaver
from docsmith.template.limits import MAX_PROOF

# A loop is walked until nothing new is learned of what is open at its beginning: formatting that is not
# known, or a last child, stays so.
_MOST_WALKS = 4

Formats = Callable[[int], tuple[str, str]]
"""From a line of the source to the formatting of the paragraph and the run that its tag replaced."""
Woven = dict[nodes.Output, list[Piece]]


def prove(tree: nodes.Template, formats: Formats) -> Woven:
    """Return the constants and slots of every output of a part; raises :class:`Unprovable`.

    Tables whose columns or rows depend on the data are found at the first walk and get their slots at the
    second.
    """
    first = _Walk(frozenset(), formats)
    first.part(tree)
    unsteady = frozenset(key for key, table in first.weaver.out.tables.items() if not table.steady)
    if not unsteady:
        return first.woven
    second = _Walk(unsteady, formats, first.left)
    second.part(tree)
    return second.woven


class _Walk:
    def __init__(self, tracked: frozenset[Hashable], formats: Formats, left: int = MAX_PROOF) -> None:
        self.weaver = Weaver(tracked, formats)
        self.woven: Woven = {}
        self.left = left

    def _spend(self, steps: int) -> None:
        """Count work: loops in loops are walked again and again."""
        self.left -= steps
        if self.left < 0:
            raise Unprovable("it takes too long")

    def part(self, tree: nodes.Template) -> None:
        self._statements(tree.body)
        if self.weaver.out.stack.frames or self.weaver.out.stack.tag:
            raise Unprovable("an element is not closed")

    def _statements(self, body: Sequence[nodes.Node]) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    self._output(node)
                case nodes.If():
                    self._if(node)
                case nodes.For():
                    self._for(node)
                case nodes.With():
                    self._statements(node.body)
                case nodes.Assign():
                    pass
                case _:
                    raise Unprovable(f"{type(node).__name__} is not looked into")

    def _output(self, node: nodes.Output) -> None:
        self._spend(sum(map(_steps, node.nodes)))
        self.weaver.out.pieces = []
        for child, following in zip(node.nodes, [*node.nodes[1:], None]):
            if isinstance(child, nodes.TemplateData):
                self.weaver.constant(child)
            else:
                after = following.data if isinstance(following, nodes.TemplateData) else ""
                self.weaver.value(child, after)
        self.woven[node] = joined(self.weaver.out.pieces)

    def _if(self, node: nodes.If) -> None:
        before = self.weaver.out.stack
        bodies = [node.body, *(branch.body for branch in node.elif_), node.else_]
        self.weaver.out.stack = merged([self._side(before, body) for body in bodies])

    def _for(self, node: nodes.For) -> None:
        if node.recursive:
            raise Unprovable("a loop is recursive")
        entry = self.weaver.out.stack.copy()
        self.weaver.loops += 1
        for _ in range(_MOST_WALKS):
            known = merged([entry, self._side(entry, node.body)])
            if known == entry:
                break
            entry = known
        else:
            raise Unprovable("a loop changes what is open")
        self.weaver.loops -= 1
        self.weaver.out.stack = merged([entry, self._side(entry, node.else_)])

    def _side(self, before: Stack, body: Sequence[nodes.Node]) -> Stack:
        """Return the stack after one side of a block."""
        if self.weaver.out.grid is not None:
            raise Unprovable("a grid depends on values")
        self._spend(1 + len(before.frames))
        self.weaver.out.stack = before.copy()
        self.weaver.depth += 1
        self._statements(body)
        self.weaver.depth -= 1
        return self.weaver.out.stack


def _steps(node: nodes.Node) -> int:
    return node.data.count("<") if isinstance(node, nodes.TemplateData) else 1
