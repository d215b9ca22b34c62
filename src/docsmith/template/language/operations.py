"""What a program may do with values: look into them, call them, compute with them; nothing else."""

from __future__ import annotations

import datetime as dt
import operator as python
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.blank import BLANK, Blank
from docsmith.model.dates import PartialDate
from docsmith.model.missing import Missing
from docsmith.template.language import costs, filters, guards
from docsmith.template.language.journal import current
from docsmith.template.language.undefined import UnknownName

# What a template may ask of a value. Everything else of Python's objects is not there for it.
_DATE_PARTS = frozenset({"year", "month", "day", "quarter", "hour", "minute", "weekday", "isoformat"})
_TEXT_METHODS = frozenset(
    {
        "capitalize", "count", "endswith", "find", "isalpha", "isdecimal", "isdigit", "lower", "lstrip",
        "partition", "removeprefix", "removesuffix", "rpartition", "rstrip", "split", "splitlines",
        "startswith", "strip", "title", "upper",
    }
)  # fmt: skip
LOOP_PARTS = frozenset(
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
)
# Methods that are replaced by a bounded one: (type, name) -> a function that takes the object.
_REPLACED: Mapping[str, tuple[type, Callable[[Any], Any]]] = {
    "strftime": (dt.date, guards.date_format),
    "replace": (str, lambda text: lambda old, new: guards.replaced(text, old, new)),
}
_BINARY: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": python.add,
    "-": python.sub,
    "*": python.mul,
    "/": python.truediv,
    "//": python.floordiv,
    "**": python.pow,
    "%": python.mod,
}
# Not the views of mappings: their differences are sets, which have no order.
_OPERANDS = (str, int, float, Decimal, list, tuple, dt.date, dt.timedelta, UnknownName)
_UNARY: Mapping[str, Callable[[Any], Any]] = {"+": python.pos, "-": python.neg}
# A call costs as much time as some passes of a loop.
_CALL_STEPS = 5


class Operations:
    """The operations of an environment; ``loops`` are the types of the variable ``loop``."""

    loops: tuple[type, ...] = ()
    undefined: Any

    def member(self, obj: Any, name: Any) -> Any:
        """Return ``obj.name`` of a template: a key of a mapping, or one of the allowed attributes."""
        if type(obj) is dict and name in obj:  # nearly always
            return obj[name]
        if isinstance(obj, self.loops) and type(name) is str and name in LOOP_PARTS:
            return getattr(obj, name)
        if isinstance(obj, Missing):  # the parts of what is missing are missing too
            return obj
        if isinstance(obj, UnknownName):
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

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls, and count it, so that no recursion runs for ever."""
        if isinstance(obj, Missing):
            return obj
        if isinstance(obj, UnknownName):
            return obj()
        current().spend(_CALL_STEPS + len(args) + len(kwargs))
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, str | list | tuple):
            named = (value for name, value in kwargs.items() if not name.startswith("_"))  # Jinja's own do
            guards.pay_for_method(owner, *args, *named)
            return costs.made(self.called(context, obj, args, kwargs))
        if isinstance(owner, self.loops):
            costs.weigh(args)
        return self.called(context, obj, args, kwargs)

    def called(self, _context: Any, obj: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function that a template has got from :meth:`member`, or ``range``."""
        return obj(*args, **{name: value for name, value in kwargs.items() if not name.startswith("_")})

    def call_binop(self, _context: Any, operator: str, left: Any, right: Any) -> Any:
        """Compute within bounds; what is computed from a missing value is missing, from a blank one blank."""
        if isinstance(left, Missing) or isinstance(right, Missing):
            if operator == "+" and isinstance(left, str) and isinstance(right, str):
                return filters.text_of(left) + filters.text_of(right)
            return left if isinstance(left, Missing) else right
        if isinstance(left, Blank) or isinstance(right, Blank):
            return (
                left + right
                if operator == "+" and isinstance(left, str) and isinstance(right, str)
                else BLANK
            )
        guards.check_operation(operator, left, right)
        try:
            if not (isinstance(left, _OPERANDS) and isinstance(right, _OPERANDS)):
                raise TypeError(operator)
            return guards.bounded_number(_BINARY[operator](left, right))
        except (ValueError, ArithmeticError) as error:
            return current().failed(error)
        except TypeError:
            message = _("these values cannot be joined by {operator}.").format(operator=operator)
            return current().failed(TypeError(message))

    def call_unop(self, _context: Any, operator: str, arg: Any) -> Any:
        """Negate; what is missing stays missing."""
        return arg if isinstance(arg, Missing | Blank) else _UNARY[operator](arg)


def own_tests() -> dict[str, Callable[..., bool]]:
    """Return the tests that ask whether a value is there."""
    return {
        "defined": lambda value: not isinstance(value, UnknownName),
        "undefined": lambda value: isinstance(value, UnknownName),
        "none": lambda value: value is None or isinstance(value, Missing),
    }
