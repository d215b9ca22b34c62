"""Findings for a person to read: by sheet, each sheet from its top to its bottom, however many there are."""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Mapping

from docsmith._i18n import gettext as _
from docsmith.cli.say import say, say_indented
from docsmith.model.findings import Finding, Place, Severity

MOST_LINES_PER_SHEET = 50
MANY_ALIKE = 2
_MOST_NOTES = 1000  # different ones that may yet turn out to be said of several cells
MARKS = {Severity.ERROR: "×", Severity.WARNING: "!", Severity.INFO: "·"}
_CELL = re.compile(r"([A-Z]*)(\d*)")
_LAST = 1 << 30  # the rank of notes that turned out to be said of one cell only

_Rank = tuple[int, ...]


def show_findings(findings: Iterable[Finding]) -> None:
    """Print findings by sheet as they were read, each sheet from its top to its bottom.

    A note that says the same of many cells is printed once, at the end.
    """
    listing = Listing()
    for finding in findings:
        listing.add(finding)
    listing.show()


def in_words(counts: Mapping[Severity, int]) -> str:
    """Return how many findings of each severity there are, as one phrase."""
    return _("{errors} errors, {warnings} warnings, {notes} notes").format(
        errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], notes=counts[Severity.INFO]
    )


class _Sheet:
    """The findings of a sheet that stand highest in it, and how many there are."""

    def __init__(self, rank: _Rank) -> None:
        self.rank = rank
        self.number = 0
        self._shown: list[tuple[tuple[object, ...], _Rank, Finding]] = []

    def add(self, rank: _Rank, finding: Finding) -> None:
        self.rank = min(self.rank, rank)
        self.number += 1
        insort(self._shown, (_position(finding), rank, finding), key=lambda one: one[:2])
        del self._shown[MOST_LINES_PER_SHEET:]

    def show(self) -> None:
        for _cell, _rank, finding in self._shown:
            _show(finding)
        if rest := self.number - len(self._shown):
            say("  " + _("… and {number} more; --json lists all of them.").format(number=rest))


class Listing:
    """Keeps of many findings what will be printed, and counts all of them.

    ``counts`` has the number of findings of each severity. Memory does not grow with their number, only
    with that of the sheets.
    """

    def __init__(self) -> None:
        self.counts: Counter[Severity] = Counter()
        self._sheets: dict[tuple[str, str], _Sheet] = {}
        self._notes: dict[tuple[str, str], list[tuple[_Rank, Finding]]] = {}
        self._often: set[tuple[str, str]] = set()

    def add(self, finding: Finding, rank: tuple[int, ...] = ()) -> None:
        """Add a finding; those of one rank count in the order in which they come."""
        self.counts[finding.severity] += 1
        rank = (*rank, self.counts.total())
        if finding.severity is Severity.INFO and finding.place.cell and not finding.branch:
            self._add_note(rank, finding)
        else:
            self._add(rank, finding)

    def _add_note(self, rank: _Rank, finding: Finding) -> None:
        key = finding.message, finding.hint
        if key in self._often or (key not in self._notes and len(self._notes) >= _MOST_NOTES):
            self._add((_LAST, rank[-1]), finding)
            return
        said = self._notes.setdefault(key, [])
        said.append((rank, finding))
        if len(said) > MOST_LINES_PER_SHEET:
            self._often.add(key)
            self._give_up(self._notes.pop(key))

    def _give_up(self, said: Iterable[tuple[_Rank, Finding]]) -> None:
        """List a note at its cells after all."""
        for rank, finding in said:
            self._add((_LAST, rank[-1]), finding)

    def _add(self, rank: _Rank, finding: Finding) -> None:
        place = finding.place.file, finding.place.sheet
        self._sheets.setdefault(place, _Sheet(rank)).add(rank, finding)

    def show(self) -> None:
        """Print what was kept; nothing can be added after that."""
        alike = [said for said in self._notes.values() if len(said) >= MANY_ALIKE]
        for said in self._notes.values():
            if len(said) < MANY_ALIKE:
                self._give_up(said)
        for (file, name), sheet in sorted(self._sheets.items(), key=lambda pair: pair[1].rank):
            say(" ".join(part for part in (file, name) if part) or _("In general"))
            sheet.show()
            say()
        for said in sorted(alike, key=lambda said: said[0][0]):
            _show(said[0][1], "、".join(str(finding.place) for _rank, finding in said))
            say()


def _show(finding: Finding, places: str = "") -> None:
    """Print a finding below the name of its sheet, or with all the ``places`` that it speaks of."""
    start = f"  {MARKS[finding.severity]} "
    if finding.place.cell and not places:
        start += f"{_cell_in_words(finding.place)}  "
    article = f"{finding.citation.rule}  {finding.citation.article}" if finding.citation else ""
    say_indented(start, (_message(finding), places, finding.hint, article))


def _cell_in_words(place: Place) -> str:
    """Return how a person calls a cell, or a line of a manifest (``L12``)."""
    if place.file.endswith(".toml") and place.cell.startswith("L"):
        return _("line {line}:").format(line=place.cell[1:])
    return place.cell


def _message(finding: Finding) -> str:
    """Return the message with the branch that it is about, where it does not name it itself."""
    if finding.branch and finding.branch not in finding.message:
        return _("{place}: {message}").format(place=finding.branch, message=finding.message)
    return finding.message


def _position(finding: Finding) -> tuple[object, ...]:
    """Sort by row and column: AA comes behind Z."""
    match = _CELL.match(finding.place.cell)
    letters, digits = match.groups() if match else ("", "")
    return (int(digits or 0), len(letters), letters)
