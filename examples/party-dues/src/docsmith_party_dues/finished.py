"""The finished register, read again as whoever signs it reads it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from docsmith.model.written import Table, WrittenDocument

from .amounts import amount

# The words of the form by which its parts are found, whatever else was changed in it.
_DUE, _TOTAL = "本季应交", "合计"


def registers(document: WrittenDocument) -> list[Table]:
    """Return the tables of a document that say what is due."""
    return [table for table in document.tables if _column(table) is not None]


def absent_names(table: Table, names: Sequence[str]) -> list[str]:
    """Return the names that a table does not have; a name of two characters may be printed with a space."""
    printed = {"".join(text.split()) for line in table.texts() for text in line}
    return [name for name in names if "".join(name.split()) not in printed]


def adds_up(table: Table) -> bool:
    """Tell whether what is due of each row makes the total; where an amount is missing, nothing is told."""
    column = _column(table) or 0
    lines = [line for line in table.texts() if len(line) > column]
    rows = [amount(line[column]) for line in lines if line[0].strip().isdecimal()]
    totals = [amount(line[column]) for line in lines if line[0] == _TOTAL]
    known = [one for one in rows if one is not None]
    if len(known) < len(rows) or not totals or totals[0] is None:
        return True
    return sum(known, Decimal()) == totals[0]


def _column(table: Table) -> int | None:
    """Return the column of what is due, by its head."""
    heads = table.texts()[0] if table.rows else []
    return next((place for place, text in enumerate(heads) if text.startswith(_DUE)), None)
