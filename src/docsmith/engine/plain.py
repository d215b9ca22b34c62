"""From records and figures to what a template may touch: text, numbers, dates, lists and dicts, no more.

Nothing else reaches a template, so that its sandbox has nothing to break out of.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.errors import PluginError
from docsmith.model.columns import columns_of
from docsmith.model.dates import PartialDate
from docsmith.model.findings import NOWHERE, Place
from docsmith.model.missing import Missing
from docsmith.model.records import Record
from docsmith.model.schema import Schema

_DEEPEST = 20
_SCALARS = (str, int, float, Decimal, bool, dt.date, dt.time, PartialDate)


class Converter:
    """Turns values into plain ones; ``schema`` gives the names that missing fields are reported by."""

    def __init__(self, schema: Schema) -> None:
        self._titles = {sheet.record: sheet.title for sheet in schema.sheets.values()}

    def record(self, record: Record) -> dict[str, Any]:
        """Return a record by the English names and the Chinese titles of its columns.

        What is empty becomes :class:`Missing` with its name (支部.书记) and its cell. Columns that the
        contract does not know are there by their header, unless a known column is called so.
        """
        sheet = self._titles.get(type(record), type(record).__name__)
        result: dict[str, Any] = {}
        for column in columns_of(type(record)):
            label = f"{sheet}.{column.title}"
            value = self.value(getattr(record, column.name), label, record.where(column.name))
            result[column.name] = result[column.title] = value
        return {**record.extra, **result}

    def value(self, value: Any, label: str, place: Place = NOWHERE, depth: int = 0) -> Any:
        """Return a plain copy of any value; ``label`` names it where it, or a part of it, is missing.

        Raises :class:`PluginError` for a value that no template may get.
        """
        if value is None:
            return Missing(label, place)
        if isinstance(value, Enum):
            value = value.value
        if isinstance(value, _SCALARS):
            return value
        if isinstance(value, Record):
            return self.record(value)
        if depth < _DEEPEST:
            if dataclasses.is_dataclass(value) and not isinstance(value, type):
                return self._figures(value, label, depth)
            if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
                return {
                    key: self.value(inner, f"{label}.{key}", place, depth + 1) for key, inner in value.items()
                }
            if isinstance(value, list | tuple):
                return [self.value(inner, label, place, depth + 1) for inner in value]
        raise PluginError(
            _("{name} is a {kind}, which no template can use.").format(name=label, kind=type(value).__name__),
            hint=_("Give templates text, numbers, dates, truth values, and lists and dicts of them."),
        )

    def _figures(self, figures: Any, label: str, depth: int) -> dict[str, Any]:
        """Return a dataclass by its English names and by the Chinese ones in the metadata of its fields."""
        result: dict[str, Any] = {}
        for field in dataclasses.fields(figures):
            title = field.metadata.get("title", field.name)
            value = self.value(getattr(figures, field.name), f"{label}.{title}", depth=depth + 1)
            result[field.name] = result[title] = value
        return result
