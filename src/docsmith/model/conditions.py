"""Which rows are meant: ``支部类别=普通支部|联合支部``, in commands and in ``plugin.toml`` alike.

==================  ======================================================
``列=值``           the cell is this value
``列=值|值``        one of these
``列!=值|值``       none of these
``列=``             empty
``列!=``            not empty
==================  ======================================================

A column goes by its English name, its title, or another header that means it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.model.columns import Column, by_word
from docsmith.model.dates import PartialDate
from docsmith.model.rows import Record
from docsmith.model.values import CellError, read_cell

_NARROW = str.maketrans("＝！｜", "=!|")  # as Chinese keyboards type them


class ConditionError(ValueError):
    """A text that is no condition: ``message`` says what is wrong with it, ``hint`` what is expected."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Condition(NamedTuple):
    """A column is, or is not, one of some values; ``""`` is an empty cell.

    ``column`` is the English name of a known column, or the header of one that the unit has added.
    """

    column: str
    is_wanted: bool
    values: frozenset[str]

    @classmethod
    def parse(cls, text: str, columns: Iterable[Column]) -> Condition:
        """Read a condition on these columns; raises :class:`ConditionError`.

        A name that none of them has means a column that the unit has added.
        """
        name, sign, stated = text.translate(_NARROW).partition("=")
        is_wanted = not name.endswith("!")
        name = name.removesuffix("!").strip()
        if not sign or not name or "!" in name or "|" in name:
            raise ConditionError(
                _("“{condition}” is no condition.").format(condition=text),
                _("For example: {example}").format(example="支部类别=普通支部|联合支部"),
            )
        column = by_word(columns).get(name)
        typed = [value.strip() for value in stated.split("|")]
        values = frozenset(_as_read(value, column) for value in typed) if column else frozenset(typed)
        return cls(column.name if column else name, is_wanted, values)

    def holds(self, value: object) -> bool:
        """Say whether the condition is true of the value of a cell."""
        return (as_typed(value) in self.values) is self.is_wanted

    def fits(self, record: Record) -> bool:
        """Say whether the condition is true of a row."""
        is_known = self.column in record.columns
        return self.holds(getattr(record, self.column) if is_known else record.extra.get(self.column))


def as_typed(value: object) -> str:
    """Return the value of a cell as a person types it in a condition."""
    if isinstance(value, PartialDate):
        return value.iso()
    return "、".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def _as_read(value: str, column: Column) -> str:
    """Return a value as the column would have it: a choice by its usual name, a date as 2026-03-05."""
    if not value:
        return ""
    try:
        return as_typed(read_cell(value, column))
    except CellError as error:
        raise ConditionError(
            _("{column} is never “{value}”.").format(column=column.title, value=value), error.hint
        ) from error
