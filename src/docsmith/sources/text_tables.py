"""Tables in text files: csv, as Excel, WPS and other systems write them."""

from __future__ import annotations

import csv
import io
from pathlib import PurePath

from docsmith._i18n import gettext as _
from docsmith.errors import SourceError
from docsmith.sources.detect import decode
from docsmith.sources.formulas import unmarked
from docsmith.sources.tables import RawTable

_SEPARATORS = (",", "\t", ";")
_FULL_WIDTH = "，"  # as people type it who write the table by hand
# A cell may hold 10,000 characters and more; csv's own limit is 131,072 and would stop the whole file.
_LONGEST_FIELD = 10_000_000


def read_csv(data: bytes, name: str) -> list[RawTable]:
    """Return the one table of a csv file; raises :class:`SourceError` for a quote that is never closed."""
    text = decode(data, name)
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append([unmarked(field) for field in row])  # noqa: PERF401 - an error counts them
    except csv.Error:
        raise SourceError(
            _("{file}, row {row}: the quotation marks of a csv do not match.").format(
                file=name, row=len(rows) + 1
            ),
            hint=_('Write a quotation mark inside a value twice (""), or save the table as .xlsx.'),
        ) from None
    width = max(map(len, rows), default=0)
    padded = [row + [""] * (width - len(row)) for row in rows]
    return [RawTable(name, PurePath(name).stem, padded, separated=True)] if width else []


def _separator(text: str) -> str:
    """Return what separates the cells: the candidate that the first line with any of them has most of.

    A full-width comma is one of the text as well, as in a table of one column. It separates the cells where
    the header has it and no other separator, and the line below has it too.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    header = lines[0] if lines else ""
    is_by_hand = _FULL_WIDTH in header and not any(one in header for one in _SEPARATORS)
    if is_by_hand and all(_FULL_WIDTH in line for line in lines[1:2]):
        return _FULL_WIDTH
    for line in lines:
        best = max(_SEPARATORS, key=line.count)
        if best in line:
            return best
    return _SEPARATORS[0]
