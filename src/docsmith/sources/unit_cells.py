"""Where the fields of the unit stand: pairs of 项目 and 内容, or one row below a header."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from docsmith.model.columns import Column
from docsmith.sources.headers import Keys, cell_key
from docsmith.sources.tables import RawTable, is_empty


class UnitCell(NamedTuple):
    """One field of the unit: its label, the column that it means, if any, and its value's row and column."""

    label: str
    column: Column | None
    row: int
    at: int


def unit_cells(table: RawTable, keys: Keys) -> list[UnitCell]:
    """Return the fields that a sheet 单位 holds, those that mean no column included if they have a value."""
    labels = [[cell_key(cell) for cell in row] for row in table.rows]
    if table.objects:
        return _below(table, labels, 0, keys)
    known = [(row, at) for row, line in enumerate(labels) for at, key in enumerate(line) if key in keys]
    if not known:
        return []
    columns = {at for _row, at in known}
    rows = {row for row, _at in known}
    if len(rows) == 1 and len(columns) > 1:
        return _below(table, labels, known[0][0], keys)
    return [cell for at in sorted(columns) for cell in _beside(table, labels, at, min(rows), keys)]


def _below(table: RawTable, labels: Sequence[Sequence[str]], header: int, keys: Keys) -> list[UnitCell]:
    """Read one row below a header, as in the object of a JSON file."""
    filled = (row for row in range(header + 1, len(table.rows)) if not all(map(is_empty, table.rows[row])))
    below = next(filled, None)
    if below is None:
        return []
    return [
        cell
        for at, key in enumerate(labels[header])
        if key and (cell := _cell(table.rows[header][at], keys, key, table, below, at))
    ]


def _beside(
    table: RawTable, labels: Sequence[Sequence[str]], at: int, first: int, keys: Keys
) -> list[UnitCell]:
    """Read the labels of one column, each with its value to the right."""
    return [
        cell
        for row in range(first, len(labels))
        if (key := labels[row][at])
        and at + 1 < len(table.rows[row])
        and (cell := _cell(table.rows[row][at], keys, key, table, row, at + 1))
    ]


def _cell(label: Any, keys: Keys, key: str, table: RawTable, row: int, at: int) -> UnitCell | None:
    column = keys[key][1] if key in keys else None
    if column is None and is_empty(table.rows[row][at]):
        return None
    return UnitCell(" ".join(str(label).split()), column, row, at)
