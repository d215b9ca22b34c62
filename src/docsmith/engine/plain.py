"""From records and figures to what templates know: text, numbers, dates, lists and dicts."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any

from docsmith.model.dates import PartialDate
from docsmith.model.figures.group import FigureGroup
from docsmith.model.missing import Missing
from docsmith.model.rows import Record
from docsmith.model.schema import Schema

# Plain already: nearly all cells, and nearly all that plugins compute.
_PLAIN = frozenset({str, int, bool, Decimal, PartialDate, Missing})
# Further down, values stay as they are: the template layer refuses what is nested without end.
_DEEPEST = 60


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
        cells, result = vars(record), {}
        for name, column in record.columns.items():
            value = cells[name]
            if value is None:
                value = Missing(f"{sheet}.{column.title}", partial(record.where, name))
            elif type(value) not in _PLAIN:
                value = self.value(value, f"{sheet}.{column.title}")
            result[name] = result[column.title] = value
        return {**record.extra, **result}

    def value(self, value: Any, label: str, depth: int = 0) -> Any:
        """Return a value with every record, figure and empty place in it made plain.

        ``label`` names it where it, or a part of it, is missing. What is no plain value in the end, the
        template layer refuses by its path.
        """
        if _is_plain(value):
            return value
        if value is None:
            return Missing(label)
        if isinstance(value, Record):
            return self.record(value)
        if isinstance(value, Enum):
            return value.value
        if depth == _DEEPEST:
            return value
        if isinstance(value, Mapping):
            return {
                key: one if type(one) in _PLAIN else self.value(one, f"{label}.{key}", depth + 1)
                for key, one in value.items()
            }
        if isinstance(value, list | tuple):
            return [one if _is_plain(one) else self.value(one, label, depth + 1) for one in value]
        if isinstance(value, FigureGroup):
            return self._named(value, value.titles, label, depth)
        if dataclasses.is_dataclass(value) and not isinstance(value, PartialDate | type):
            titles = {one.name: one.metadata.get("title", one.name) for one in dataclasses.fields(value)}
            return self._named(value, titles, label, depth)
        return value

    def _named(self, group: object, titles: Mapping[str, str], label: str, depth: int) -> dict[str, Any]:
        """Return figures by their English names and by the Chinese ones."""
        result: dict[str, Any] = {}
        for name, title in titles.items():
            result[name] = result[title] = self.value(getattr(group, name), f"{label}.{title}", depth + 1)
        return result


def _is_plain(value: object) -> bool:
    """Tell whether a value is plain already: a single one, or a row of them."""
    return type(value) in _PLAIN or (type(value) is dict and _PLAIN.issuperset(map(type, value.values())))
