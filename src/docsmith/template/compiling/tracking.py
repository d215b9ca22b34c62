"""A walk through a template's syntax tree that follows each value back to its place in the data.

Nothing is computed: of ``{% if %}`` every branch is taken, of ``{% for %}`` one pass, and a macro is followed
at each call. What cannot be followed (the passes of a recursive loop, what a macro hands to ``caller``) is
left out; no name is made up.
"""

# ruff: noqa: D102  # what Jinja calls for a node is named after it
from __future__ import annotations

from collections.abc import Mapping

from jinja2 import nodes

from docsmith.template.compiling.expressions import ExpressionTracker, Macro
from docsmith.template.compiling.origins import Made, Place, Value, each, either
from docsmith.template.names import Field


def fields_of(tree: nodes.Template) -> dict[str, Field]:
    """Return the fields that a parsed template uses, by name.

    The names are those of :func:`jinja2.meta.find_undeclared_variables`, found in a fifth of the time, but
    for names that the template sets itself: one that it sets in a branch of an ``if`` counts here only if it
    is read afterwards, and one that it sets after a loop that reads it counts here.
    """
    known: Mapping[str, object] = tree.environment.globals if tree.environment else {}
    tracker = Tracker(known)
    tracker.visit(tree)
    return _fields(tracker.data)


def _fields(place: Place) -> dict[str, Field]:
    return {
        name: Field(name, inner.repeated, _fields(inner))
        for name, inner in place.members.items()
        if inner.used
    }


class Tracker(ExpressionTracker):
    """Notes in ``data`` what the statements and expressions use that it visits."""

    def visit_If(self, node: nodes.If) -> Value:  # noqa: N802
        self.visit(node.test)
        branches = []
        for body in (node.body, *([other.test, *other.body] for other in node.elif_), node.else_):
            with self._inner() as scope:
                self._all(body)
                branches.append(scope)
        before = self._scope
        changed = [name for branch in branches for name in branch if branch[name] is not before.get(name)]
        for name in dict.fromkeys(changed):
            # Where a branch does not set the name, it is what it was before, or else in the data.
            unset = before.get(name, (self.data.at(name),))
            before[name] = either(*(branch.get(name, unset) for branch in branches))
        return ()

    def visit_For(self, node: nodes.For) -> Value:  # noqa: N802
        item = each(self.visit(node.iter))
        with self._inner() as scope:
            self._bind(node.target, item)
            if node.test:
                self.visit(node.test)
            scope["loop"] = (Made({"previtem": item, "nextitem": item}),)
            self._all(node.body)
        with self._inner():
            self._all(node.else_)
        return ()

    def visit_With(self, node: nodes.With) -> Value:  # noqa: N802
        values = self._all(node.values)
        with self._inner():
            for target, value in zip(node.targets, values):
                self._bind(target, value)
            self._all(node.body)
        return ()

    def visit_Assign(self, node: nodes.Assign) -> Value:  # noqa: N802
        self._bind(node.target, self.visit(node.node))
        return ()

    def visit_AssignBlock(self, node: nodes.AssignBlock) -> Value:  # noqa: N802
        with self._inner():
            self._all([*node.body, *([node.filter] if node.filter else [])])
        self._bind(node.target, ())
        return ()

    def visit_Macro(self, node: nodes.Macro) -> Value:  # noqa: N802
        macro = Macro(node, self._scope)
        self._scope[node.name] = (macro,)
        self._run(macro, (), {})  # a macro that is never called uses its names too
        return ()

    def visit_CallBlock(self, node: nodes.CallBlock) -> Value:  # noqa: N802
        self.visit(node.call)
        with self._inner() as scope:
            self._all(node.defaults)
            scope |= {argument.name: () for argument in node.args}
            self._all(node.body)
        return ()

    def _visit_scoped(self, node: nodes.Node) -> Value:
        with self._inner():
            return self.generic_visit(node)

    visit_FilterBlock = visit_Scope = _visit_scoped  # noqa: N815

    def visit_Block(self, node: nodes.Block) -> Value:  # noqa: N802
        with self._inner(self._known) as scope:  # a block does not see the loops that it stands in
            scope["super"] = ()
            return self.generic_visit(node)
