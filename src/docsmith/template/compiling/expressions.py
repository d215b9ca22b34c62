"""What the expressions of a template use of the data, and where the values that they give come from.

A macro is followed at each call, so that its arguments lead back to the data as well.
"""

# ruff: noqa: D102  # what Jinja calls for a node is named after it
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from jinja2 import nodes
from jinja2.visitor import NodeVisitor

from docsmith.template.compiling.methods import called, filtered
from docsmith.template.compiling.origins import Made, Place, Value, each, either, listed, member

_MACRO_NAMES = ("caller", "kwargs", "varargs")
# Macros that call macros multiply: from here on their calls are not followed.
_MOST_VISITS = 200_000
_DEEPEST_CALL = 10

Scope = dict[str, Value]


@dataclass(frozen=True, eq=False, slots=True)
class Macro:
    """A macro as a value, with the names that were around it."""

    node: nodes.Macro
    scope: Scope

    def member(self, _key: str | int) -> Value:
        return ()

    def each(self) -> Value:
        return ()


class ExpressionTracker(NodeVisitor):
    """Notes in ``data`` what the expressions use that it visits; visiting one returns its value."""

    def __init__(self, known: Iterable[str]) -> None:
        self.data = Place()
        self._known: Scope = dict.fromkeys((*known, "self"), ())
        self._scope = dict(self._known)
        self._visits = 0
        self._running: list[nodes.Macro] = []

    def visit(self, node: nodes.Node) -> Value:
        """Follow what a node uses."""
        self._visits += 1
        value: Value = super().visit(node)
        return value

    def generic_visit(self, node: nodes.Node) -> Value:
        """Follow what all parts of a node use; their value is a new one."""
        self._all(node.iter_child_nodes())
        return ()

    def _all(self, following: Iterable[nodes.Node]) -> list[Value]:
        return [self.visit(node) for node in following]

    @contextmanager
    def _inner(self, scope: Scope | None = None) -> Iterator[Scope]:
        """Start from the names of a scope, by default of the present one, and leave it as it was."""
        outer = self._scope
        self._scope = dict(outer if scope is None else scope)
        try:
            yield self._scope
        finally:
            self._scope = outer

    def _bind(self, target: nodes.Node, value: Value) -> None:
        if isinstance(target, nodes.Name):
            self._scope[target.name] = value
        elif isinstance(target, nodes.Tuple):
            for index, part in enumerate(target.items):
                self._bind(part, member(value, index))

    # Names and members

    def visit_Name(self, node: nodes.Name) -> Value:  # noqa: N802
        value = self._scope.get(node.name)
        if value is None:
            value = (self.data.at(node.name),)
        for origin in value:
            if isinstance(origin, Place):
                origin.used = True
        return value

    def visit_Getattr(self, node: nodes.Getattr) -> Value:  # noqa: N802
        return member(self.visit(node.node), node.attr)

    def visit_Getitem(self, node: nodes.Getitem) -> Value:  # noqa: N802
        value = self.visit(node.node)
        self.visit(node.arg)
        match node.arg:
            case nodes.Slice():
                return value
            case nodes.Const(value=str() | int() as key):
                return member(value, key)
            case nodes.Neg(node=nodes.Const(value=int() as key)):
                return member(value, -key)
        return each(value)

    # Values that are one of others, or hold them

    def visit_CondExpr(self, node: nodes.CondExpr) -> Value:  # noqa: N802
        self.visit(node.test)
        return either(*self._all([part for part in (node.expr1, node.expr2) if part]))

    def _visit_operands(self, node: nodes.BinExpr) -> Value:
        return either(*self._all([node.left, node.right]))

    visit_And = visit_Or = visit_Add = _visit_operands  # noqa: N815

    def _visit_items(self, node: nodes.List | nodes.Tuple) -> Value:
        return listed(*self._all(node.items))

    visit_List = visit_Tuple = _visit_items  # noqa: N815

    def visit_Dict(self, node: nodes.Dict) -> Value:  # noqa: N802
        members: dict[str | int, Value] = {}
        values = []
        for pair in node.items:
            self.visit(pair.key)
            values.append(self.visit(pair.value))
            if isinstance(pair.key, nodes.Const) and isinstance(pair.key.value, str | int):
                members[pair.key.value] = values[-1]
        return (Made(members, either(*values)),)

    # Filters and calls

    def visit_Filter(self, node: nodes.Filter) -> Value:  # noqa: N802
        value = self.visit(node.node) if node.node else ()  # a block has none
        arguments = self._all(node.args)
        self._all([option.value for option in node.kwargs])
        return filtered(node, value, arguments)

    def visit_Call(self, node: nodes.Call) -> Value:  # noqa: N802
        arguments = self._all(node.args)
        options = {option.key: self.visit(option.value) for option in node.kwargs}
        self._all([extra for extra in (node.dyn_args, node.dyn_kwargs) if extra])
        if isinstance(node.node, nodes.Getattr):
            return called(node, self.visit(node.node.node), arguments)
        for origin in self.visit(node.node):
            if isinstance(origin, Macro) and self._may_run(origin.node):
                self._run(origin, arguments, options)
        if isinstance(node.node, nodes.Name) and node.node.name == "loop":
            each(either(*arguments))
        return ()

    def _may_run(self, macro: nodes.Macro) -> bool:
        return (
            self._visits < _MOST_VISITS
            and len(self._running) < _DEEPEST_CALL
            and all(running is not macro for running in self._running)
        )

    def _run(self, macro: Macro, arguments: Sequence[Value], options: Mapping[str, Value]) -> None:
        node = macro.node
        names = [argument.name for argument in node.args]
        defaults = dict(zip(reversed(names), reversed(node.defaults)))
        given = {**dict(zip(names, arguments)), **options}
        self._running.append(node)
        with self._inner(self._seen_by(macro)) as scope:
            scope |= dict.fromkeys((*_MACRO_NAMES, *names), ())
            for name in names:
                default = self.visit(defaults[name]) if name in defaults else ()
                scope[name] = either(given.get(name, ()), default)
            self._all(node.body)
        self._running.pop()

    def _seen_by(self, macro: Macro) -> Scope:
        """Return the names that a macro sees: what is set only where it is called may be in the data, too."""
        known = {*macro.scope, *_MACRO_NAMES, *(argument.name for argument in macro.node.args)}
        later = {
            name: either((self.data.at(name),), value)
            for name, value in self._scope.items()
            if name not in known
        }
        return {**macro.scope, **later}
