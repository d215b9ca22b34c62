"""Jinja's own filters and tests, each of them paid for before it works on something large.

Those that work on one value take no list: ``[[1]]|upper`` would write the whole list out first, and a list
may hold the same list twice, forty times over. Those that work on lists return lists: what is lazy costs
when nobody looks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import wraps
from typing import Any

from jinja2 import Environment, pass_environment
from jinja2 import filters as jinja_filters

from docsmith._i18n import gettext as _
from docsmith.model.dates import PartialDate
from docsmith.template.language import costs
from docsmith.template.language.journal import LimitError, current
from docsmith.template.values import SINGLE

Function = Callable[..., Any]

_LARGEST_PRECISION = 30
_MOST_DIGITS = 1000
# Steps for 16 characters: a change of case takes 2 ns for each, a regular expression 100, a quotation 300.
_TEXT_FILTERS: Mapping[str, int] = {
    "abs": 1, "capitalize": 1, "float": 1, "int": 1, "lower": 1,
    "round": 1, "string": 1, "striptags": 8, "title": 8, "trim": 1, "truncate": 1, "upper": 1,
    "urlencode": 24, "wordcount": 8,
}  # fmt: skip
# Steps for each item.
_LIST_FILTERS: Mapping[str, int] = {
    "first": 0, "items": 2, "last": 0, "list": 1, "map": 16, "reject": 16, "rejectattr": 24,
    "reverse": 1, "select": 16, "selectattr": 24,
}  # fmt: skip
# Filters that compare items, or something in them; where the attribute stands among the arguments.
_KEY_FILTERS: Mapping[str, int | None] = {
    "dictsort": None, "groupby": 2, "max": 3, "min": 3, "sort": 4, "sum": 2, "unique": 3,
}  # fmt: skip
_KEY_STEPS = 32
_COMPARISONS = (
    "!=", "<", "<=", "==", ">", ">=", "eq", "equalto", "ge", "greaterthan", "gt", "le", "lessthan", "lt",
    "ne",
)  # fmt: skip
_TEXT_TESTS = ("lower", "upper")


def filters(built_in: Mapping[str, Any]) -> dict[str, Function]:
    """Return Jinja's filters that a template may use, bounded; what is in none of the tables is not there."""
    replaced: dict[str, Any] = {
        "unique": _unique,
        "round": _round,
        "int": _int,
        "sum": _sum,
        "striptags": _striptags,
    }
    found = dict(built_in) | replaced
    return {
        **{name: _on_one(found[name], steps) for name, steps in _TEXT_FILTERS.items()},
        **{name: _on_items(found[name], steps) for name, steps in _LIST_FILTERS.items()},
        **{name: _on_keys(found[name], place) for name, place in _KEY_FILTERS.items()},
        "default": built_in["default"],
    }


def tests(built_in: Mapping[str, Any]) -> dict[str, Any]:
    """Return Jinja's tests, those that compare or write out paid for."""
    return {
        **built_in,
        **{name: _comparing(built_in[name]) for name in _COMPARISONS},
        **{name: _on_one(built_in[name], 1) for name in _TEXT_TESTS},
        "in": costs.contains,
    }


def _position(function: Function) -> int:
    """Return where the value stands: Jinja's own argument is before it, if there is one."""
    return 1 if hasattr(function, "jinja_pass_arg") else 0


def _on_one(function: Function, steps: int) -> Function:
    position = _position(function)

    @wraps(function)
    def bounded(*arguments: Any, **options: Any) -> Any:
        value = arguments[position]
        if isinstance(value, costs.HOLDERS):
            raise TypeError(_("this is a whole list or table of values; print one of them, or loop over it."))
        if value is not None and not isinstance(value, SINGLE):  # a function would tell where it is in memory
            raise TypeError(_("this is no value that can be printed."))
        if isinstance(value, str):
            current().spend(1 + len(value) * steps // 16)
            costs.search(value, *arguments[position + 1 :], *options.values())
        return costs.made(function(*arguments, **options))

    return bounded


def _on_items(function: Function, steps: int) -> Function:
    position = _position(function)

    @wraps(function)
    def bounded(*arguments: Any, **options: Any) -> Any:
        items = costs.items_of(arguments[position])
        others = (*arguments[position + 1 :], *options.values())
        texts = sum(len(other) for other in others if isinstance(other, str))
        current().spend(1 + len(items) * (steps + (texts // 4 if steps else 0)))
        return costs.made(function(*arguments, **options))

    return bounded


def _on_keys(function: Function, place: int | None) -> Function:
    @wraps(function)
    def bounded(*arguments: Any, **options: Any) -> Any:
        items = costs.items_of(arguments[_position(function)])
        attribute = options.get("attribute")
        if place is not None and attribute is None and len(arguments) > place:
            attribute = arguments[place]
        texts = len(attribute) if isinstance(attribute, str) else 0
        current().spend(1 + len(items) * (_KEY_STEPS + texts))
        if attribute is None:
            costs.weigh(items)
        else:
            key = jinja_filters.make_multi_attrgetter(arguments[0], attribute)
            costs.weigh([key(item) for item in items])
        return costs.made(function(*arguments, **options))

    return bounded


def _comparing(test: Function) -> Function:
    @wraps(test)
    def bounded(value: Any, other: Any) -> Any:
        return test(value, costs.compared(other))

    return bounded


def _int(value: Any, default: int = 0, base: int = 10) -> Any:
    """Return a whole number, as Jinja does, but none from a text of a million digits."""
    if isinstance(value, str) and len(value) > _MOST_DIGITS:
        return default
    return jinja_filters.do_int(value, default, base)


def _round(value: Any, precision: int = 0, method: Any = "common") -> Any:
    """Round, as Jinja does, which computes ten to the power of the precision."""
    if abs(precision) > _LARGEST_PRECISION:
        raise LimitError(_("round() has at most {limit} places.").format(limit=_LARGEST_PRECISION))
    return jinja_filters.do_round(value, precision, method)


def _striptags(value: Any) -> str:
    """Take the tags out; each costs a copy of the whole text."""
    text = str(value)
    current().spend(text.count("<") * len(text) // 4096)
    return jinja_filters.do_striptags(text)


@pass_environment
def _sum(environment: Environment, value: Any, attribute: Any = None, start: Any = 0) -> Any:
    """Add numbers; lists would be copied once for each of them."""
    if not isinstance(start, int | float | Decimal):
        raise TypeError(_("{value} is not a number.").format(value=costs.shown(start)))
    return jinja_filters.sync_do_sum(environment, value, attribute, start)


@pass_environment
def _unique(
    environment: Environment, value: Any, case_sensitive: bool = False, attribute: Any = None
) -> list[Any]:
    """Return the items without repetitions; in a table whose places nobody can make collide."""
    key = jinja_filters.make_attrgetter(environment, attribute)
    found: dict[tuple[str, str], Any] = {}
    for item in value:
        found.setdefault(_identity(key(item), case_sensitive), item)
    return list(found.values())


def _identity(value: Any, case_sensitive: bool) -> tuple[str, str]:
    """Return what makes a value the same as another: equal numbers are, whatever their kind."""
    if isinstance(value, str):
        return "text", value if case_sensitive else value.lower()
    if isinstance(value, int | float | Decimal):
        whole = int(value)
        return "number", str(whole if value == whole else Decimal(str(value)).normalize())
    if isinstance(value, dt.date | PartialDate):
        return "date", str(value)
    raise TypeError(_("only single values can be told apart."))
