"""Fields for values: what is computed has no columns that could tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from docsmith.model.dates import PartialDate
from docsmith.model.fields import ANY, Field, FieldKind
from docsmith.model.missing import Missing

OTHERS = Field(ANY, "", FieldKind.UNKNOWN)
"""Stands among fields for names that cannot be known beforehand."""

_KINDS: tuple[tuple[type | tuple[type, ...], FieldKind], ...] = (
    (str, FieldKind.TEXT),
    (bool, FieldKind.FLAG),  # before the numbers: it is one of them
    ((int, float, Decimal), FieldKind.NUMBER),
    ((dt.date, PartialDate), FieldKind.DATE),
    ((list, tuple), FieldKind.LIST),
    (Mapping, FieldKind.RECORD),
)


def kind_of(type_of_value: type) -> FieldKind:
    """Return what kind of field the values of a type are."""
    return next((kind for types, kind in _KINDS if issubclass(type_of_value, types)), FieldKind.UNKNOWN)


def field_of(name: str, title: str, value: Any) -> Field:
    """Return the field that a value stands for: its kind, its parts, and the value as an example.

    Of an empty list or mapping nothing more is known.
    """
    if isinstance(value, Missing):
        return Field(name, title, FieldKind.TEXT)
    kind = kind_of(type(value))
    if kind is FieldKind.RECORD:
        return Field(name, title, kind, fields=tuple(parts_of(value)) or (OTHERS,))
    if kind is FieldKind.LIST and value and all(isinstance(one, Mapping) for one in value):
        return Field(name, title, FieldKind.ROWS, fields=tuple(parts_of(first_of(value))) or (OTHERS,))
    if kind is FieldKind.LIST and not value:
        return Field(name, title, FieldKind.UNKNOWN)
    return Field(name, title, kind, shown(value))


def parts_of(record: Mapping[str, Any]) -> Iterator[Field]:
    """Yield the fields of a record; a Chinese name behind an English one of the same value is its twin."""
    pairs = [(str(name), value) for name, value in record.items()]
    behind = [*pairs[1:], ("", None)]
    twins = {
        name: other
        for (name, value), (other, twin) in zip(pairs, behind)
        if value is twin and name.isascii() and not other.isascii()
    }
    for name, value in pairs:
        if name not in twins.values():
            yield field_of(name, twins.get(name, ""), value)


def first_of(rows: Iterable[object]) -> dict[str, Any]:
    """Return the names of all rows, each with the first value that says something."""
    first: dict[str, Any] = {}
    for row in rows:
        for name, value in row.items() if isinstance(row, Mapping) else ():
            if first.get(name) in (None, "", [], {}) or isinstance(first[name], Missing):
                first[name] = value
    return first


def shown(value: Any) -> str:
    """Return a value as a document would print it; a list with 、 between its items."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.date):
        return str(PartialDate.of(value))
    if isinstance(value, list | tuple):
        return "、".join(shown(one) for one in value if not isinstance(one, list | tuple | Mapping))
    return "" if value is None else str(value)
