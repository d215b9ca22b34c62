"""The columns that a sheet does not know: kept by their headers, and reported once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.dates import PartialDate
from docsmith.model.findings import Place
from docsmith.sources.cells import shown
from docsmith.sources.forms import Form
from docsmith.sources.headers import Heading
from docsmith.sources.keys import header_key
from docsmith.sources.notes import Notes
from docsmith.sources.tables import BrokenCell, is_empty


def extra_text(cell: Any) -> str:
    """Return a value that no column reads as text: a date as 2015-11-06, all else as a person sees it."""
    if isinstance(cell, dt.datetime) and cell.time() != dt.time():
        return f"{PartialDate.of(cell).iso()} {cell:%H:%M}"
    return PartialDate.of(cell).iso() if isinstance(cell, dt.date) else shown(cell)


class ExtraColumns:
    """The columns that tables of one form have and their sheet does not know."""

    def __init__(self, form: Form) -> None:
        self._layout = form.layout
        self.unknown = [heading for heading in form.layout.headings if heading.column is None]

    def of(self, row: Sequence[Any], given: Mapping[str, str]) -> tuple[dict[str, str], list[Heading]]:
        """Return what no column reads of a row, by the headers; and the columns whose cells are broken.

        ``given`` is the row's own ``extra``, where it is an object.
        """
        extra = dict(given)
        broken = []
        for heading in self.unknown:
            cell = row[heading.index]
            if is_empty(cell):
                continue
            if isinstance(cell, BrokenCell):
                broken.append(heading)
            elif text := extra_text(cell):
                extra[heading.text] = text
        return extra, broken

    def report(self, heading: Heading, place: Place, notes: Notes) -> None:
        """Add the finding for an unknown column that holds anything; ``place`` is that of its header."""
        if heading.rival:
            self._report_rival(heading, place, notes)
            return
        notes.info(
            "column-unknown",
            place,
            _("the column {header} is not one of this sheet; it is kept as an extra field").format(
                header=heading.text
            ),
        )

    def _report_rival(self, heading: Heading, place: Place, notes: Notes) -> None:
        """Report a second column of one meaning: under the same title a mistake, under another a choice."""
        winner = next(other for other in self._layout.headings if other.column is heading.rival)
        same = header_key(winner.text) == header_key(heading.text)
        add = notes.warning if same else notes.info
        add(
            "column-duplicate",
            place,
            _("two columns mean {column}; this one ({header}) is kept as an extra field").format(
                column=winner.column.title if winner.column else "", header=heading.text
            ),
            _("Keep one of them, or give this one another title."),
        )


def report_broken(heading: Heading, cell: BrokenCell, place: Place, notes: Notes) -> None:
    """Add the finding for a cell of an unknown column that has no value."""
    if cell.binary:
        notes.warning(
            "value-binary",
            place,
            _("{column} is “{value}”: bytes are no value").format(column=heading.text, value=cell.text),
            _("Store text, a number or a date there."),
        )
        return
    notes.warning(
        "cell-error",
        place,
        _("{column} is “{value}”: the formula there has no value").format(
            column=heading.text, value=cell.text
        ),
        _("Mend the formula, or type the value in its place."),
    )
