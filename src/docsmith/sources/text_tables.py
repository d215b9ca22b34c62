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

_SEPARATORS = (",", "\t", ";", "，")
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
    """Return what separates the cells: the candidate that the first line with any of them has most of."""
    for line in text.splitlines():
        counts = {separator: line.count(separator) for separator in _SEPARATORS}
        best = max(counts, key=lambda separator: counts[separator])
        if counts[best]:
            return best
    return ","
