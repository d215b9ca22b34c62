"""What all records have in common: columns, cells read by them, and the place that each was read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, Self

from docsmith._i18n import gettext as _
from docsmith.model.columns import Column
from docsmith.model.findings import Place
from docsmith.model.frozen import Frozen
from docsmith.model.pickling import Derivable
from docsmith.model.values import CellError, read_cell


class RowPlace(NamedTuple):
    """Where a record comes from: file, sheet, row number (from 1), and the column letters of its fields.

    ``pattern`` writes the place of a field: ``D5`` in a table, ``5.born_on`` in a list of objects, and in a
    table of a database, where ``key`` names the row, ``id=5 born_on``.
    """

    file: str = ""
    sheet: str = ""
    row: int = 0
    letters: Mapping[str, str] = MappingProxyType({})
    pattern: str = "{letter}{row}"
    key: str = ""

    def of(self, name: str = "") -> Place:
        """Return the place of one field, or of the row where the sheet has no such column."""
        if not self.row:
            return Place(self.file, self.sheet)
        letter = self.letters.get(name, "") or next(iter(self.letters.values()), "A")
        return Place(self.file, self.sheet, self.pattern.format(letter=letter, row=self.row, key=self.key))


_UNREAD = RowPlace()


class RecordError(ValueError):
    """Cells that do not make a record: ``problems`` says what is wrong, by field, all at once."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in problems.items()))
        self.problems = problems


class Record(Frozen, metaclass=Derivable):
    """One row: a value for each of ``columns``, by its English name. It cannot be changed.

    A class of records declares its columns with :func:`docsmith.model.columns.column`; it has those of its
    base first. Written by hand rather than with a validation library, because each of a million cells has
    been read by :func:`read_cell` already, and because importing pydantic and building its models took 70 ms
    of every start.
    """

    columns: ClassVar[Mapping[str, Column]] = MappingProxyType({})
    _names: ClassVar[Mapping[str, str]] = MappingProxyType({})
    _empty: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        declared = {name: value for name, value in vars(cls).items() if isinstance(value, Column)}
        for name in declared:
            delattr(cls, name)
        own = {name: column._replace(name=name) for name, column in declared.items()}
        cls.columns = MappingProxyType({**cls.columns, **own})
        cls._names = MappingProxyType({column.title: name for name, column in cls.columns.items()})
        cls._empty = {name: column.empty for name, column in cls.columns.items()}

    def __init__(self, *, extra: Mapping[str, str] | None = None, **cells: Any) -> None:
        """Read a record from cells of any shape that people write; raises :class:`RecordError`."""
        self._fill(_read(self.columns, cells), extra)

    @classmethod
    def read(cls, cells: Mapping[str, Any]) -> Self:
        """Read a record from cells by the English names of their columns; raises :class:`RecordError`."""
        return cls.of(_read(cls.columns, cells))

    @classmethod
    def of(
        cls, values: Mapping[str, Any], extra: Mapping[str, str] | None = None, origin: RowPlace = _UNREAD
    ) -> Self:
        """Return a record of values that were read already; a column without one is empty."""
        record = cls.__new__(cls)
        record._fill(values, extra, origin)
        return record

    @classmethod
    def of_columns(
        cls,
        columns: Mapping[str, Sequence[Any]],
        extras: Iterable[dict[str, str]],
        origins: Iterable[tuple[Any, ...]],
    ) -> list[Self]:
        """Return records of values that were read already, given column by column: as :meth:`of` does each.

        ``origins`` are the fields of a :class:`RowPlace` for each, which few are ever asked for.

        Each record keeps its ``extra`` itself, not a copy. One update for all its values takes 0.6 µs, where
        :meth:`of` takes 1.6.
        """
        names = (*cls._empty, "_extra", "_origin")
        values = [columns[name] if name in columns else repeat(empty) for name, empty in cls._empty.items()]
        records = []
        for row in zip(*values, extras, origins):
            record = cls.__new__(cls)
            vars(record).update(zip(names, row))
            records.append(record)
        return records

    def _fill(
        self, values: Mapping[str, Any], extra: Mapping[str, str] | None, origin: RowPlace = _UNREAD
    ) -> None:
        fields = vars(self)
        fields.update(self._empty)
        fields.update(values)
        fields["_extra"] = dict(extra or {})
        fields["_origin"] = origin

    def values(self) -> dict[str, Any]:
        """Return the values by the English names of their columns."""
        return {name: getattr(self, name) for name in self.columns}

    def changed(self, **values: Any) -> Self:
        """Return the same record with other values."""
        record = self.of({**self.values(), **values}, self.extra)
        return record.read_from(self.origin)

    @property
    def extra(self) -> dict[str, str]:
        """The columns that docsmith does not know, by their header."""
        extra: dict[str, str] = vars(self)["_extra"]
        return extra

    def stated(self, titles: Iterable[str]) -> Any:
        """Return the first value under one of these headers, known or not; ``None`` where there is none."""
        values, extra = vars(self), self.extra
        if not extra and self._names.keys().isdisjoint(titles):
            return None
        for title in titles:
            name = self._names.get(title)
            value = extra.get(title) if name is None else values[name]
            if value not in (None, ""):
                return value
        return None

    @property
    def origin(self) -> RowPlace:
        """Where the record was read from."""
        return RowPlace._make(vars(self)["_origin"])

    def read_from(self, origin: RowPlace) -> Self:
        """Remember where this record was read from, and return it."""
        vars(self)["_origin"] = origin
        return self

    def where(self, name: str = "") -> Place:
        """Return the file, sheet and cell of one of its fields."""
        return self.origin.of(name)


def _read(columns: Mapping[str, Column], cells: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of cells; raises :class:`RecordError` that names all that is wrong."""
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, cell in cells.items():
        if name not in columns:
            problems[name] = _("there is no such column")
            continue
        try:
            values[name] = read_cell(cell, columns[name])
        except CellError as error:
            problems[name] = error.message
    for name, column in columns.items():
        if column.required and values.get(name) is None:
            problems.setdefault(name, _("this must not be empty"))
    if problems:
        raise RecordError(problems)
    return values
