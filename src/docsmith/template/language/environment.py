"""Jinja as templates get it: escaped, sandboxed, bounded, and without a way to anything but the context."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, cast

from jinja2 import TemplateAssertionError, TemplateSyntaxError, Undefined, nodes
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer

from docsmith._i18n import gettext as _
from docsmith.template.compiling.complexity import check_tree
from docsmith.template.language import bounded, counting, filters, guards, merging, metering, photos
from docsmith.template.language.operations import Operations, own_tests
from docsmith.template.language.runtime import Loop
from docsmith.template.language.undefined import UnknownName


class UnknownToJinja(UnknownName, Undefined):  # type: ignore[misc]  # its methods return other types
    """A name that the data does not have, as Jinja's own filters and macros make it."""

    __slots__ = ()
    _no_owner = missing


class _PartContext(Context):
    slots: tuple[Any, ...] = ()


class TemplateEnvironment(Operations, ImmutableSandboxedEnvironment):
    """The environment of all templates; it has no loader and is never changed after it was made."""

    loops = (Loop, LoopContext)
    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    intercepted_unops = frozenset(ImmutableSandboxedEnvironment.default_unop_table)

    def __init__(self, *, autoescape: bool) -> None:
        super().__init__(autoescape=autoescape, undefined=UnknownToJinja, keep_trailing_newline=True)
        self.globals = {"range": guards.limited_range}
        bounded_filters = bounded.filters(self.filters).items()
        of_jinja = {name: filters.passing_missing(function) for name, function in bounded_filters}
        self.filters = {
            **of_jinja,
            **filters.own_filters(),
            **counting.FILTERS,
            **merging.FILTERS,
            **photos.FILTERS,
        }
        self.tests = {**bounded.tests(self.tests), **own_tests()}

    def context(self, values: Mapping[str, Any], slots: tuple[Any, ...]) -> Context:
        """Return the names that a program knows, and the functions of its slots."""
        made = _PartContext(self, {**self.globals, **values}, None, {})
        made.slots = slots
        return made

    def tree_of(self, source: str) -> nodes.Template:
        """Return the syntax tree of a source; raises ``jinja2.TemplateSyntaxError``."""
        tree = self._parsed(source)
        for node in tree.find_all((nodes.Filter, nodes.Test)):
            known = self.filters if isinstance(node, nodes.Filter) else self.tests
            if node.name not in known:
                kind = type(node).__name__.lower()
                raise TemplateAssertionError(f"No {kind} named {node.name!r}.", node.lineno)
        for number in tree.find_all(nodes.Const):
            if isinstance(number.value, float) and not math.isfinite(number.value):
                raise TemplateSyntaxError(_("the number is too large."), number.lineno)
        return tree

    def instrumented(self, tree: nodes.Template) -> nodes.Template:
        """Return a tree ready to be compiled: its work is counted, and its text is as it will be printed."""
        return metering.guarded(_Instrument().visit(tree))

    def _parsed(self, source: str) -> nodes.Template:
        try:
            parsed = self.parse(source)
        except RecursionError:
            raise TemplateSyntaxError(_("it is nested too deeply."), 1) from None
        check_tree(parsed)
        return parsed

    def call_filter(self, name: str, *arguments: Any, **options: Any) -> Any:
        """Call a filter that another one names, as ``map("upper")`` does: none of those that pay."""
        if name in counting.FILTERS:
            raise TypeError(_("there is no filter called {name}.").format(name=name))
        return super().call_filter(name, *arguments, **options)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return ``obj.attribute`` for a filter of Jinja's, such as ``map``."""
        return self.member(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return ``obj[argument]`` for a filter of Jinja's."""
        return self.member(obj, argument)

    def is_safe_attribute(self, *_arguments: Any) -> bool:
        """Refuse every attribute: those that are allowed never come here."""
        return False

    def called(self, context: Context, obj: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function or a macro."""
        return ImmutableSandboxedEnvironment.call(self, context, obj, *args, **kwargs)


class _Instrument(NodeTransformer):
    """Prepare a syntax tree: literal braces, and marks that ``~`` does not lose."""

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Node:  # noqa: N802
        for written, meant in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
            node.data = node.data.replace(written, meant)
        return node

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802
        """Tell the filter of boxes which column its value comes from, where its tag names no choices."""
        self.generic_visit(node)
        if node.name in ("boxes", "勾选") and not (node.args or node.kwargs):
            match node.node:
                case nodes.Getattr(attr=str() as name) | nodes.Getitem(arg=nodes.Const(value=str() as name)):
                    column = nodes.Keyword("column", nodes.Const(name))
                    node.kwargs = [column]  # type: ignore[list-item]  # what Jinja itself puts there
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.nodes = [_filtered(part, counting.JOINED) for part in node.nodes]
        return node


def _filtered(node: nodes.Node, name: str) -> nodes.Expr:
    return nodes.Filter(cast(nodes.Expr, node), name, [], [], None, None, lineno=node.lineno)


DOCUMENT = TemplateEnvironment(autoescape=True)
"""The environment of everything that becomes XML."""
LINE = TemplateEnvironment(autoescape=False)
"""The environment of single lines that do not: names of files, properties."""
