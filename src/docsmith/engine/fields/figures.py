"""Fields for what docsmith computes, told by the annotations of the figures."""

from __future__ import annotations

from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from docsmith.engine.fields.columns import columns_of
from docsmith.engine.fields.values import OTHERS, kind_of
from docsmith.model.fields import Field, FieldKind
from docsmith.model.figures import Figures
from docsmith.model.figures.group import FigureGroup
from docsmith.model.rows import Record
from docsmith.model.schema import Schema


def figures_of(schema: Schema) -> tuple[Field, ...]:
    """Return all figures, as ``engine.plain`` makes them plain; ``schema`` has the columns of records."""
    return _of_group(Figures, schema)


def _of_group(group: type[FigureGroup], schema: Schema) -> tuple[Field, ...]:
    hints = get_type_hints(group)
    return tuple(_figure(name, title, hints[name], schema) for name, title in group.titles.items())


def _figure(name: str, title: str, hint: Any, schema: Schema) -> Field:
    whole = _Hint.read(hint)
    if issubclass(whole.of, FigureGroup):
        return Field(name, title, whole.kind, fields=_of_group(whole.of, schema))
    if issubclass(whole.of, Record):
        return Field(name, title, whole.kind, fields=_of_record(whole.of, schema))
    return Field(name, title, whole.kind, fields=(OTHERS,) if whole.kind is FieldKind.RECORD else ())


def _of_record(record: type[Record], schema: Schema) -> tuple[Field, ...]:
    """Return the columns of a record, those that document types add among them."""
    sheet = next(sheet for sheet in schema.sheets.values() if issubclass(sheet.record, record))
    return columns_of(sheet.columns)


class _Hint(NamedTuple):
    """What an annotation allows: its kind, and the class that it, or each of its items, has."""

    kind: FieldKind
    of: type

    @classmethod
    def read(cls, hint: Any) -> _Hint:
        """Read an annotation; ``None`` says that a figure may be missing, which any may."""
        if get_origin(hint) in (Union, UnionType):
            hint = next(one for one in get_args(hint) if one is not type(None))
        whole = get_origin(hint) or hint
        if whole is tuple:
            of = get_args(hint)[0]
            return cls(FieldKind.ROWS if issubclass(of, FigureGroup | Record) else FieldKind.LIST, of)
        is_record = issubclass(whole, FigureGroup | Record)
        return cls(FieldKind.RECORD if is_record else kind_of(whole), whole)
