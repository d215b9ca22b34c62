"""Fields for the columns of sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docsmith.model.columns import Column, Kind
from docsmith.model.fields import Field, FieldKind

_KINDS: Mapping[Kind, FieldKind] = {
    Kind.NAMES: FieldKind.LIST,
    Kind.COUNT: FieldKind.NUMBER,
    Kind.NUMBER: FieldKind.NUMBER,
    Kind.YEAR: FieldKind.NUMBER,
    Kind.DATE: FieldKind.DATE,
    Kind.CHOICE: FieldKind.CHOICE,
    Kind.PICTURE: FieldKind.PICTURE,
}


def columns_of(columns: Iterable[Column]) -> tuple[Field, ...]:
    """Return columns as parts of a row."""
    return tuple(map(column_field, columns))


def column_field(column: Column) -> Field:
    """Return a column as a field; its note has the choices."""
    kind = _KINDS.get(column.kind, FieldKind.TEXT)
    note = "；".join(part for part in ("、".join(column.choices), column.note) if part)
    return Field(column.name, column.title, kind, column.example, note)
