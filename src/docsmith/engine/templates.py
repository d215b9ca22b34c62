"""The template of a document type, opened; what is wrong with it is told at once."""

from __future__ import annotations

from docsmith.errors import TemplateError
from docsmith.model.schema import Schema
from docsmith.plugin.document_type import DocumentType
from docsmith.template import Template


def open_template(document_type: DocumentType, schema: Schema) -> Template:
    """Return the compiled template of a type.

    Raises :class:`TemplateError` for one that cannot be used. It lists all errors that can be found without
    data, also the names that the type does not have: what a person would else learn one run later.
    """
    try:
        return Template.open(document_type.template, document_type.title)
    except TemplateError as error:
        # The linter takes a while to load.
        from docsmith.engine.template_check import raise_all

        raise_all(document_type, schema)
        raise error  # noqa: TRY201  # where the linter finds nothing, it is told as it is
