"""The columns that a sheet does not know: kept by their headers, and reported once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.dates import PartialDate
from docsmith.sources.cells import shown
from docsmith.sources.headers import Heading, Layout
from docsmith.sources.keys import header_key
from docsmith.sources.notes import Notes
from docsmith.sources.tables import BrokenCell, RawTable, is_empty


def extra_text(cell: Any) -> str:
    """Return a value that no column reads as text: a date as 2015-11-06, all else as a person sees it."""
    if isinstance(cell, dt.datetime) and cell.time() != dt.time():
        return f"{PartialDate.of(cell).iso()} {cell:%H:%M}"
    return PartialDate.of(cell).iso() if isinstance(cell, dt.date) else shown(cell)


class ExtraColumns:
    """The unknown columns of one table."""

    def __init__(self, table: RawTable, layout: Layout, notes: Notes) -> None:
        self._table, self._layout, self._notes = table, layout, notes
        self._unknown = [heading for heading in layout.headings if heading.column is None]
        self._used: set[int] = set()

    def of(self, index: int, row: Sequence[Any]) -> dict[str, str]:
        """Return the values of a row (its number from 0) that no column reads, by their headers."""
        extra = dict(self._table.extras.get(index, {}))
        for heading in self._unknown:
            cell = row[heading.index]
            if is_empty(cell):
                continue
            self._used.add(heading.index)
            if isinstance(cell, BrokenCell):
                self._report_broken(index, heading, cell)
            elif text := extra_text(cell):
                extra[heading.text] = text
        return extra

    def _report_broken(self, index: int, heading: Heading, cell: BrokenCell) -> None:
        self._notes.warning(
            "cell-error",
            self._table.place(index, heading.index),
            _("{column} is “{value}”: the formula there has no value").format(
                column=heading.text, value=cell.text
            ),
            _("Mend the formula, or type the value in its place."),
        )

    def report(self) -> None:
        """Add a finding for each column that held anything in the rows that were read."""
        for heading in self._unknown:
            if heading.index not in self._used:
                continue
            if heading.rival:
                self._report_rival(heading)
            else:
                self._notes.info(
                    "column-unknown",
                    self._table.place(self._layout.row, heading.index),
                    _("the column {header} is not one of this sheet; it is kept as an extra field").format(
                        header=heading.text
                    ),
                )

    def _report_rival(self, heading: Heading) -> None:
        """Report a second column of one meaning: under the same title a mistake, under another a choice."""
        winner = next(other for other in self._layout.headings if other.column is heading.rival)
        same = header_key(winner.text) == header_key(heading.text)
        add = self._notes.warning if same else self._notes.info
        add(
            "column-duplicate",
            self._table.place(self._layout.row, heading.index),
            _("two columns mean {column}; this one ({header}) is kept as an extra field").format(
                column=winner.column.title if winner.column else "", header=heading.text
            ),
            _("Keep one of them, or give this one another title."),
        )
