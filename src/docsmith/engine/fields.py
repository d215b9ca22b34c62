"""Everything that a template may name, told by what makes the values: records, figures and the manifest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from docsmith.engine.context import OF_TYPE, TWINS, twins_of
from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.dates import PartialDate
from docsmith.model.fields import ANY, Field, FieldKind
from docsmith.model.figures import Figures
from docsmith.model.figures.group import FigureGroup
from docsmith.model.missing import Missing
from docsmith.model.rows import Record
from docsmith.model.schema import Schema
from docsmith.plugin.document_type import DocumentType

_OF_COLUMN: Mapping[Kind, FieldKind] = {
    Kind.NAMES: FieldKind.LIST,
    Kind.COUNT: FieldKind.NUMBER,
    Kind.NUMBER: FieldKind.NUMBER,
    Kind.YEAR: FieldKind.NUMBER,
    Kind.DATE: FieldKind.DATE,
    Kind.CHOICE: FieldKind.CHOICE,
}
_OF_VALUE: tuple[tuple[type | tuple[type, ...], FieldKind], ...] = (
    (str, FieldKind.TEXT),
    (bool, FieldKind.FLAG),  # before the numbers: it is one of them
    ((int, float, Decimal), FieldKind.NUMBER),
    ((dt.date, PartialDate), FieldKind.DATE),
    ((list, tuple), FieldKind.LIST),
    (Mapping, FieldKind.RECORD),
)
_OTHERS = Field(ANY, "", FieldKind.UNKNOWN)


def fields_of(document_type: DocumentType, schema: Schema) -> tuple[Field, ...]:
    """Return everything that a template of this type may name.

    The sheets that the type uses come before the others. What its Python adds is told by the manifest
    (``[context]``); where that says nothing, a field called :data:`ANY` stands for it.
    """
    describe = _Describer(schema)
    added = {field.name: field for field in _added(document_type, twins_of(schema))}
    default = [*describe.naming(), *describe.sheets(document_type.uses), describe.figures()]
    unknown = document_type.manifest.python is not None and not added
    return (
        *(field for field in default if field.name not in added),
        *added.values(),
        *([_OTHERS] if unknown else []),
    )


class _Describer:
    """Describes the names that all templates of a schema share."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def naming(self) -> Iterator[Field]:
        """Yield what the names of files may be made from as well."""
        of_type = tuple(Field(name, title, FieldKind.TEXT) for name, title in OF_TYPE.items())
        yield self._named("type", FieldKind.RECORD, of_type)
        yield self._named("unit", FieldKind.RECORD, columns_of(self._schema.sheets["unit"]))
        yield self._named("branch", FieldKind.RECORD, columns_of(self._schema.sheets["branches"]))
        yield self._named("year", FieldKind.NUMBER)
        yield self._named("as_of", FieldKind.DATE)

    def sheets(self, first: Iterable[str]) -> Iterator[Field]:
        """Yield the rows of every sheet."""
        for name in dict.fromkeys((*first, *self._schema.sheets)):
            if name not in ("unit", "branches"):
                sheet = self._schema.sheets[name]
                yield Field(name, sheet.title, FieldKind.ROWS, note=sheet.note, fields=columns_of(sheet))

    def figures(self) -> Field:
        """Return what docsmith computes."""
        return self._named("figures", FieldKind.RECORD, self._of_group(Figures))

    def _named(self, name: str, kind: FieldKind, fields: tuple[Field, ...] = ()) -> Field:
        return Field(name, TWINS[name], kind, fields=fields)

    def _of_group(self, group: type[FigureGroup]) -> tuple[Field, ...]:
        hints = get_type_hints(group)
        return tuple(self._figure(name, title, hints[name]) for name, title in group.titles.items())

    def _figure(self, name: str, title: str, hint: Any) -> Field:
        """Return a figure as the annotation of its group says, and as ``engine.plain`` makes it plain."""
        kind, of = _kind_of(hint)
        if isinstance(of, type) and issubclass(of, FigureGroup):
            return Field(name, title, kind, fields=self._of_group(of))
        if isinstance(of, type) and issubclass(of, Record):
            return Field(name, title, kind, fields=columns_of(self._sheet_of(of)))
        return Field(name, title, kind, fields=(_OTHERS,) if kind is FieldKind.RECORD else ())

    def _sheet_of(self, record: type[Record]) -> Sheet:
        return next(sheet for sheet in self._schema.sheets.values() if issubclass(sheet.record, record))


def columns_of(sheet: Sheet) -> tuple[Field, ...]:
    """Return the columns of a sheet as parts of its rows."""
    return tuple(map(_of_column, sheet.columns))


def _of_column(column: Column) -> Field:
    kind = _OF_COLUMN.get(column.kind, FieldKind.TEXT)
    note = "；".join(part for part in ("、".join(column.choices), column.note) if part)
    return Field(column.name, column.title, kind, column.example, note)


def _kind_of(hint: Any) -> tuple[FieldKind, Any]:
    """Return the kind of what an annotation allows, and the class that it, or each of its items, has."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(one for one in get_args(hint) if one is not type(None))
    whole = get_origin(hint) or hint
    if whole is tuple:
        of = get_args(hint)[0]
        return (FieldKind.ROWS if issubclass(of, FigureGroup | Record) else FieldKind.LIST), of
    if issubclass(whole, FigureGroup | Record):
        return FieldKind.RECORD, whole
    return next(kind for types, kind in _OF_VALUE if issubclass(whole, types)), None


def _added(document_type: DocumentType, twins: Mapping[str, str]) -> Iterator[Field]:
    """Yield what the manifest says of the plugin's Python; a name takes its twin (支部) along."""
    for name, example in document_type.manifest.context.items():
        other = twins.get(name, "")
        english, chinese = (other, name) if not name.isascii() and other else (name, other)
        yield field_of(english, chinese, example)


def field_of(name: str, title: str, value: Any) -> Field:
    """Return the field that a value stands for: its kind, its parts, and the value as an example.

    Of an empty list or mapping nothing more is known.
    """
    if isinstance(value, Missing):
        return Field(name, title, FieldKind.TEXT)
    kind = next((kind for types, kind in _OF_VALUE if isinstance(value, types)), FieldKind.UNKNOWN)
    if kind is FieldKind.RECORD:
        return Field(name, title, kind, fields=tuple(parts_of(value)) or (_OTHERS,))
    if kind is FieldKind.LIST and value and all(isinstance(one, Mapping) for one in value):
        return Field(name, title, FieldKind.ROWS, fields=tuple(parts_of(first_of(value))) or (_OTHERS,))
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
