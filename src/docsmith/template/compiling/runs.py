"""To which run of which loop the values of a merging cell belong.

``{%tr for 组 in 各组 %}{%tr for 行 in 组.行 %}`` runs the inner loop once for each group: what a cell
shows of ``行`` in one of them has nothing to do with what it shows in the next, even where it is equal by
chance; what it shows of ``组`` has. Each merging cell is therefore given the run of the loop that its values
come from.
Loops that make cells (``{%tc for … %}``) begin again in each row, and do not count.
"""

from __future__ import annotations

import re

from jinja2 import nodes
from jinja2.visitor import NodeVisitor

from docsmith.template.language.merging import MERGE, PREFIX

_ROW = re.compile(r"<w:tr[ >]")


def name_runs(tree: nodes.Template) -> None:
    """Give every merging cell of a tree the run of its loop, as a last argument; ``tree`` is changed."""
    finder = _Runs()
    finder.visit(tree)
    for loop, name in finder.named:
        run = nodes.Assign(nodes.Name(name, "store"), nodes.Name("loop", "load"), lineno=loop.lineno)
        loop.body.insert(0, run)


class _Runs(NodeVisitor):
    """Collects in ``named`` the loops whose runs cells ask for, each with the name of its run."""

    def __init__(self) -> None:
        self.named: list[tuple[nodes.For, str]] = []
        self._open: list[nodes.For] = []

    def visit_For(self, node: nodes.For) -> None:  # noqa: N802
        makes_rows = any(_ROW.search(text.data) for text in node.find_all(nodes.TemplateData))
        outer, self._open = self._open, [*self._open, node] if makes_rows else self._open
        self.generic_visit(node)
        self._open = outer

    def visit_Macro(self, node: nodes.Macro | nodes.CallBlock) -> None:  # noqa: N802
        outer, self._open = self._open, []  # a macro does not see the loops that it stands in
        self.generic_visit(node)
        self._open = outer

    visit_CallBlock = visit_Macro  # noqa: N815

    def visit_Filter(self, node: nodes.Filter) -> None:  # noqa: N802
        self.generic_visit(node)
        if node.name == MERGE and node.node is not None:
            node.args.append(self._run_of(node.node))

    def _run_of(self, values: nodes.Node) -> nodes.Expr:
        names = {name.name for name in values.find_all(nodes.Name)}
        if not self._open:
            return nodes.Const(None)
        loop = next((loop for loop in reversed(self._open) if names & _bound(loop)), self._open[-1])
        name = f"{PREFIX}run_{loop.lineno}_{self._open.index(loop)}"
        if all(loop is not known for known, _name in self.named):
            self.named.append((loop, name))
        return nodes.Name(name, "load")


def _bound(loop: nodes.For) -> set[str]:
    """Return the names that a loop, or what stands in it, gives values to."""
    targets = [loop.target, *(assigned.target for assigned in loop.find_all(nodes.Assign))]
    return {"loop"} | {
        name.name
        for target in targets
        for name in ([target] if isinstance(target, nodes.Name) else target.find_all(nodes.Name))
    }
