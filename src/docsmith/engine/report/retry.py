"""The rows of branches that failed, collected while a batch runs: on disk, for they may be many."""

from __future__ import annotations

import json
import pickle
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Self

from docsmith.engine.report.spreadsheet_parts import MOST_ROWS
from docsmith.sources.shares import RawPart

_TABLES = """
CREATE TABLE tables (id INTEGER PRIMARY KEY, sheet TEXT, file TEXT, name TEXT, titles TEXT, columns TEXT);
CREATE TABLE rows (
    arrival INTEGER PRIMARY KEY, source INTEGER, name, place INTEGER, cells BLOB,
    UNIQUE (source, name, place)
);
"""


class RetrySource(NamedTuple):
    """A table that rows were collected from; ``id`` is its number here."""

    id: int
    sheet: str
    file: str
    table: str
    titles: tuple[str, ...]
    columns: tuple[str, ...]


class RetryRows:
    """Collects raw rows for a workbook that can be mended and fed back.

    They are kept in a temporary file, so that a hundred thousand failed branches do not fill the memory; it
    is gone when this is closed. Rows that are given twice count once.
    """

    def __init__(self) -> None:
        # A database without a name is a temporary file that SQLite deletes itself.
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.executescript(_TABLES)
        self._sources: dict[tuple[Any, ...], int] = {}
        self._counts: Counter[str] = Counter()
        self.left_out = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Forget all rows."""
        self._connection.close()

    def __bool__(self) -> bool:
        """Tell whether there are any rows."""
        return self._counts.total() > 0

    def add(self, parts: Iterable[RawPart], *, shared: bool = False) -> None:
        """Collect the rows of some branches, or those that belong to no branch (``shared``).

        A sheet of a workbook has its limit. Of a branch all rows must be there or none, or its documents
        would be made from a part of its data: so branches that do not fit as a whole are left out, and their
        rows counted in ``left_out``.
        """
        self._connection.execute("BEGIN")
        for together in [(part,) for part in parts] if shared else [tuple(parts)]:
            if self._fit(together):
                self._counts.update(_sizes(together))
                for part in together:
                    self._add(part)
            else:
                self.left_out += _sizes(together).total()
        self._connection.execute("COMMIT")

    def _fit(self, parts: Sequence[RawPart]) -> bool:
        return all(self._counts[sheet] + number < MOST_ROWS for sheet, number in _sizes(parts).items())

    def _add(self, part: RawPart) -> None:
        """Keep the rows of a part that are not there yet."""
        source = self._source_of(part)
        seen = Counter[Any]()  # the pairs of a sheet 单位 that lie in one row have one number
        rows = []
        for name, cells in part.rows:
            rows.append((source, name, seen[name], pickle.dumps(cells)))
            seen[name] += 1
        self._connection.executemany("INSERT OR IGNORE INTO rows VALUES (NULL, ?, ?, ?, ?)", rows)

    def _source_of(self, part: RawPart) -> int:
        texts = (*part[:3], json.dumps(part.titles), json.dumps(part.columns))
        if texts not in self._sources:
            self._sources[texts] = len(self._sources) + 1
            self._connection.execute(
                "INSERT INTO tables VALUES (?, ?, ?, ?, ?, ?)", (self._sources[texts], *texts)
            )
        return self._sources[texts]

    def sources(self, sheet: str) -> Sequence[RetrySource]:
        """Return the tables that rows of a sheet (by its English name) come from, by file and name."""
        found = self._connection.execute(
            "SELECT * FROM tables WHERE sheet = ? ORDER BY file, name, titles, columns", (sheet,)
        )
        return [
            RetrySource(number, sheet, file, name, tuple(json.loads(titles)), tuple(json.loads(columns)))
            for number, sheet, file, name, titles, columns in found
        ]

    def rows(self, source: RetrySource) -> Iterator[tuple[int | str, tuple[Any, ...]]]:
        """Yield the rows of a table: what names each, and its cells.

        They come in the order of their numbers; those of a database, which have keys, as they were given.
        """
        found = self._connection.execute(
            "SELECT name, cells FROM rows WHERE source = ? "
            "ORDER BY iif(typeof(name) = 'integer', name, 0), place, arrival",
            (source.id,),
        )
        for name, cells in found:
            yield name, pickle.loads(cells)  # noqa: S301 - from our own temporary file


def _sizes(parts: Iterable[RawPart]) -> Counter[str]:
    """Return how many rows of each sheet there are."""
    sizes = Counter[str]()
    for part in parts:
        sizes[part.sheet] += len(part.rows)
    return sizes
