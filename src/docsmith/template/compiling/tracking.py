"""A walk through a template's syntax tree that follows each value back to its place in the data.

Nothing is computed: of ``{% if %}`` every branch is taken, of ``{% for %}`` one pass, and a macro is followed
at each call, so that its arguments lead back to the data as well. What cannot be followed (the passes of a
recursive loop, what a macro hands to ``caller``) is left out; no name is made up.
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
from docsmith.template.names import Field

_MACRO_NAMES = ("caller", "kwargs", "varargs")
# Macros that call macros multiply: from here on their calls are not followed.
_MOST_VISITS = 200_000
_DEEPEST_CALL = 10

_Scope = dict[str, Value]


@dataclass(frozen=True, eq=False, slots=True)
class _Macro:
    """A macro as a value, with the names that were around it."""

    node: nodes.Macro
    scope: _Scope

    def member(self, _key: str | int) -> Value:
        return ()

    def each(self) -> Value:
        return ()


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


class Tracker(NodeVisitor):
    """Notes in ``data`` what the nodes use that it visits; visiting an expression returns its value."""

    def __init__(self, known: Iterable[str]) -> None:
        self.data = Place()
        self._known: _Scope = dict.fromkeys((*known, "self"), ())
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
    def _inner(self, scope: _Scope | None = None) -> Iterator[_Scope]:
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
            if isinstance(origin, _Macro) and self._may_run(origin.node):
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

    def _run(self, macro: _Macro, arguments: Sequence[Value], options: Mapping[str, Value]) -> None:
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

    def _seen_by(self, macro: _Macro) -> _Scope:
        """Return the names that a macro sees: what is set only where it is called may be in the data, too."""
        known = {*macro.scope, *_MACRO_NAMES, *(argument.name for argument in macro.node.args)}
        later = {
            name: either((self.data.at(name),), value)
            for name, value in self._scope.items()
            if name not in known
        }
        return {**macro.scope, **later}

    # Statements

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
        macro = _Macro(node, self._scope)
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
