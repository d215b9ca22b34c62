"""Whose row is whose: the rows of a table by the branches that they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from docsmith.sources.binding import Binder, Owner
from docsmith.sources.forms import FormedTable
from docsmith.sources.notes import Notes
from docsmith.sources.skipping import note_example, note_skipped
from docsmith.sources.tables import RawTable, first_filled, is_empty

# Tells the owner of a row from its cells.
OwnerOf = Callable[[Sequence[Any]], Owner]


class Sorted:
    """The rows of one table that are data, by their numbers from 0.

    ``of_branch`` are those of each branch, in the order of the branches' first rows; ``stray`` those that
    name no branch that is known, with the reason.
    """

    def __init__(self) -> None:
        self.of_branch: dict[str, list[int]] = defaultdict(list)
        self.stray: list[tuple[int, Owner]] = []


def sort_rows(raw: RawTable, table: FormedTable, binder: Binder, owner_of: OwnerOf, notes: Notes) -> Sorted:
    """Return the rows of a table by their owners; examples and hints are left out, and noted."""
    found = Sorted()
    for index in _data_rows(raw, table, binder, notes):
        row = raw.rows[index]
        owner = owner_of(row)
        if not isinstance(owner, str):
            found.stray.append((index, owner))
        elif binder.filter.is_near(index) and not binder.reads(table, index, row, owner):
            # What is a hint because of where it stands is told here: shares know rows, not places.
            found.stray.append((index, owner))
        else:
            found.of_branch[owner].append(index)
    return found


def _data_rows(raw: RawTable, table: FormedTable, binder: Binder, notes: Notes) -> Iterator[int]:
    """Yield the numbers of the rows that are to be read; what is left out on purpose is noted."""
    is_example, is_hint = binder.filter.is_example, binder.filter.is_hint
    for index in range(table.form.layout.row + 1, len(raw.rows)):
        row = raw.rows[index]
        if not any(row):
            continue
        if is_example(row):
            note_example(raw.place(index, first_filled(row)), notes)
        elif is_hint(index, row):
            note_skipped(raw.place(index, first_filled(row)), row, notes)
        else:
            yield index


def report_unknown_columns(
    raw: RawTable, table: FormedTable, binder: Binder, owner_of: OwnerOf, found: Sorted, notes: Notes
) -> None:
    """Add a finding for each column that the sheet does not know and that holds anything in a row of data."""
    for heading in binder.extras.unknown:
        at = heading.index
        for index in _rows_of(found):
            row = raw.rows[index]
            if not is_empty(row[at]) and binder.reads(table, index, row, owner_of(row)):
                binder.extras.report(heading, raw.place(table.form.layout.row, at), notes)
                break


def _rows_of(found: Sorted) -> Iterator[int]:
    for indexes in found.of_branch.values():
        yield from indexes
    for index, _owner in found.stray:
        yield index
