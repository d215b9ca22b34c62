"""All names at the top of a context, each with what is inside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docsmith.engine.context import OF_TYPE, TWINS, twins_of
from docsmith.engine.fields.columns import columns_of
from docsmith.engine.fields.figures import figures_of
from docsmith.engine.fields.tables import table_field
from docsmith.engine.fields.values import OTHERS, field_of
from docsmith.model.fields import Field, FieldKind
from docsmith.model.schema import Schema
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.per import UNIT


def fields_of(document_type: DocumentType | None, schema: Schema) -> tuple[Field, ...]:
    """Return everything that a template of this type may name; for ``None``, what all types share.

    What is a type's own comes before the sheets, and those that it uses before the others. What its Python
    adds is told by the manifest (``[context]``); where that says nothing, a field called ``*`` stands
    for it.
    """
    if document_type is None:
        return (_type(None), *_beginning(schema), _branch(schema), *_sheets((), schema), _figures(schema))
    added = {field.name: field for field in _added(document_type, twins_of(schema))}
    own = {field.name: field for field in _own(document_type, schema)}
    shared = {field.name: field for field in _sheets(document_type.uses, schema)}
    if document_type.manifest.per != UNIT:
        shared["figures"] = _figures(schema)
    unknown = document_type.manifest.python is not None and not added
    told = {**own, **added, **shared} | added  # what Python adds takes the place of what is called the same
    return (*told.values(), *([OTHERS] if unknown else []))


def naming_fields_of(document_type: DocumentType, schema: Schema) -> tuple[Field, ...]:
    """Return everything that the file name of a document of this type may name."""
    return tuple(_about(document_type, schema))


def _own(document_type: DocumentType, schema: Schema) -> Iterator[Field]:
    """Yield what a document is about, and what the manifest makes ready for it."""
    yield from _about(document_type, schema)
    yield from map(table_field, document_type.plan.tables)


def _about(document_type: DocumentType, schema: Schema) -> Iterator[Field]:
    yield _type(document_type)
    yield from _beginning(schema)
    if document_type.manifest.per == UNIT:
        yield _sheet("branches", schema, FieldKind.ROWS)
    else:
        yield _branch(schema)
    if per := document_type.plan.per:
        yield _named("record", FieldKind.RECORD, columns_of(schema.sheets[per.sheet].columns))


def _type(document_type: DocumentType | None) -> Field:
    parts = [Field(*names, FieldKind.TEXT, getattr(document_type, names[0], "")) for names in OF_TYPE.items()]
    return _named("type", FieldKind.RECORD, tuple(parts))


def _beginning(schema: Schema) -> Iterator[Field]:
    yield _named("year", FieldKind.NUMBER)
    yield _named("as_of", FieldKind.DATE)
    yield _sheet("unit", schema, FieldKind.RECORD)


def _branch(schema: Schema) -> Field:
    return _named("branch", FieldKind.RECORD, columns_of(schema.sheets["branches"].columns))


def _sheets(first: Iterable[str], schema: Schema) -> Iterator[Field]:
    for name in dict.fromkeys((*first, *schema.sheets)):
        if name not in ("unit", "branches"):
            yield _sheet(name, schema, FieldKind.ROWS)


def _figures(schema: Schema) -> Field:
    return _named("figures", FieldKind.RECORD, figures_of(schema))


def _named(name: str, kind: FieldKind, fields: tuple[Field, ...] = ()) -> Field:
    return Field(name, TWINS[name], kind, fields=fields)


def _sheet(name: str, schema: Schema, kind: FieldKind) -> Field:
    sheet = schema.sheets[name]
    return Field(name, sheet.title, kind, note=sheet.note, fields=columns_of(sheet.columns))


def _added(document_type: DocumentType, twins: Mapping[str, str]) -> Iterator[Field]:
    """Yield what the manifest says of the plugin's Python; a name takes its twin (支部) along."""
    for name, example in document_type.manifest.context.items():
        other = twins.get(name, "")
        english, chinese = (other, name) if not name.isascii() and other else (name, other)
        yield field_of(english, chinese, example)
