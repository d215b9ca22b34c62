"""Rows of a database as documents can hold them, without those that are marked as examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docsmith.sources.database.keyed import KeyedTable
from docsmith.sources.notes import Notes
from docsmith.sources.scrub import are_clean, is_clean, scrub_text, texts_of
from docsmith.sources.skipping import RowFilter, note_example
from docsmith.sources.tables import first_filled


class Cleaner:
    """Cleans the rows of one table."""

    def __init__(self, table: KeyedTable, rows: RowFilter, *, clean_pinyin: bool) -> None:
        self._table, self._filter, self._clean_pinyin = table, rows, clean_pinyin

    def is_idle(self, columns: Sequence[Sequence[Any]]) -> bool:
        """Tell whether all rows of these columns stay as they are: none is empty, an example, or illegal.

        To ask it of the columns of a ticket takes 0.6 µs a row, to ask each row 4 µs.
        """
        texts = texts_of(columns)
        return (
            any(map(all, columns))
            and are_clean(texts, clean_pinyin=self._clean_pinyin)
            and not self._filter.has_example(columns, texts)
        )

    def clean(self, row: Sequence[Any], index: int, notes: Notes) -> Sequence[Any]:
        """Return a row as documents can hold it; nothing at all, if it is empty or marked as an example."""
        if not any(row):
            return ()
        table, clean_pinyin = self._table, self._clean_pinyin
        if self._filter.is_example(row):
            note_example(table.place(index, first_filled(row)), notes)
            return ()
        if is_clean(row, clean_pinyin=clean_pinyin):
            return row
        return tuple(
            scrub_text(cell, table.place(index, at), notes, clean_pinyin=clean_pinyin)
            if isinstance(cell, str)
            else cell
            for at, cell in enumerate(row)
        )
