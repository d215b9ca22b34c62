"""The records of a dataset as they are to be written: gathered portion by portion, in memory while few."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, NamedTuple, Self

from docsmith._files import reason_of
from docsmith._i18n import gettext as _
from docsmith.errors import OutputError
from docsmith.model.missing import Missing
from docsmith.model.records import BranchRecord
from docsmith.sources.units import NO_YEAR

if TYPE_CHECKING:
    from docsmith.model.columns import Sheet
    from docsmith.model.dataset import Dataset
    from docsmith.model.rows import Record
    from docsmith.model.schema import Schema

# What is told how many rows more are done with.
Advance = Callable[[int], None]

# Bytes of a sheet that are kept in memory: some 10,000 records. More go to a file that has no name.
_IN_MEMORY = 4 << 20


class Row(NamedTuple):
    """The values of a record in the order of the sheet's columns, and those of unknown columns by title."""

    values: tuple[object, ...]
    extra: dict[str, str]


class SheetRows:
    """The rows of one sheet, to be read as often as needed; ``extras`` are the unknown columns of all."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.extras: dict[str, None] = {}
        self._count = 0
        self._file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by close()

    def add(self, record: Record) -> None:
        """Add a record; what only stands in for a missing value is left out."""
        values = (_value(getattr(record, column.name)) for column in self.sheet.columns)
        if self.sheet.name == "unit":
            values = (None if value == NO_YEAR else value for value in values)
        self.extras.update(dict.fromkeys(record.extra))
        pickle.dump(Row(tuple(values), dict(record.extra)), self._file)
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows in the order in which they were added; only one reader at a time."""
        self._file.seek(0)
        for _number in range(self._count):
            yield pickle.load(self._file)  # noqa: S301 - written above, where nobody else can write

    def close(self) -> None:
        """Forget the rows."""
        self._file.close()


def _value(value: object) -> object:
    return None if isinstance(value, Missing) else value


class Gathered:
    """All rows that the unit itself gave, by English name of their sheet: not the examples of a plugin.

    ``files`` are those that the records say they come from. Raises :class:`OutputError` where the disk is
    full.
    """

    def __init__(self, schema: Schema) -> None:
        self.sheets = {sheet.name: SheetRows(sheet) for sheet in schema.sheets.values()}
        self.files: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for rows in self.sheets.values():
            rows.close()

    def __len__(self) -> int:
        """Return how many rows there are in all sheets."""
        return sum(map(len, self.sheets.values()))

    def add_shared(self, dataset: Dataset) -> None:
        """Add the unit and the sheets that belong to no branch."""
        self._add("unit", (dataset.unit,))
        for name, rows in self.sheets.items():
            if name != "unit" and not _is_of_branches(rows.sheet) and name not in dataset.examples:
                self._add(name, dataset.tables.get(name, ()))

    def add_branches(self, dataset: Dataset) -> None:
        """Add the branches of a dataset, and all of their rows."""
        for name, rows in self.sheets.items():
            if _is_of_branches(rows.sheet) and name not in dataset.examples:
                self._add(name, dataset.tables.get(name, ()))

    def _add(self, name: str, records: Iterable[Record]) -> None:
        rows = self.sheets[name]
        try:
            for record in records:
                rows.add(record)
                self.files.add(record.origin.file)
        except OSError as error:
            raise OutputError(
                _("The rows cannot be kept in a temporary file: {reason}.").format(reason=reason_of(error)),
                hint=_("Make room on the disk, or set TMPDIR to a folder on a larger one."),
            ) from error


def _is_of_branches(sheet: Sheet) -> bool:
    return sheet.name == "branches" or issubclass(sheet.record, BranchRecord)
