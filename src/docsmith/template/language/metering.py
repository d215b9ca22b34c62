"""Programs that pay for what they do: put into a syntax tree before it is compiled.

What each pass of a loop, each call of a macro and each large branch costs is counted here once, from the
tree: nodes for the time, characters of constant text for the memory. At run time one call pays for all passes
of a loop before it starts, so that the printing of a value costs nothing more. Operations whose cost depends
on the values are replaced by filters that pay for them (:mod:`docsmith.template.language.costs`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

from jinja2 import TemplateSyntaxError, nodes
from jinja2.visitor import NodeTransformer

from docsmith._i18n import gettext as _
from docsmith.template.language.counting import BLOCK, COMPARED, CONTAINS, EACH, KEY, MADE

# A branch that costs less is paid for with what is around it, whether it is taken or not.
_LARGE = 500
_PASS = 4
# To call a macro takes Jinja some 5 µs.
_ENTER = 20
_STEPS: Mapping[type[nodes.Node], int] = {
    nodes.Getattr: 2,
    nodes.Getitem: 2,
    nodes.Filter: 3,
    nodes.Test: 3,
    nodes.Call: 3,
    nodes.BinExpr: 3,
    nodes.Compare: 2,
}
_PRINT = 8


class Cost(NamedTuple):
    """Steps, and characters of constant text."""

    steps: int
    characters: int

    def plus(self, other: Cost) -> Cost:
        """Return both together."""
        return Cost(self.steps + other.steps, self.characters + other.characters)


def guarded(tree: nodes.Template) -> nodes.Template:
    """Put filters where the cost of an expression depends on its values; ``tree`` is changed."""
    result: nodes.Template = _Guards().visit(tree)
    return result


def measure(tree: nodes.Template) -> None:
    """Let a program pay for its loops, macros and large branches; ``tree`` is changed.

    What a part writes itself is counted as it is written; what goes into a variable or through a filter first
    is paid for here.
    """
    _Meter().all(tree.body)


class _Guards(NodeTransformer):
    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        searches = [operand for operand in node.ops if operand.op in ("in", "notin")]
        if searches and len(node.ops) > 1:
            raise TemplateSyntaxError(_("write “in” and what it compares in parentheses."), node.lineno)
        if searches:
            found = _filtered(node.expr, CONTAINS, searches[0].expr)
            return found if searches[0].op == "in" else nodes.Not(found, lineno=node.lineno)
        left: nodes.Expr = node.expr
        for operand in node.ops:
            right = operand.expr
            if not isinstance(left, nodes.Const) and not isinstance(right, nodes.Const):
                operand.expr = _filtered(right, COMPARED)
            left = right
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, MADE) if isinstance(node.arg, nodes.Slice) else node

    def visit_Pair(self, node: nodes.Pair) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if not (isinstance(node.key, nodes.Const) and isinstance(node.key.value, str)):
            node.key = _filtered(node.key, KEY)
        return node


def _filtered(node: nodes.Expr, name: str, *arguments: nodes.Expr) -> nodes.Expr:
    return nodes.Filter(node, name, list(arguments), [], None, None, lineno=node.lineno)


class _Meter:
    """Measures what running nodes once costs, but for those among them that pay for themselves."""

    def __init__(self) -> None:
        self._stored = 0

    def all(self, children: Iterable[nodes.Node]) -> Cost:
        total = Cost(0, 0)
        for child in children:
            total = total.plus(self.one(child))
        return total

    def one(self, node: nodes.Node) -> Cost:
        match node:
            case nodes.For():
                return self._loop(node)
            case nodes.Macro() | nodes.CallBlock():
                return self._macro(node)
            case nodes.If():
                return self._branches(node)
            case nodes.FilterBlock() | nodes.AssignBlock():
                return self._storing(node.iter_child_nodes())
            case nodes.TemplateData():
                return Cost(1, len(node.data) if self._stored else 0)
        cost = self.all(node.iter_child_nodes())
        return cost.plus(Cost(_own_steps(node), 0))

    def _storing(self, children: Iterable[nodes.Node]) -> Cost:
        self._stored += 1
        cost = self.all(children)
        self._stored -= 1
        return cost

    def _loop(self, node: nodes.For) -> Cost:
        body = [*([node.test] if node.test else []), *node.body]
        each = (self._storing if node.recursive else self.all)(body).plus(Cost(_PASS, 0))
        around = self.all([node.iter, *node.else_])
        if node.recursive:  # loop(…) runs over more than what stands in the tag
            node.body.insert(0, _payment(each, node.lineno))
            each = Cost(_PASS, 0)
        node.iter = _filtered(
            cast(nodes.Expr, node.iter), EACH, nodes.Const(each.steps), nodes.Const(each.characters)
        )
        return around.plus(Cost(_PASS, 0))

    def _macro(self, node: nodes.Macro | nodes.CallBlock) -> Cost:
        around = [*node.defaults, *([node.call] if isinstance(node, nodes.CallBlock) else [])]
        node.body.insert(0, _payment(self._storing(node.body).plus(Cost(_ENTER, 0)), node.lineno))
        return self.all(around).plus(Cost(_PASS, 0))

    def _branches(self, node: nodes.If) -> Cost:
        cost = self.one(node.test).plus(Cost(1, 0))
        for branch in (node.body, node.else_):
            inside = self.all(branch)
            if inside.steps + inside.characters > _LARGE:
                branch.insert(0, _payment(inside, node.lineno))
            else:
                cost = cost.plus(inside)
        return cost.plus(self.all(node.elif_))


def _own_steps(node: nodes.Node) -> int:
    if isinstance(node, nodes.Output):
        return _PRINT * sum(not isinstance(child, nodes.TemplateData) for child in node.nodes)
    if isinstance(node, nodes.Concat):
        return _STEPS[nodes.Filter] * len(node.nodes)
    return _STEPS.get(type(node), 1)


def _payment(cost: Cost, line: int) -> nodes.Node:
    """Return a statement that pays for what follows it."""
    paid = _filtered(nodes.Const(cost.steps, lineno=line), BLOCK, nodes.Const(cost.characters))
    return nodes.ExprStmt(paid, lineno=line)
