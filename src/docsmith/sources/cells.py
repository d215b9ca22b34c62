"""One column's cells into values, and the finding for a cell that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.columns import Column, Kind
from docsmith.model.findings import Finding, Place
from docsmith.model.values import CellError, as_text, choice_key, reader_of
from docsmith.sources.notes import Notes, shortened
from docsmith.sources.tables import BrokenCell


class CellReader:
    """Reads the cells of one column; raises :class:`CellError` for one that cannot be read, or is empty.

    ``meant`` are the unit's own words for a value: its key to the value that it stands for.
    """

    __slots__ = ("_column", "_meant", "_read")

    def __init__(self, column: Column, meant: Mapping[str, str] | None = None) -> None:
        self._column = column
        self._meant = meant or {}
        self._read = reader_of(column)

    def __call__(self, cell: Any) -> Any:
        """Return the value of a cell; the column's default for an empty one."""
        if type(cell) is not str:
            self._refuse(cell)
        elif self._meant:
            cell = self._meant.get(choice_key(cell), cell)
        value = self._read(cell)
        if value is None and self._column.required:
            raise required_empty(self._column)
        return value

    def _refuse(self, cell: object) -> None:
        """Raise :class:`CellError` for what is no value at all."""
        _refuse_broken(cell)
        if isinstance(cell, list | dict) and not (self._column.kind is Kind.NAMES and _all_text(cell)):
            raise CellError("value-nested", _("a list or an object is no value"), _expected(self._column))


def _all_text(cell: object) -> bool:
    return isinstance(cell, list) and all(isinstance(item, str) for item in cell)


def _refuse_broken(cell: object) -> None:
    if not isinstance(cell, BrokenCell):
        return
    if cell.binary:
        raise CellError(
            "value-binary",
            _("bytes are no value"),
            _("Store text, a number or a date there."),
        )
    if cell.computed:
        raise CellError(
            "cell-error",
            _("the formula there gives an error"),
            _("Mend the formula, or type the value in its place."),
        )
    raise CellError(
        "formula-uncomputed",
        _("the formula there has never been computed"),
        _("Open the workbook in Excel or WPS and save it, or type the value in the formula's place."),
    )


def required_empty(column: Column) -> CellError:
    """Return the error for a required cell that is empty."""
    return CellError("required-empty", _("this must not be empty"), _expected(column))


def _expected(column: Column) -> str:
    if column.choices:
        return _("Expected one of: {choices}.").format(choices="、".join(column.choices))
    return _("Expected for example {example}.").format(example=column.example) if column.example else ""


def report(
    notes: Notes, error: CellError, column: Column, cell: object, place: Place, branch: str
) -> Finding:
    """Add the finding for a cell that cannot be read: its column, its value, what is expected."""
    value = cell.text if isinstance(cell, BrokenCell) else shown(cell)
    if value:
        message = _("{column} is “{value}”: {problem}").format(
            column=column.title, value=shortened(value), problem=error.message
        )
    else:
        message = _("{column} is empty: {problem}").format(column=column.title, problem=error.message)
    return notes.error(error.code, place, message, error.hint, branch)


def shown(cell: Any) -> str:
    """Return a cell as a person sees it."""
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return str(cell) if isinstance(cell, list | dict) else as_text(cell) or ""
