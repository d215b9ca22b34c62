"""What was found and what was done, for a person to read."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from docsmith._i18n import gettext as _
from docsmith.cli.say import aligned, say, width
from docsmith.engine.writing import Status
from docsmith.model.findings import NOWHERE, Finding, Place, Severity

if TYPE_CHECKING:
    from docsmith.engine.run import Result

MOST_LINES_PER_SHEET = 50
MANY_ALIKE = 2
_BELOW = " " * 5
_MARKS = {Severity.ERROR: "×", Severity.WARNING: "!", Severity.INFO: "·"}
_CELL = re.compile(r"([A-Z]*)(\d*)")


def show_findings(findings: Iterable[Finding]) -> None:
    """Print findings by sheet as they were read, each sheet from its top to its bottom.

    A note that says the same of many cells is printed once, at the end.
    """
    alone, alike = _sorted_out(findings)
    sheets: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in alone:
        sheets[finding.place.file, finding.place.sheet].append(finding)
    for (file, sheet), found in sheets.items():
        say(" ".join(part for part in (file, sheet) if part) or _("In general"))
        for finding in sorted(found, key=_order)[:MOST_LINES_PER_SHEET]:
            _show(finding)
        if len(found) > MOST_LINES_PER_SHEET:
            rest = len(found) - MOST_LINES_PER_SHEET
            say("  " + _("… and {number} more; --json lists all of them.").format(number=rest))
        say()
    for group in alike:
        _show(group[0], "、".join(str(finding.place) for finding in group))
        say()


def _sorted_out(findings: Iterable[Finding]) -> tuple[list[Finding], list[list[Finding]]]:
    """Return the findings to print one by one, and groups of notes that say the same of several cells."""
    said: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    alone = []
    for finding in findings:
        if finding.severity is Severity.INFO and finding.place.cell and not finding.branch:
            said[finding.message, finding.hint].append(finding)
        else:
            alone.append(finding)
    alike = [group for group in said.values() if MANY_ALIKE <= len(group) <= MOST_LINES_PER_SHEET]
    alone += [one for group in said.values() if group not in alike for one in group]
    return alone, alike


def _show(finding: Finding, places: str = "") -> None:
    """Print a finding below the name of its sheet, or with all the ``places`` that it speaks of."""
    start = f"  {_MARKS[finding.severity]} "
    if finding.place.cell and not places:
        start += f"{finding.place.cell}  "
    article = f"{finding.citation.rule}  {finding.citation.article}" if finding.citation else ""
    lines = (_message(finding), places, finding.hint, article)
    _say_indented(start, lines)


def _say_indented(start: str, lines: Iterable[str]) -> None:
    """Print what there is of some texts, one below the other, to the right of a start."""
    text = "\n".join(line for line in lines if line)
    say(start + text.replace("\n", "\n" + " " * width(start)))


def _message(finding: Finding) -> str:
    """Return the message with the branch that it is about, where it does not name it itself."""
    if finding.branch and finding.branch not in finding.message:
        return _("{place}: {message}").format(place=finding.branch, message=finding.message)
    return finding.message


def _order(finding: Finding) -> tuple[object, ...]:
    """Sort by row and column: AA comes behind Z."""
    match = _CELL.match(finding.place.cell)
    letters, digits = match.groups() if match else ("", "")
    return (int(digits or 0), len(letters), letters)


def counted(findings: Iterable[Finding]) -> str:
    """Return how many findings of each severity there are, as one phrase."""
    counts = Counter(finding.severity for finding in findings)
    return _("{errors} errors, {warnings} warnings, {notes} notes").format(
        errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], notes=counts[Severity.INFO]
    )


def show_results(results: Iterable[Result], titles: Mapping[str, str]) -> None:
    """Print one line for each document, and below it what stopped it or kept it from its place.

    What stopped several documents is told at the first one, and named at the others.
    """
    done = list(results)
    told: set[tuple[Place, str]] = set()
    words = _status_words()
    rows = [
        (
            "×" if one.status is Status.FAILED else "√",
            titles[one.document_type],
            one.branch,
            words[one.status],
            _shown_path(one),
        )
        for one in done
    ]
    for line, result in zip(aligned(rows), done, strict=True):
        say(line)
        _show_reasons([one for one in result.findings if one.severity is not Severity.INFO], told)


def _show_reasons(findings: Iterable[Finding], told: set[tuple[Place, str]]) -> None:
    """Print what is to say of a document; ``told`` is what was said already, and grows."""
    again = []
    for finding in findings:
        key = (finding.place, finding.message)
        if key in told:
            again.append(str(finding.place) if finding.place.sheet else finding.message.partition("\n")[0])
        else:
            message = placed(finding) if finding.place.sheet else finding.message
            _say_indented(_BELOW, (message, finding.hint))
        told.add(key)
    if again:
        _say_indented(_BELOW, [_("as above: {places}").format(places="、".join(again))])


def placed(finding: Finding) -> str:
    """Return the message of a finding with its place in front, where it has one."""
    if finding.place == NOWHERE:
        return finding.message
    return _("{place}: {message}").format(place=finding.place, message=finding.message)


def _shown_path(result: Result) -> str:
    missing = sum(finding.code == "field-missing" for finding in result.findings)
    note = _("{number} to fill in").format(number=missing) if missing else ""
    path = short(result.path) if result.path else ""
    return "  ".join(part for part in (path, note) if part)


def summary(results: Iterable[Result]) -> str:
    """Return one line: how many documents, and what became of them."""
    counts = Counter(result.status for result in results)
    words = _status_words()
    parts = [f"{words[status]} {counts[status]}" for status in Status if counts[status]]
    return _("{number} documents: {parts}").format(number=counts.total(), parts=_(", ").join(parts))


def short(path: Path) -> str:
    """Return a path as seen from the current folder, where it lies below it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _status_words() -> Mapping[Status, str]:
    return {
        Status.WRITTEN: _("written"),
        Status.UNCHANGED: _("unchanged"),
        Status.KEPT: _("kept"),
        Status.FAILED: _("failed"),
    }
