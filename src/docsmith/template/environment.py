"""Jinja as templates get it: escaped, sandboxed, bounded, and without a way to anything but the context."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, cast

from jinja2 import TemplateAssertionError, TemplateSyntaxError, Undefined, nodes
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from docsmith._i18n import gettext as _
from docsmith.model.dates import PartialDate
from docsmith.model.missing import Missing
from docsmith.template import bounded, costs, filters, guards, metering
from docsmith.template.complexity import check_tree
from docsmith.template.journal import current
from docsmith.template.printing import bounded_text
from docsmith.template.undefined import UnknownName

# What a template may ask of a value. Everything else of Python's objects is not there for it.
_DATE_PARTS = frozenset({"year", "month", "day", "quarter", "hour", "minute", "weekday", "isoformat"})
_TEXT_METHODS = frozenset(
    {
        "capitalize", "count", "endswith", "find", "isalpha", "isdecimal", "isdigit", "lower", "lstrip",
        "partition", "removeprefix", "removesuffix", "rpartition", "rstrip", "split", "splitlines",
        "startswith", "strip", "title", "upper",
    }
)  # fmt: skip
_LOOP_PARTS = frozenset(
    {
        "changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length", "nextitem",
        "previtem", "revindex", "revindex0",
    }
)  # fmt: skip
_ALLOWED: tuple[tuple[type | tuple[type, ...], frozenset[str]], ...] = (
    (str, _TEXT_METHODS),
    ((dt.date, PartialDate), _DATE_PARTS),
    (Mapping, frozenset({"get", "items", "keys", "values"})),
    ((list, tuple), frozenset({"count", "index"})),
    (LoopContext, _LOOP_PARTS),
)
# Methods that are replaced by a bounded one: (type, name) -> a function that takes the object.
_REPLACED: Mapping[str, tuple[type, Callable[[Any], Any]]] = {
    "strftime": (dt.date, guards.date_format),
    "replace": (str, lambda text: lambda old, new: guards.replaced(text, old, new)),
}
# A call costs as much time as some passes of a loop.
_CALL_STEPS = 5
# The name of the filter that :class:`_Instrument` puts around what ``~`` joins.
_JOINED = "docsmith text"


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """The environment of all templates; it has no loader and is never changed after it was made."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    intercepted_unops = frozenset(ImmutableSandboxedEnvironment.default_unop_table)

    def __init__(self, *, autoescape: bool) -> None:
        super().__init__(autoescape=autoescape, undefined=UnknownName, keep_trailing_newline=True)
        self.globals = {"range": guards.limited_range}
        own: dict[str, Any] = {**metering.FILTERS, _JOINED: _part_of_text}
        self.filters = {**filters.all_filters(self.filters), **own}
        self.tests = bounded.tests(self.tests)
        self.tests["none"] = lambda value: value is None or isinstance(value, Missing)

    def tree_of(self, source: str) -> nodes.Template:
        """Return the syntax tree of a source; raises ``jinja2.TemplateSyntaxError``."""
        tree = self._parsed(source)
        for node in tree.find_all((nodes.Filter, nodes.Test)):
            known = self.filters if isinstance(node, nodes.Filter) else self.tests
            if node.name not in known:
                kind = type(node).__name__.lower()
                raise TemplateAssertionError(f"No {kind} named {node.name!r}.", node.lineno)
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

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return ``obj.attribute`` for a filter of Jinja's, such as ``map``."""
        return self.member(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return ``obj[argument]`` for a filter of Jinja's."""
        return self.member(obj, argument)

    def member(self, obj: Any, name: Any) -> Any:
        """Return ``obj.name`` of a template: a key of a mapping, or one of the allowed attributes."""
        if type(obj) is dict and name in obj:  # nearly always
            return obj[name]
        if isinstance(obj, Missing):  # the parts of what is missing are missing too
            return obj
        if isinstance(obj, Undefined):
            return obj[name]
        try:
            return obj[name]
        except (TypeError, LookupError):
            if isinstance(name, str):
                return self._attribute(obj, name)
        return self.undefined(obj=obj, name=name)

    def _attribute(self, obj: Any, name: str) -> Any:
        kind, bounded = _REPLACED.get(name, (None, None))
        if kind and bounded and isinstance(obj, kind):
            return bounded(obj)
        if any(isinstance(obj, kinds) and name in names for kinds, names in _ALLOWED) and hasattr(obj, name):
            return getattr(obj, name)
        return self.undefined(obj=obj, name=name)

    def is_safe_attribute(self, *_arguments: Any) -> bool:
        """Refuse every attribute: those that are allowed never come here."""
        return False

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls, and count it, so that no recursion runs for ever."""
        if isinstance(obj, Missing):
            return obj
        if isinstance(obj, Undefined):
            return obj()
        current().spend(_CALL_STEPS + len(args) + len(kwargs))
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, str | list | tuple):
            named = (value for name, value in kwargs.items() if not name.startswith("_"))  # Jinja's own do
            guards.pay_for_method(owner, *args, *named)
            return costs.made(super().call(context, obj, *args, **kwargs))
        if isinstance(owner, LoopContext):
            costs.weigh(args)
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute within bounds; what is computed from a missing value is missing."""
        if isinstance(left, Missing) or isinstance(right, Missing):
            if operator == "+" and isinstance(left, str) and isinstance(right, str):
                return filters.text_of(left) + filters.text_of(right)
            return left if isinstance(left, Missing) else right
        guards.check_operation(operator, left, right)
        try:
            return super().call_binop(context, operator, left, right)
        except (ValueError, ArithmeticError) as error:
            return current().failed(error)
        except TypeError:
            message = _("these values cannot be joined by {operator}.").format(operator=operator)
            return current().failed(TypeError(message))

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        """Negate; what is missing stays missing."""
        return arg if isinstance(arg, Missing) else super().call_unop(context, operator, arg)


class _Instrument(NodeTransformer):
    """Prepare a syntax tree: literal braces, and marks that ``~`` does not lose."""

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Node:  # noqa: N802
        for written, meant in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
            node.data = node.data.replace(written, meant)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.nodes = [_filtered(part, _JOINED) for part in node.nodes]
        return node


def _filtered(node: nodes.Node, name: str) -> nodes.Expr:
    return nodes.Filter(cast(nodes.Expr, node), name, [], [], None, None, lineno=node.lineno)


def _part_of_text(value: Any) -> str:
    """Return a part of what ``~`` joins, paid for: a tag may have a thousand of them."""
    text = bounded_text(value)
    current().wrote(len(text))
    return text


DOCUMENT = TemplateEnvironment(autoescape=True)
"""The environment of everything that becomes XML."""
LINE = TemplateEnvironment(autoescape=False)
"""The environment of single lines that do not: names of files, properties."""
