"""What a report is about, whatever it is written as."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.engine.ledger import ResultRow, Status
from docsmith.engine.outcomes import KEPT
from docsmith.model.findings import Finding, Severity


class Report(NamedTuple):
    """What became of a batch.

    ``titles`` are those of the document types by id, in the order in which they are shown; ``counts`` how
    many documents of a type have which status. ``results`` yields the documents by position, all of them or
    those of one status, and is asked several times. ``findings`` are those of the data that concern no
    single document. ``retry`` is the workbook of failed rows, if one was written; ``out`` the output folder,
    in which the paths of the results begin. ``remarked`` yields the documents that are there, and of which
    something is worth saying. ``again`` is the command that makes what failed from ``retry``; ``wanted`` is
    how many documents were to be made. Where a branch may have several documents of a type, it is not known
    beforehand how many; then ``wanted`` and ``done`` count types of branches (``counts_branches``).
    """

    unit: str
    year: int
    finished: dt.datetime
    interrupted: bool
    titles: Mapping[str, str]
    counts: Mapping[tuple[str, Status], int]
    results: Callable[[Status | None], Iterator[ResultRow]]
    findings: tuple[Finding, ...]
    retry: Path | None
    out: Path
    remarked: Callable[[], Iterator[ResultRow]] = lambda: iter(())
    again: str = ""
    wanted: int = 0
    done: int = 0
    counts_branches: bool = False

    @property
    def statuses(self) -> tuple[Status, ...]:
        """What a document may have become; that it is left is said only where one is."""
        return tuple(one for one in Status if one is not Status.LEFT or self.number(one))

    def branch(self, result: ResultRow) -> str:
        """Return whose a document is: a branch's, or the unit's."""
        return result.branch or self.unit

    def number(self, status: Status | None = None) -> int:
        """Return how many documents there are, of one status or of any."""
        return sum(count for (_type, own), count in self.counts.items() if status in (None, own))

    def about_data(self) -> tuple[Finding, ...]:
        """Return the errors and warnings of the data; notes of what was done ask nothing of anybody."""
        return tuple(finding for finding in self.findings if finding.severity is not Severity.INFO)

    def title(self, document_type: str) -> str:
        """Return the title of a document type; its id where it has gone since."""
        return self.titles.get(document_type, document_type)

    def start_from(self, folder: Path) -> str:
        """Return what stands before the path of a result on the way to it from a folder."""
        way = seen_from(folder, self.out)
        return "" if way == "." else f"{way}/"


class Cause(NamedTuple):
    """What stopped documents: the titles of their types by branch."""

    finding: Finding
    stopped: Mapping[str, list[str]]

    def branches(self, most: int = 3) -> str:
        """Return the branches as a phrase, with no more than so many of their names."""
        names = list(self.stopped)
        shown = "、".join(names[:most])
        if len(names) <= most:
            return shown
        return _("{names} … ({number} branches)").format(names=shown, number=f"{len(names):,}")

    def titles(self) -> str:
        """Return the titles of all types that it stopped."""
        return "、".join(dict.fromkeys(title for titles in self.stopped.values() for title in titles))


def causes(report: Report, most: int) -> tuple[list[Cause], bool]:
    """Return what stopped the documents that failed, each once, and whether that is all of it.

    ``most`` is how many failures are looked at: one cell may stop all documents of all branches.
    """
    failures = ((row, finding) for row in report.results(Status.FAILED) for finding in reasons(row))
    found: dict[Finding, dict[str, list[str]]] = {}
    for row, finding in islice(failures, most):
        stopped = found.setdefault(finding._replace(branch=""), {})
        stopped.setdefault(report.branch(row), []).append(report.title(row.document_type))
    return [Cause(*one) for one in found.items()], next(failures, None) is None


def remarks(report: Report) -> Iterator[tuple[ResultRow, Finding]]:
    """Yield what is worth saying of documents that are there; what was kept has a list of its own."""
    for result in report.remarked():
        for finding in result.findings:
            if finding.code != KEPT:
                yield result, finding


def reasons(result: ResultRow) -> tuple[Finding, ...]:
    """Return why a document failed: its errors; where it has none, whatever was found."""
    errors = tuple(finding for finding in result.findings if finding.severity is Severity.ERROR)
    return errors or result.findings


class ToFillIn:
    """Passes on the results with empty fields, and counts: the fields, and the documents that have them."""

    def __init__(self) -> None:
        self.fields = 0
        self.documents = 0

    def counted(self, results: Iterable[ResultRow]) -> Iterator[ResultRow]:
        """Yield the results that have fields to fill in."""
        for result in results:
            if result.to_fill_in:
                self.fields += result.to_fill_in
                self.documents += 1
                yield result


def seen_from(folder: Path, path: Path) -> str:
    """Return the way from a folder to a file or folder, with ``/``."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return path.absolute().as_posix()
