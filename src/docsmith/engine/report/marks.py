"""Which cells of raw rows are wrong, and what to say at them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from docsmith.model.findings import Finding, Severity
from docsmith.sources.xlsx_parts import column_of

# D5 in a table; 3.born_on in a list of objects, or 3 for the object itself; id=7 born_on in a database.
_IN_TABLE = re.compile(r"(?P<letters>[A-Z]{1,3})(?P<row>\d{1,7})")
_IN_OBJECTS = re.compile(r"(?P<row>\d+)(?:\.(?P<title>.*))?", re.DOTALL)
_IN_DATABASE = re.compile(r"(?P<row>.+=.*) (?P<title>.*)", re.DOTALL)


class Marks:
    """The errors among some findings, by the row and cell that they speak of."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._rows: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
        self._used: set[tuple[str, str, str]] = set()
        errors = (finding for finding in findings if finding.severity is Severity.ERROR)
        for finding in dict.fromkeys(errors):
            match = _parsed(finding)
            row = match["row"] if match else ""
            self._rows[finding.place.file, finding.place.sheet, row].append(finding)

    def of_row(self, file: str, table: str, row: object) -> Sequence[Finding]:
        """Return what is wrong in a row, which counts as told from now on."""
        key = (file, table, str(row))
        if key not in self._rows:
            return ()
        self._used.add(key)
        return self._rows[key]

    def left(self) -> Iterator[Finding]:
        """Yield what was told of no row: findings of headers, of whole tables, or of no place at all."""
        for key, findings in self._rows.items():
            if key not in self._used:
                yield from findings


def position_of(finding: Finding, titles: Sequence[str]) -> int:
    """Return the position of a finding's cell in its row; the first cell stands for the whole row."""
    match = _parsed(finding)
    if match is None:
        return 0
    named = match.groupdict()
    if "letters" in named:
        return column_of(named["letters"].encode())
    return titles.index(named["title"]) if named["title"] in titles else 0


def _parsed(finding: Finding) -> re.Match[str] | None:
    cell = finding.place.cell
    return _IN_TABLE.fullmatch(cell) or _IN_OBJECTS.fullmatch(cell) or _IN_DATABASE.fullmatch(cell)
