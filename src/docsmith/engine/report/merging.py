"""Several tables of one sheet as one: the same columns together, each under a title that means it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from docsmith.engine.report.retry import RetrySource
from docsmith.model.columns import Column, Sheet
from docsmith.model.schema import PAIR_TITLES
from docsmith.sources.headers import cell_key, keys_of, unique_title

# Whether a column is known, and its English name or the title that it goes by.
_Key = tuple[bool, str]


class MergedColumn(NamedTuple):
    """A column of the merged table: its title, and the column that it means, if it is known."""

    title: str
    column: Column | None


class Merged(NamedTuple):
    """The columns of a merged table, and where the cells of each source (by its id) go."""

    columns: tuple[MergedColumn, ...]
    positions: Mapping[int, tuple[int, ...]]


def merge(sheet: Sheet, sources: Sequence[RetrySource]) -> Merged:
    """Return the columns of a sheet whose rows come from several tables.

    The columns of one table stay where they were, those that others have besides follow. A title stays as it
    was given where it means its column by itself; where only the unit's settings or the values told what it
    means, where the tables disagree, or where it is the English name, the sheet's own title is used.
    """
    if sheet.paired:
        columns = tuple(MergedColumn(title, None) for title in PAIR_TITLES)
        return Merged(columns, {source.id: (0, 1) for source in sources})
    slots: dict[_Key, int] = {}
    given: list[list[str]] = []
    positions = {}
    for source in sources:
        own = []
        for key, title in _keyed_titles(source, alone=len(sources) == 1):
            slot = slots.setdefault(key, len(slots))
            given[slot:] = given[slot:] or [[]]
            given[slot].append(title)
            own.append(slot)
        positions[source.id] = tuple(own)
    columns = tuple(_column(sheet, key, titles) for key, titles in zip(slots, given, strict=True))
    return Merged(columns, positions)


def _keyed_titles(source: RetrySource, *, alone: bool) -> list[tuple[_Key, str]]:
    """Return for each column of a table what it shares with those of other tables, and its title.

    A column that nothing names goes by its letter, as it does when it is read. Next to other tables it may
    move to another letter, so that it must be written there.
    """
    taken: set[str] = set()
    keyed: list[tuple[_Key, str]] = []
    for index, (title, column) in enumerate(zip(source.titles, source.columns, strict=True)):
        if column:
            keyed.append(((True, column), title))
            continue
        name = unique_title(" ".join(title.split()), index, taken)
        taken.add(name)
        keyed.append(((False, name), title if alone else name))
    return keyed


def _column(sheet: Sheet, key: _Key, titles: Sequence[str]) -> MergedColumn:
    known, name = key
    if not known:
        return MergedColumn(titles[0], None)
    column = sheet.column(name)
    meant = keys_of(sheet).get(cell_key(titles[0]))
    speaks = meant is not None and meant[1].name == name and set(titles) == {titles[0]} != {name}
    return MergedColumn(titles[0] if speaks else column.title, column)
