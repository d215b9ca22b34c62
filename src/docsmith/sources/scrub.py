"""Characters that no document can hold, and pinyin that a web page put in: replaced, and said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.findings import Place
from docsmith.sources.notes import Notes, shortened
from docsmith.sources.tables import RawTable

# What XML 1.0 (2.2) excludes; \x0b is the line break of Word and is read as one.
_ILLEGAL = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"


def scrub(table: RawTable, notes: Notes, *, clean_pinyin: bool) -> RawTable:
    """Return the table with text that every document can hold; each change becomes a finding."""

    def clean(text: str, row: int, at: int) -> str:
        return scrub_text(text, table.place(row, at), notes, clean_pinyin=clean_pinyin)

    changed: dict[int, list[object]] = {}
    for number, row in enumerate(table.rows):
        if is_clean(row, clean_pinyin=clean_pinyin):
            continue
        for at, cell in enumerate(row):
            if type(cell) is str and (_ILLEGAL.search(cell) or (clean_pinyin and "(" in cell)):
                changed.setdefault(number, list(row))[at] = clean(cell, number, at)
    extras = {
        number: {clean(title, number, 0): clean(text, number, 0) for title, text in extra.items()}
        for number, extra in table.extras.items()
    }
    rows = [changed.get(number, row) for number, row in enumerate(table.rows)] if changed else table.rows
    return table._replace(rows=rows, extras=extras)


def scrub_text(text: str, place: Place, notes: Notes, *, clean_pinyin: bool) -> str:
    """Return one text as every document can hold it; each change becomes a finding at ``place``."""
    if _ILLEGAL.search(text):
        text = _replace(text, place, notes)
    return _without_pinyin(text, place, notes) if clean_pinyin and "(" in text else text


def is_clean(row: Sequence[object], *, clean_pinyin: bool) -> bool:
    """Tell whether there is nothing to scrub in the texts of a row."""
    return are_clean(["".join([cell for cell in row if type(cell) is str])], clean_pinyin=clean_pinyin)


def are_clean(texts: Iterable[str], *, clean_pinyin: bool) -> bool:
    """Tell whether there is nothing to scrub in any of these texts."""
    for text in texts:
        # Whatever is printable is legal; this test takes a tenth of the search.
        if not text.isprintable() and _ILLEGAL.search(text):
            return False
        if clean_pinyin and "(" in text:
            return False
    return True


def texts_of(columns: Iterable[Sequence[Any]]) -> list[str]:
    """Return all texts of each column in one, so that each need not be searched by itself."""
    return list(map(_text_of, columns))


def _text_of(column: Sequence[Any]) -> str:
    try:
        return "".join(column)  # most columns have texts alone; that takes 8 ns a cell, and the choice 25
    except TypeError:
        return "".join([cell for cell in column if type(cell) is str])


def without_illegal(text: str) -> str:
    """Return a text with U+FFFD for whatever no document can hold."""
    return _ILLEGAL.sub(_REPLACEMENT, text)


def _replace(text: str, place: Place, notes: Notes) -> str:
    points = sorted({f"U+{ord(character):04X}" for character in _ILLEGAL.findall(text)})
    notes.warning(
        "character-illegal",
        place._replace(cell=without_illegal(place.cell)),
        _("there is {points} in “{text}”, which no document can hold; U+FFFD stands in its place").format(
            points=", ".join(points), text=shortened(without_illegal(text))
        ),
        _("Delete the invisible character in that cell, or type the text again."),
    )
    return without_illegal(text)


def _without_pinyin(text: str, place: Place, notes: Notes) -> str:
    from docsmith.sources import pinyin

    cleaned, removed = pinyin.clean(text)
    if not removed:
        return text
    notes.info(
        "pinyin-removed",
        place,
        _("inserted pinyin was taken out: {removed}").format(removed=shortened(" ".join(removed))),
    )
    return cleaned
