"""Bounds on what an expression may compute, for templates that come from anywhere.

Jinja's sandbox keeps a template from reaching Python; it does not keep it from asking for a number of ten
million digits. These checks run before the work is done.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.template.language import costs
from docsmith.template.language.journal import LimitError, current
from docsmith.template.values import MAX_TEXT

MAX_ITEMS = 100_000
"""Items in a list that a template makes (a range, a batch)."""
_MAX_BITS = 4096
_MAX_GROUPS = 1000
_MOST_DIGITS = 1000
_DATE_STEPS = 20
_DATE_FORMAT = re.compile(r"(?:[^%]|%[YymdHMSjUWVuwaAbBpIe%]){0,100}")


def check_operation(operator: str, left: object, right: object) -> None:
    """Raise :class:`LimitError` if an arithmetic operation would be too large, or formats text."""
    if operator == "%" and isinstance(left, str):
        raise LimitError(_("text is not formatted with %; put the parts together with ~."))
    if operator == "**":
        _check_power(left, right)
    elif operator == "*":
        _check_product(left, right)
    elif operator == "+" and isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple):
        _pay(left, len(left) + len(right))


def bounded_number(value: Any) -> Any:
    """Return what was computed; raises :class:`LimitError` for a fraction of thousands of digits.

    Made a whole number, it would take seconds to write out.
    """
    if isinstance(value, Decimal) and value and abs(value.adjusted()) > _MOST_DIGITS:
        raise LimitError(_("the number is too large."))
    return value


def _check_power(left: object, right: object) -> None:
    # A fraction raised to any power stays a float, which is small; only whole numbers grow.
    whole = isinstance(left, int) and isinstance(right, int)
    if whole and abs(int(left)).bit_length() * abs(int(right)) > _MAX_BITS:  # type: ignore[call-overload]
        raise LimitError(_("the power is too large."))


def _check_product(left: object, right: object) -> None:
    for items, times in ((left, right), (right, left)):
        if isinstance(items, str | list | tuple) and isinstance(times, int):
            _pay(items, len(items) * times)
    if (
        isinstance(left, int)
        and isinstance(right, int)
        and left.bit_length() + right.bit_length() > _MAX_BITS
    ):
        raise LimitError(_("the product is too large."))


def _pay(kind: str | list[Any] | tuple[Any, ...], size: int) -> None:
    """Pay for a text or a list of that size, of the kind of the first argument."""
    if isinstance(kind, str):
        _pay_text(size)
    elif size > MAX_ITEMS:
        raise LimitError(_("the list has more than {limit} items.").format(limit=MAX_ITEMS))
    else:
        current().spend(max(0, costs.PER_ITEM * size))


def _pay_text(size: int) -> None:
    if size > MAX_TEXT:
        raise LimitError(_("the text is longer than {limit} characters.").format(limit=MAX_TEXT))
    current().wrote(max(0, size))


def limited_range(*arguments: int) -> range:
    """``range`` for at most ``MAX_ITEMS`` numbers."""
    numbers = range(*arguments)
    if len(numbers) > MAX_ITEMS:
        raise LimitError(_("range() has more than {limit} numbers.").format(limit=MAX_ITEMS))
    return numbers


def replaced(text: Any, old: str, new: str, count: int | None = None) -> str:
    """``text.replace(old, new)`` for a result of bearable length."""
    costs.search(text, old)
    _pay_text(len(text) + text.count(old) * len(new))
    return str(text.replace(old, new, -1 if count is None else count))


def joined(separator: str, texts: list[str]) -> str:
    """``separator.join(texts)`` for a result of bearable length."""
    _pay_text(sum(map(len, texts)) + len(separator) * len(texts))
    return separator.join(texts)


def pay_for_method(owner: str | list[Any] | tuple[Any, ...], *arguments: Any) -> None:
    """Pay for a method of a text or a list, which may look through all of it."""
    if isinstance(owner, str):
        costs.search(owner, *arguments)
    elif any(isinstance(argument, list | tuple | Mapping) for argument in arguments):
        raise TypeError(_("only single values can be looked for."))
    else:
        current().spend(1 + len(owner) * sum(map(costs.weigh, arguments)) // 4)


def date_format(date: dt.date) -> Callable[[str], str]:
    """Return ``date.strftime`` without paddings such as ``%0999999d``, which fill the memory."""

    def strftime(pattern: str) -> str:
        if not _DATE_FORMAT.fullmatch(pattern):
            raise LimitError(_("this date format is not supported; try %Y-%m-%d."))
        current().spend(_DATE_STEPS * (1 + pattern.count("%")))
        # The C library of some systems cannot format characters outside its locale.
        return re.sub("%.", lambda match: date.strftime(match[0]), pattern)

    return strftime


def in_batches(value: Any, linecount: int, fill_with: object = None) -> list[list[Any]]:
    """Return lists of ``linecount`` items, the last one filled up: Jinja's ``batch``, bounded."""
    from jinja2 import filters as jinja_filters  # few templates need it

    _check_groups(linecount)
    return _groups(value, jinja_filters.do_batch(costs.items_of(value), linecount, fill_with))


def side_by_side(value: Any, columns: int) -> list[list[Any]]:
    """Return rows of that many items that are read down, column by column; places of none are empty texts."""
    _check_groups(columns)
    items = list(costs.items_of(value))
    height = -(-len(items) // columns)
    filled = [*items, *[""] * (height * columns - len(items))]
    return _groups(items, (filled[row::height] for row in range(height)))


def in_slices(value: Any, slices: int, fill_with: object = None) -> list[list[Any]]:
    """Return that many lists that share the items out: Jinja's ``slice``, bounded."""
    from jinja2 import filters as jinja_filters

    _check_groups(slices)
    return _groups(value, jinja_filters.sync_do_slice(list(costs.items_of(value)), slices, fill_with))


def _groups(items: Any, groups: Iterator[list[Any]]) -> list[list[Any]]:
    current().spend(costs.PER_ITEM * (len(items) + _MAX_GROUPS))
    made: list[list[Any]] = costs.made(groups)
    return made


def _check_groups(count: int) -> None:
    if not 1 <= count <= _MAX_GROUPS:
        raise LimitError(_("the number of groups must be 1 to {limit}.").format(limit=_MAX_GROUPS))
