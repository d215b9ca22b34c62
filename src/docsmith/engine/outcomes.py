"""What is said of a document that was stopped, or that could not take its place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from docsmith._i18n import gettext as _
from docsmith.engine.ledger import Status
from docsmith.engine.writing import Placed
from docsmith.errors import DocsmithError
from docsmith.model.findings import Finding, Place, Severity

KEPT = "document-kept"
"""The code of the warning about a document that a person has edited."""


def status_words() -> Mapping[Status, str]:
    """Return what each status is called."""
    return {
        Status.WRITTEN: _("written"),
        Status.UNCHANGED: _("unchanged"),
        Status.KEPT: _("kept"),
        Status.LEFT: _("left"),
        Status.FAILED: _("failed"),
    }


def said_of(placed: Placed, branch: str) -> tuple[Finding, ...]:
    """Return what is worth saying of how a document came to its place."""
    said = []
    if placed.beside:
        said.append(kept(placed.path, placed.beside, branch))
    if placed.torn:
        said.append(was_torn(placed.path, placed.torn, branch))
    if placed.aside:
        said.append(was_in_the_way(placed.path, placed.aside, branch))
    return tuple(said)


def kept(path: Path, beside: Path, branch: str) -> Finding:
    """Return the warning about a document that a person has edited, and that stays as it is."""
    return Finding(
        Severity.WARNING,
        _("{path} was changed by a person, and stays as it is; the new version is {name}.").format(
            path=path.name, name=beside.name
        ),
        _("Copy what you need from one to the other, and delete the new; or give it the old one's name."),
        Place(str(path)),
        KEPT,
        branch,
    )


def was_torn(path: Path, remains: Path, branch: str) -> Finding:
    """Return the warning about a document of an earlier run that was on the disk only in part."""
    return Finding(
        Severity.WARNING,
        _("{path} was damaged, as the loss of power damages files, and was made again.").format(
            path=path.name
        ),
        _("What was left of it is in {remains}.").format(remains=remains),
        Place(str(path)),
        "document-torn",
        branch,
    )


def was_in_the_way(path: Path, aside: Path, branch: str) -> Finding:
    """Return the warning about another file that had the place of a document, and was moved aside."""
    return Finding(
        Severity.WARNING,
        _("Another file had the place of {path}, and was moved aside.").format(path=path.name),
        _("It is in {place}.").format(place=aside),
        Place(str(path)),
        "other-moved-aside",
        branch,
    )


def stopped(error: DocsmithError, branch: str) -> Finding:
    """Return what an error that stopped a document says of it."""
    return Finding(Severity.ERROR, error.message, error.hint, code="document-stopped", branch=branch)


def mistake(error: Exception, branch: str) -> Finding:
    """Return what a mistake of docsmith that stopped a document says of it, without any of its data."""
    return Finding(
        Severity.ERROR,
        _("A mistake in docsmith itself: {kind}.").format(kind=type(error).__name__),
        _("Please report it, with the command. DOCSMITH_DEBUG=1 shows more."),
        code="docsmith-mistake",
        branch=branch,
    )


def gone(branch: str) -> Finding:
    """Return what is said of a branch that was there when the run began, and is not any more."""
    return Finding(
        Severity.ERROR,
        _("Its row in 支部 is no longer there."),
        _("Somebody else changes the data while the batch runs. Run it again when that is done."),
        code="branch-gone",
        branch=branch,
    )


def worker_died(reason: str, branch: str) -> Finding:
    """Return what is said of a document whose worker died while it made that branch's alone."""
    return Finding(
        Severity.ERROR,
        _("The process that made it died: {reason}").format(reason=reason),
        _("Look at the data of this branch: something in it may be far too large."),
        code="worker-died",
        branch=branch,
    )
