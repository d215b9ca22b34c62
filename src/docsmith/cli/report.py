"""What was found and what was done, for a person to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from docsmith._i18n import gettext as _
from docsmith.cli.findings import in_words
from docsmith.cli.say import aligned, say, say_indented
from docsmith.engine.copies.gone import LEFT
from docsmith.engine.ledger import Status
from docsmith.engine.outcomes import status_words
from docsmith.model.findings import NOWHERE, Finding, Place, Severity
from docsmith.sources.notes import shortened

if TYPE_CHECKING:
    from docsmith.engine.run import Result

_BELOW = " " * 5
_MOST_AGAIN = 3
_SIGNS = {Status.FAILED: "×", Status.LEFT: "!"}


def counted(findings: Iterable[Finding]) -> str:
    """Return how many findings of each severity there are, as one phrase."""
    return in_words(Counter(finding.severity for finding in findings))


def show_results(results: Iterable[Result], titles: Mapping[str, str]) -> None:
    """Print one line for each document, and below it what stopped it or kept it from its place.

    What stopped several documents is told at the first one, and named at the others.
    """
    done = list(results)
    told: set[tuple[Place, str]] = set()
    words = status_words()
    rows = [
        (
            _SIGNS.get(one.status, "√"),
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
        is_left = finding.code == LEFT
        key = (NOWHERE if is_left else finding.place, finding.message)
        if key in told and is_left:  # the line of the document says it
            continue
        if key in told:
            again.append(str(finding.place) if finding.place.sheet else shortened(finding.message))
        else:
            message = placed(finding) if finding.place.sheet else finding.message
            say_indented(_BELOW, (message, finding.hint))
        told.add(key)
    if again:
        more = " …" if len(again) > _MOST_AGAIN else ""
        say_indented(_BELOW, [_("as above: {places}").format(places="、".join(again[:_MOST_AGAIN]) + more)])


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
    words = status_words()
    parts = [f"{words[status]} {counts[status]}" for status in Status if counts[status]]
    return _("{number} documents: {parts}").format(number=counts.total(), parts=_(", ").join(parts))


def short(path: Path) -> str:
    """Return a path as seen from the current folder, where it lies below it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
