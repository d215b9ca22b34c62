"""Examples from a unit's own data for the names that a template may use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docsmith.engine.fields.values import first_of, parts_of, shown
from docsmith.model.dataset import Dataset
from docsmith.model.dossier import Dossier
from docsmith.model.fields import ANY, Field
from docsmith.model.missing import Missing
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.per import UNIT


def exemplified(fields: Sequence[Field], values: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return fields with the values of a document as examples; one that has no value keeps its own.

    A name that the values have and the fields do not is added: a column that docsmith does not know, what the
    Python of a plugin computes.
    """
    found = [_with_example(field, values) for field in fields if field.name != ANY]
    others = [field for field in fields if field.name == ANY]
    known = {name for field in fields for name in (field.name, field.title)}
    unknown = {name: value for name, value in values.items() if name not in known}
    return (*found, *parts_of(unknown), *others)


def _with_example(field: Field, values: Mapping[str, Any]) -> Field:
    value = values.get(field.name)
    if field.fields:
        rows = [value] if isinstance(value, Mapping) else value
        if not isinstance(rows, list) or not rows:
            return field
        return field._replace(fields=exemplified(field.fields, first_of(rows)))
    if value is None or isinstance(value, Missing | Mapping):
        return field
    return field._replace(example=shown(value) or field.example)


def example_dossier(document_type: DocumentType, dataset: Dataset) -> Dossier:
    """Return what a document of this type is made from: of the first branch, or row, that has one.

    ``dataset`` has a branch at least.
    """
    if document_type.manifest.per == UNIT:
        return dataset.dossier_of_unit()
    dossiers = map(dataset.dossier, dataset.branches)
    per = document_type.plan.per
    if per is None:
        return next(dossiers)
    about_rows = (dossier.about(row) for dossier in dossiers for row in per.rows(dossier))
    return next(about_rows, dataset.dossier(dataset.branches[0]))
