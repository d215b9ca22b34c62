"""Required columns that no header names, found by their values."""

from __future__ import annotations

from docsmith._i18n import gettext as _
from docsmith.model.columns import Column, Kind
from docsmith.model.values import CellError
from docsmith.sources.cells import CellReader
from docsmith.sources.headers import Heading, Layout
from docsmith.sources.memo import Memo
from docsmith.sources.notes import Notes
from docsmith.sources.tables import RawTable, is_empty


def adopt_columns(table: RawTable, layout: Layout, notes: Notes) -> Layout:
    """Return the layout with required columns found by their values where no header names them.

    A choice or a date that is missing is taken from the one column whose every value is such a choice or
    date (活动名称 that holds 支部党员大会, 党课 …); that is said, and nothing else is ever taken so.
    """
    for column in layout.lacking:
        if column.kind not in (Kind.CHOICE, Kind.DATE):
            continue
        fitting = [h for h in layout.headings if _holds(table, layout, h, column)]
        if len(fitting) != 1:
            continue
        taken = fitting[0]
        headings = tuple(
            Heading(h.index, h.text, column) if h.index == taken.index else h for h in layout.headings
        )
        lacking = tuple(other for other in layout.lacking if other is not column)
        layout = Layout(layout.row, headings, lacking)
        notes.info(
            "column-by-values",
            table.place(layout.row, taken.index),
            _("no column is called {column}; {header} is read as it, because all its values are such").format(
                column=column.title, header=taken.text
            ),
            _("Rename the column to {column} if that is right.").format(column=column.title),
        )
    return layout


def _holds(table: RawTable, layout: Layout, heading: Heading, column: Column) -> bool:
    """Tell whether every value of a column that is not required itself can be read as ``column``."""
    if heading.column is not None and heading.column.required:
        return False
    read = Memo(CellReader(column)).__getitem__
    seen = False
    for row in table.rows[layout.row + 1 :]:
        if is_empty(row[heading.index]):
            continue
        try:
            read(row[heading.index])
        except (CellError, TypeError):
            return False
        seen = True
    return seen
