"""The settings of a document type: the manifest's defaults, changed by the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.errors import UsageError
from docsmith.model.nearest import suggestion
from docsmith.plugin.document_type import DocumentType


def configured(document_type: DocumentType, settings: Mapping[str, Any]) -> DocumentType:
    """Return the type with the options that a workspace sets under ``[types.<id>]``.

    Raises :class:`UsageError` for an option that the manifest does not have, or of another kind than the
    manifest's.
    """
    defaults = document_type.manifest.options
    for name, value in settings.items():
        if name not in defaults:
            raise UsageError(
                _("The document type {type} has no option {name}.").format(type=document_type.id, name=name),
                hint=suggestion(name, defaults),
            )
        if not _alike(defaults[name], value):
            raise UsageError(
                _("The option {name} of {type} cannot be {value!r}.").format(
                    name=name, type=document_type.id, value=value
                ),
                hint=_("Expected a value like {default!r}.").format(default=defaults[name]),
            )
    return document_type._replace(options={**defaults, **settings})


def _alike(default: object, value: object) -> bool:
    """Say whether a value is of its default's kind; a whole number may stand for a fraction."""
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if isinstance(default, list) and default and isinstance(value, list):
        return all(_alike(default[0], item) for item in value)
    return type(value) is type(default)
