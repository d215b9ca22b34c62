"""What was found and what was done, for a person to read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from docsmith._i18n import gettext as _
from docsmith.cli.say import aligned, say, width
from docsmith.engine.writing import Status
from docsmith.model.findings import Finding, Severity

if TYPE_CHECKING:
    from docsmith.engine.run import Result

MOST_LINES_PER_SHEET = 50
_MARKS = {Severity.ERROR: "×", Severity.WARNING: "!", Severity.INFO: "·"}
_CELL = re.compile(r"([A-Z]*)(\d*)")


def show_findings(findings: Iterable[Finding]) -> None:
    """Print findings by file and sheet, each sheet from its top to its bottom."""
    in_order = sorted(findings, key=_order)
    for (file, sheet), group in groupby(in_order, key=lambda one: (one.place.file, one.place.sheet)):
        found = list(group)
        say(" ".join(part for part in (file, sheet) if part) or _("In general"))
        for finding in found[:MOST_LINES_PER_SHEET]:
            _show(finding)
        if len(found) > MOST_LINES_PER_SHEET:
            rest = len(found) - MOST_LINES_PER_SHEET
            say("  " + _("… and {number} more; --json lists all of them.").format(number=rest))
        say()


def _show(finding: Finding) -> None:
    start = f"  {_MARKS[finding.severity]} "
    if finding.place.cell:
        start += f"{finding.place.cell}  "
    say(f"{start}{_message(finding)}")
    indent = " " * width(start)
    if finding.hint:
        say(f"{indent}{finding.hint}")
    if finding.citation:
        say(f"{indent}{finding.citation.rule}  {finding.citation.article}")


def _message(finding: Finding) -> str:
    """Return the message with the branch that it is about, where it does not name it itself."""
    if finding.branch and finding.branch not in finding.message:
        return _("{place}: {message}").format(place=finding.branch, message=finding.message)
    return finding.message


def _order(finding: Finding) -> tuple[object, ...]:
    """Sort by file and sheet, then row and column: AA comes behind Z."""
    match = _CELL.match(finding.place.cell)
    letters, digits = match.groups() if match else ("", "")
    return (finding.place.file, finding.place.sheet, int(digits or 0), len(letters), letters)


def counted(findings: Iterable[Finding]) -> str:
    """Return how many findings of each severity there are, as one phrase."""
    counts = Counter(finding.severity for finding in findings)
    return _("{errors} errors, {warnings} warnings, {notes} notes").format(
        errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], notes=counts[Severity.INFO]
    )


def show_results(results: Iterable[Result], titles: Mapping[str, str]) -> None:
    """Print one line for each document, and below it what stopped it or kept it from its place."""
    done = list(results)
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
        for finding in result.findings:
            if finding.severity is not Severity.INFO:
                _show_below(finding)


def _show_below(finding: Finding) -> None:
    message = finding.message
    if finding.place.cell:
        message = _("{place}: {message}").format(place=finding.place, message=message)
    say(f"     {message}")
    if finding.hint:
        say(f"     {finding.hint}")


def _shown_path(result: Result) -> str:
    missing = sum(finding.code == "field-missing" for finding in result.findings)
    note = _("{number} to fill in").format(number=missing) if missing else ""
    path = "" if result.status is Status.FAILED else short(result.beside or result.path)
    return "  ".join(part for part in (path, note) if part)


def summary(results: Iterable[Result]) -> str:
    """Return one line: how many documents, and what became of them."""
    counts = Counter(result.status for result in results)
    words = _status_words()
    parts = [f"{words[status]} {counts[status]}" for status in Status if counts[status]]
    return _("{number} documents: {parts}").format(number=counts.total(), parts="，".join(parts))


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
