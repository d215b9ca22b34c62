"""The template of a document type, opened; what is wrong with it is told at once."""

from __future__ import annotations

from collections.abc import Sequence

from docsmith.errors import TemplateError
from docsmith.model.dataset import Dataset
from docsmith.model.fields import Field, FieldKind, find_field
from docsmith.model.schema import Schema
from docsmith.plugin.document_type import DocumentType
from docsmith.template import Template
from docsmith.template.names import Fields

_OF_DATES = frozenset(("year", "month", "day"))


def open_template(document_type: DocumentType, schema: Schema, dataset: Dataset | None = None) -> Template:
    """Return the compiled template of a type.

    ``dataset`` is all data, where it was read: its rows may have columns that no sheet knows. Raises
    :class:`TemplateError` for a template that cannot be used. It lists all errors that can be found without
    making a document, also the names that the type does not have: what a person would else learn one run
    later, or of each document again.
    """
    try:
        template = Template.open(document_type.template, document_type.title)
    except TemplateError as error:
        _raise_all(document_type, schema, dataset)
        raise error  # noqa: TRY201  # where the linter finds nothing, it is told as it is
    # What Python adds is only known when it has run.
    if document_type.manifest.python is None and _may_lack_names(template, document_type, schema):
        _raise_all(document_type, schema, dataset, "unknown-name")
    return template


def _raise_all(document_type: DocumentType, schema: Schema, dataset: Dataset | None, code: str = "") -> None:
    # The linter takes a while to load.
    from docsmith.engine.fields import fields_of, with_extras
    from docsmith.engine.template_check import raise_all

    fields = fields_of(document_type, schema)
    if dataset or code:  # of a template that cannot be used a name is told that may only be strange
        fields = with_extras(fields, dataset)
    raise_all(document_type, fields, code)


def _may_lack_names(template: Template, document_type: DocumentType, schema: Schema) -> bool:
    from docsmith.engine.fields import fields_of  # 10 ms, which types with Python need not wait for

    return _may_lack(template.fields, fields_of(document_type, schema))


def _may_lack(used: Fields, known: Sequence[Field]) -> bool:
    """Return whether a template may use a name that there is not: the linter knows for certain."""
    for one in used.values():
        found = find_field(known, one.name)
        if found is None:
            return True
        parts = set(one.fields)
        if found.fields:
            if _may_lack(one.fields, found.fields):
                return True
        elif parts and found.kind != FieldKind.UNKNOWN and not parts <= _OF_DATES:
            return True
    return False
