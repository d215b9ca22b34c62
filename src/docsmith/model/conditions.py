"""Which rows are meant: ``支部类别=普通支部|联合支部``, in commands and in ``plugin.toml`` alike.

==================  ===========================================================================
``列=值|值``        the cell is one of these
``列!=值|值``       none of these
``列=``             empty
``列!=``            not empty
``列<列``           a date, time or number is before that of another column of the row; also
                    ``<=``, ``>`` and ``>=``
``列<值``           or before a given one
==================  ===========================================================================

A column goes by its English name, its title, or another header that means it. A comparison is true only where
nobody can doubt it: never of an empty cell, nor of 3月 and 3月15日.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.columns import Column, Kind, by_word
from docsmith.model.dates import PartialDate
from docsmith.model.nearest import suggestion
from docsmith.model.rows import Record
from docsmith.model.values import CellError, read_cell

Cells = Callable[[str], object]
"""Returns the value of a cell by the name of its column."""

# As Chinese keyboards type them.
_SIGN = re.compile("[!！]?[=＝]|≠|[<＜>＞][=＝]?|[≤≥]")
_NARROW = str.maketrans({"＝": "=", "！": "!", "＜": "<", "＞": ">", "≤": "<=", "≥": ">=", "≠": "!="})
_MOST_SIGNS = 20  # in a condition: nobody writes more
_OR = re.compile("[|｜]")
_CLOCK = re.compile(r"\d\d:\d\d")
# Columns of one family can be compared with each other; the others have no order.
_FAMILIES = {
    Kind.DATE: "dates",
    Kind.TIME: "times",
    Kind.COUNT: "numbers",
    Kind.NUMBER: "numbers",
    Kind.YEAR: "numbers",
}


class ConditionError(ValueError):
    """A text that is no condition: ``message`` says what is wrong with it, ``hint`` what is expected."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class Condition(ABC):
    """What has to be true of a row.

    ``column`` is the English name of a known column, or the header of one that the unit has added.
    """

    column: str

    @staticmethod
    def parse(text: str, columns: Iterable[Column]) -> Condition:
        """Read a condition on these columns; raises :class:`ConditionError`.

        A name that none of them has means a column that the unit has added.
        """
        known = list(columns)
        words = by_word(known)
        sign = _sign(text, words)
        name = text[: sign.start()].strip() if sign else ""
        if sign is None or not name or set("!！|｜").intersection(name):
            raise _no_condition(text)
        stated = text[sign.end() :].strip()
        column = words.get(name)
        narrow = sign[0].translate(_NARROW)
        if narrow in ("=", "!="):
            return _OneOf.read(column or name, stated, is_wanted=narrow == "=")
        if not stated:
            raise _no_condition(text)
        return _Compared.read(name, narrow, stated, known)

    @abstractmethod
    def holds(self, cells: Cells) -> bool:
        """Say whether the condition is true of a row with these cells."""

    def fits(self, record: Record) -> bool:
        """Say whether the condition is true of a row."""
        return self.holds(
            lambda name: getattr(record, name) if name in record.columns else record.extra.get(name)
        )


@dataclass(frozen=True)
class _OneOf(Condition):
    """A cell is, or is not, one of some values; ``""`` is an empty cell."""

    is_wanted: bool
    values: frozenset[str]

    @classmethod
    def read(cls, column: Column | str, stated: str, *, is_wanted: bool) -> _OneOf:
        typed = [value.strip() for value in _OR.split(stated)]
        if isinstance(column, str):
            return cls(column, is_wanted, frozenset(typed))
        return cls(column.name, is_wanted, frozenset(_as_read(value, column) for value in typed))

    def holds(self, cells: Cells) -> bool:
        return (as_typed(cells(self.column)) in self.values) is self.is_wanted


@dataclass(frozen=True)
class _Compared(Condition):
    """A cell comes before or after that of the column ``other``, or, without one, a ``value``."""

    sign: str
    other: str = ""
    value: object = None

    @classmethod
    def read(cls, name: str, sign: str, stated: str, known: Sequence[Column]) -> _Compared:
        column, other = by_word(known).get(name), by_word(known).get(stated)
        family = _FAMILIES.get(column.kind) if column else None
        if column is None or family is None:
            raise ConditionError(
                _("{column} cannot be compared: it holds no dates, times or numbers.").format(column=name),
                suggestion(name, [one.title for one in known if one.kind in _FAMILIES]),
            )
        if other is None:
            alike = [one.title for one in known if _FAMILIES.get(one.kind) == family]
            return cls(column.name, sign, value=_value(stated, column, suggestion(stated, alike)))
        if _FAMILIES.get(other.kind) != family:
            raise ConditionError(
                _("{first} cannot be compared with {second}.").format(first=column.title, second=other.title),
                _("Dates are compared with dates, times with times, numbers with numbers."),
            )
        return cls(column.name, sign, other.name)

    def holds(self, cells: Cells) -> bool:
        mine = _span(cells(self.column))
        other = _span(cells(self.other) if self.other else self.value)
        if mine is None or other is None:
            return False
        if self.sign.startswith(">"):
            mine, other = other, mine
        return bool(mine[1] <= other[0] if self.sign.endswith("=") else mine[1] < other[0])


def _sign(text: str, words: Collection[str]) -> re.Match[str] | None:
    """Return the sign behind the name of a column; a header that the unit has added may hold some itself."""
    signs = list(islice(_SIGN.finditer(text), _MOST_SIGNS))
    behind = [one for one in signs if text[: one.start()].strip() in words]
    equal = [one for one in signs if one[0].translate(_NARROW) in ("=", "!=")]
    return next(iter((*behind, *equal, *signs)), None)


def as_typed(value: object) -> str:
    """Return the value of a cell as a person types it in a condition."""
    if isinstance(value, PartialDate):
        return value.iso()
    return "、".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def _as_read(value: str, column: Column) -> str:
    """Return a value as the column would have it: a choice by its usual name, a date as 2026-03-05."""
    return as_typed(_read(value, column)) if value else ""


def _read(value: str, column: Column, hint: str = "") -> object:
    try:
        return read_cell(value, column)
    except CellError as error:
        raise _never(value, column, f"{hint} {error.hint}".strip()) from error


def _value(stated: str, column: Column, hint: str) -> object:
    """Return what a column is compared with; what is no value of it may have been meant as a column."""
    value = _read(stated, column, hint)
    if _span(value) is None:  # a time may be any text
        raise _never(stated, column, hint)
    return value


def _span(value: Any) -> tuple[Any, Any] | None:
    """Return the first and the last that a value may mean; ``None`` where it has no order, or is empty."""
    if isinstance(value, PartialDate):
        return value.first, value.last
    is_point = isinstance(value, int | Decimal) or (isinstance(value, str) and _CLOCK.fullmatch(value))
    return (value, value) if is_point else None


def _no_condition(text: str) -> ConditionError:
    return ConditionError(
        _("“{condition}” is no condition.").format(condition=text),
        _("For example: {example}").format(example="支部类别=普通支部|联合支部"),
    )


def _never(value: str, column: Column, hint: str) -> ConditionError:
    return ConditionError(_("{column} is never “{value}”.").format(column=column.title, value=value), hint)
