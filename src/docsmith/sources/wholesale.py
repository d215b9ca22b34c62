"""Rows that are all in order, read column by column.

A trick, which stands here alone. Nearly all rows can be read, and nothing is to be said of them; then one
``map`` reads a column (30 ns a cell), where a function for each row, with a loop in it, takes twice as long.
Where a cell cannot be read, the rows are halved until few are left, which are read one by one, by what
reports everything that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from docsmith.model.columns import Column
from docsmith.model.values import CellError
from docsmith.sources.memo import Memo
from docsmith.sources.unchanged import reader_of_unchanged

ColumnReader = Callable[[Sequence[Any]], Sequence[Any]]

# So many rows are read together; a column of them stays in the processor's cache.
_TOGETHER = 256
# Rows that cannot be read together are halved down to so many, and then read one by one.
_FEW = 8


class Wholesale(NamedTuple):
    """Reads the columns of one form.

    ``columns`` are those that the sheet knows: the English name of each, where it stands, and what reads its
    cells. ``dated`` is where a date stands that may have a time beside it, which ``times`` reads. ``owned``
    tells that each row has a branch, which becomes a value.
    """

    columns: Sequence[tuple[str, int, ColumnReader]]
    dated: int | None
    times: Memo
    owned: bool

    def read(
        self, rows: Sequence[Sequence[Any]], owners: Sequence[object]
    ) -> dict[str, Sequence[Any]] | None:
        """Return the values of rows by column, or ``None`` where any cell or owner is not in order."""
        if self.owned and not {str}.issuperset(map(type, owners)):
            return None
        cells = list(zip(*rows))
        try:
            values: dict[str, Sequence[Any]] = {name: read(cells[at]) for name, at, read in self.columns}
            if self.dated is not None:
                self._add_times(values, cells[self.dated])
        except (CellError, TypeError):  # a list or an object is not remembered; it may be a value yet
            return None
        if self.owned:
            values["branch"] = owners
        return values

    def _add_times(self, values: dict[str, Sequence[Any]], cells: Sequence[Any]) -> None:
        """Take the time of a row whose time is not given from the cell of its date."""
        given = values.get("time") or (None,) * len(cells)
        if all(given):
            return
        rows = zip(given, values.get("date", ()), cells)
        values["time"] = [self.times[cell] if date and not time else time for time, date, cell in rows]


def reader_of_column(column: Column, meant: Mapping[str, str], memo: Memo) -> ColumnReader:
    """Return what reads the cells of a column; ``meant`` are the unit's own words, which ``memo`` knows.

    It raises what the memo raises.
    """
    unchanged = reader_of_unchanged(column)

    def read(cells: Sequence[Any]) -> Sequence[Any]:
        values = None if meant else unchanged(cells)
        return list(map(memo.__getitem__, cells)) if values is None else values

    return read


def pieces(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield the rows in pieces that are read together."""
    for start in range(0, len(rows), _TOGETHER):
        yield rows[start : start + _TOGETHER]


def halves(rows: Sequence[Any]) -> tuple[Sequence[Any], ...]:
    """Return the halves of rows that cannot be read together; nothing, where each is to be read alone."""
    middle = len(rows) // 2
    return (rows[:middle], rows[middle:]) if middle >= _FEW else ()
