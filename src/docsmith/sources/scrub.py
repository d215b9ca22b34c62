"""Characters that no document can hold, and pinyin that a web page put in: replaced, and said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from docsmith._i18n import gettext as _
from docsmith.sources import pinyin
from docsmith.sources.notes import Notes, shortened
from docsmith.sources.tables import RawTable

# What XML 1.0 (2.2) excludes; \x0b is the line break of Word and is read as one.
_ILLEGAL = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"


def scrub(table: RawTable, titles: Mapping[int, str], notes: Notes, *, clean_pinyin: bool) -> RawTable:
    """Return the table with text that every document can hold; each change becomes a finding.

    ``titles`` names the columns, by position, for the findings.
    """
    changed: dict[int, list[object]] = {}
    for number, row in enumerate(table.rows):
        for at, cell in enumerate(row):
            if type(cell) is not str:
                continue
            text = cell
            if _ILLEGAL.search(text):
                text = _replace(table, number, at, text, titles, notes)
            if clean_pinyin and "(" in text:
                text = _without_pinyin(table, number, at, text, notes)
            if text is not cell:
                changed.setdefault(number, list(row))[at] = text
    if not changed:
        return table
    return replace(table, rows=[changed.get(number, row) for number, row in enumerate(table.rows)])


def _replace(table: RawTable, row: int, at: int, text: str, titles: Mapping[int, str], notes: Notes) -> str:
    points = sorted({f"U+{ord(character):04X}" for character in _ILLEGAL.findall(text)})
    notes.warning(
        "character-illegal",
        table.place(row, at),
        _("{column} holds {points}, which no document can hold; U+FFFD stands in its place").format(
            column=titles.get(at) or table.letter(at), points=", ".join(points)
        ),
        _("Delete the invisible character in that cell, or type the text again."),
    )
    return _ILLEGAL.sub(_REPLACEMENT, text)


def _without_pinyin(table: RawTable, row: int, at: int, text: str, notes: Notes) -> str:
    cleaned, removed = pinyin.clean(text)
    if not removed:
        return text
    notes.info(
        "pinyin-removed",
        table.place(row, at),
        _("inserted pinyin was taken out: {removed}").format(removed=shortened(" ".join(removed))),
    )
    return cleaned
