"""Sums of columns that never pretend: one that lacks a number is missing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from docsmith.engine.tables.rows import Row
from docsmith.model.blank import BLANK
from docsmith.model.columns import Column
from docsmith.model.findings import NOWHERE
from docsmith.model.missing import Missing
from docsmith.plugin.plan import RowsPlan


def totals_of(rows: Sequence[Row], plan: RowsPlan, *, is_whole: bool) -> dict[str, Any]:
    """Return the sums of rows by the English names and the titles of their columns.

    ``is_whole`` tells that every row of the sheet could be read. The sum of no rows, or of answers that
    nobody has given, is a blank for a pen.
    """
    totals = {}
    for column in plan.totals:
        totals[column.name] = totals[column.title] = _total(column, rows, plan, is_whole=is_whole)
    return totals


def _total(column: Column, rows: Sequence[Row], plan: RowsPlan, *, is_whole: bool) -> Any:
    is_answer = plan.join is not None and column in plan.join.columns
    if not is_whole:
        return Missing(f"{plan.title}.合计.{column.title}")
    if not any(row.answer for row in rows) if is_answer else not rows:
        return BLANK
    for row in rows:
        if row.cell(column.name) is None:
            origin = row.answer if is_answer else row.record
            place = partial(origin.where, column.name) if origin else NOWHERE
            return Missing(f"{plan.title}.合计.{column.title}", place)
    return _shortened(sum(row.cell(column.name) for row in rows))


def _shortened(total: int | Decimal) -> int | Decimal:
    """Return 18 for 18.0, as a person adds halves up; 20.00 of money stays as it is."""
    is_whole = isinstance(total, Decimal) and total.as_tuple().exponent == -1 and total == int(total)
    return int(total) if is_whole else total
