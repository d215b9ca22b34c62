"""The context of a template: plain values, copied, so that a template reaches and changes nothing else."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain, count
from typing import Any, cast

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.model.blank import Blank
from docsmith.model.dates import PartialDate
from docsmith.model.missing import Missing

MAX_NESTING = 50
MAX_HOLDERS = 500_000
"""Lists and mappings in a context, counted wherever they stand: one may hold another twice, forty times."""
MAX_TEXT = 1_000_000
"""Characters in one value, given or computed: libxml2 refuses text nodes of more than 10 MB."""

# What XML 1.0 (production 2, Char) leaves out; lone surrogates are among it. Said the other way round, it
# took 3 ms to compile.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_MOST_DIGITS = 1000
_MOST_BITS = 3322  # as many digits of a whole number
_KEYS = frozenset({str, int})
_ROWS = frozenset({dict})
# Types whose values need no further look: no fractions, which may be infinite, and no None.
_LEAVES = frozenset({str, int, bool, dt.date, dt.datetime, PartialDate, Missing, Blank})


def plain_context(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return a context of plain values, in which ``None`` is a mark that prints as （待补充）.

    What is plain already is passed on as it is: a template has no way to change it. Everything else is
    copied. Raises :class:`TemplateError`, naming the path of the value, for anything but text, numbers, truth
    values, dates, marks, values with a form of their own, and lists and mappings of them.
    """
    look, copied = _Look(), count()
    return {
        key: value if look.passes(value) else _plain(value, key, 1, copied) for key, value in context.items()
    }


class _Look:
    """Finds out whether values are of the plain types themselves, throughout.

    Looking costs a tenth of copying: sets ask for the types of a whole table at once, without Python. A list
    or mapping that stands in several places, as figures do with two names, is looked at once; it counts in
    each.
    """

    def __init__(self) -> None:
        self._holders = 0
        self._sizes: dict[int, tuple[int, int] | None] = {}

    def passes(self, value: object) -> bool:
        """Tell whether a value is plain, and with those before it not too large."""
        if type(value) in _LEAVES:
            return True
        size = self._size(value, 1)
        if size is None:
            return False
        holders, height = size
        self._holders += holders
        return self._holders <= MAX_HOLDERS and height <= MAX_NESTING

    def _size(self, value: object, depth: int) -> tuple[int, int] | None:
        """Return how many lists and mappings make a value, and how deep they lie; ``None`` if not plain."""
        if id(value) not in self._sizes:
            self._sizes[id(value)] = self._measured(value, depth)
        return self._sizes[id(value)]

    def _measured(self, value: object, depth: int) -> tuple[int, int] | None:
        kind = type(value)
        if kind is list:
            items: Collection[object] = cast(list[object], value)
        elif kind is dict and _KEYS.issuperset(map(type, cast(dict[object, object], value))):
            items = cast(dict[object, object], value).values()
        else:
            is_single = kind in _LEAVES or (kind is Decimal and _is_short(cast(Decimal, value)))
            return (0, 0) if is_single else None
        if _LEAVES.issuperset(map(type, items)):
            return 1, 1
        if depth >= MAX_NESTING:
            return None
        if _ROWS.issuperset(map(type, items)) and _are_rows(cast(Collection[dict[object, object]], items)):
            return 1, 2
        return self._together(items, depth)

    def _together(self, items: Iterable[object], depth: int) -> tuple[int, int] | None:
        """Return the size of what holds these items."""
        holders, height = 1, 1
        for item in items:
            if type(item) in _LEAVES:
                continue
            size = self._size(item, depth + 1)
            if size is None:
                return None
            holders, height = holders + size[0], max(height, size[1] + 1)
        return holders, height


def _are_rows(rows: Collection[dict[object, object]]) -> bool:
    """Tell whether mappings are rows of a table, with single plain values in their cells."""
    cells = chain.from_iterable(map(dict.values, rows))
    return _KEYS.issuperset(map(type, chain.from_iterable(rows))) and _LEAVES.issuperset(map(type, cells))


def _plain(value: object, path: str, depth: int, copied: Iterator[int]) -> object:
    if depth > MAX_NESTING:
        raise TemplateError(_("The value {path} is nested too deeply.").format(path=path[:80]))
    if value is None:
        return Missing(path)
    if isinstance(value, bool | Missing | Blank | dt.date | PartialDate):
        return value
    if isinstance(value, str):
        return _plain_text(value, path)
    if isinstance(value, int | float | Decimal):
        return _plain_number(value, path)
    if isinstance(value, Mapping | list | tuple):
        if next(copied) >= MAX_HOLDERS:
            raise TemplateError(
                _("The value {path} holds too many lists and mappings.").format(path=path[:80]),
                hint=_("More than {limit} are in the data of this document.").format(limit=MAX_HOLDERS),
            )
        return _copied(value, path, depth + 1, copied)
    if formatted := _formatted(value):
        return formatted
    raise TemplateError(
        _("The value {path} is a {kind}, which a template cannot print.").format(
            path=path, kind=type(value).__name__
        ),
        hint=_("Give templates text, numbers, dates, truth values, and lists and mappings of them."),
    )


def _copied(
    value: Mapping[Any, object] | list[object] | tuple[object, ...],
    path: str,
    depth: int,
    copied: Iterator[int],
) -> object:
    if isinstance(value, Mapping):
        return {_key(key, path): _plain(item, f"{path}.{key}", depth, copied) for key, item in value.items()}
    return [_plain(item, f"{path}[{index}]", depth, copied) for index, item in enumerate(value)]


def _formatted(value: object) -> object | None:
    # It brings the whole of lxml along, and few documents have such values.
    from docsmith.template.rich import adopt

    return adopt(value)


def _key(key: object, path: str) -> str | int:
    if isinstance(key, str):
        return str.__str__(key)
    if isinstance(key, int) and not isinstance(key, bool):
        return int(key)
    raise TemplateError(_("The mapping {path} has a key that is no text.").format(path=path))


def _plain_text(value: str, path: str) -> str:
    if len(value) > MAX_TEXT:
        raise TemplateError(
            _("The value {path} has more than {limit} characters.").format(path=path, limit=MAX_TEXT)
        )
    # A subclass could bring a method of its own along (__html__ would switch the escaping off).
    return str.__str__(value)


def _plain_number(value: float | Decimal, path: str) -> int | float | Decimal:
    if isinstance(value, int):
        if value.bit_length() > _MOST_BITS:
            raise TemplateError(_("The value {path} has too many digits.").format(path=path))
        return int(value)
    if not (value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)):
        raise TemplateError(_("The value {path} is not a finite number.").format(path=path))
    if isinstance(value, Decimal) and not _is_short(value):
        raise TemplateError(_("The value {path} has too many digits.").format(path=path))
    return value


def _is_short(number: Decimal) -> bool:
    """Tell whether a number is finite and has few digits before and after its point."""
    return number.is_finite() and max(number.adjusted(), -int(number.as_tuple().exponent)) < _MOST_DIGITS


SINGLE = (str, bool, int, float, Decimal, dt.date, PartialDate)
"""The types of single values: what can be printed."""


def printed(value: object) -> str:
    """Return how a plain value stands in a document: 是 and 否, dates in the official form.

    Raises ``TypeError`` for lists, mappings and everything else that is no single value.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        day = str(PartialDate.of(value))
        return day if value.time() == dt.time() else f"{day} {value:%H:%M}"
    if isinstance(value, dt.date):
        return str(PartialDate.of(value))
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        raise TypeError(_("the number is too large."))
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    if isinstance(value, int | PartialDate):
        return str(value)
    if isinstance(value, list | tuple | Mapping):
        raise TypeError(_("this is a whole list or table of values; print one of them, or loop over it."))
    raise TypeError(_("this is no value that can be printed."))


def illegal_character(text: str) -> str:
    """Return the first character that XML cannot hold, as ``U+000B``; empty if there is none."""
    match = _ILLEGAL.search(text)
    return f"U+{ord(match[0]):04X}" if match else ""
