"""Columns of the data that no sheet knows: a template may name them, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docsmith.engine.fields.values import OTHERS
from docsmith.model.dataset import Dataset
from docsmith.model.fields import Field, FieldKind

_WITHOUT_COLUMNS = frozenset(("figures", "type"))


def with_extras(fields: Sequence[Field], dataset: Dataset | None) -> tuple[Field, ...]:
    """Return fields with the columns that the rows of the data have besides those of their sheets.

    Without the data, rows may have any.
    """
    found = [OTHERS] if dataset is None else [Field(name, "", FieldKind.TEXT) for name in _extras(dataset)]
    return tuple(_with(field, found) for field in fields)


def _extras(dataset: Dataset) -> Iterable[str]:
    rows = (row for rows in (*dataset.tables.values(), (dataset.unit,)) for row in rows)
    return dict.fromkeys(name for row in rows for name in row.extra)


def _with(field: Field, found: Iterable[Field]) -> Field:
    if field.name in _WITHOUT_COLUMNS or field.kind not in (FieldKind.RECORD, FieldKind.ROWS):
        return field
    known = {name for part in field.fields for name in (part.name, part.title)}
    fields = (_with(part, found) for part in field.fields)
    return field._replace(fields=(*fields, *(one for one in found if one.name not in known)))
