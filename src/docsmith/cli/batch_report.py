"""What a batch says at its end: how many of what, the first that failed, and where everything else stands."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.cli.report import counted, placed, short
from docsmith.cli.say import aligned, complain, print_json, say, say_indented
from docsmith.engine.batch.run import Outcome
from docsmith.engine.ledger import ResultRow, Status
from docsmith.engine.outcomes import status_words
from docsmith.engine.report.contents import Report, causes, remarks
from docsmith.engine.writing import Placed
from docsmith.errors import OutputError
from docsmith.model.findings import Finding, Severity, what_stopped
from docsmith.plugin.manager import Manager

_MOST_SHOWN = 20
_MOST_LOOKED_AT = 5_000


def show_outcome(outcome: Outcome, manager: Manager, notes: Sequence[Finding] = (), *, as_json: bool) -> None:
    """Print what became of a batch: for people, or as one JSON object; ``notes`` say what it did not make."""
    if as_json:
        print_json(_json(outcome, manager, notes))
        return
    report = outcome.reported.report
    for line in aligned(_table(report)):
        say(line)
    for note in notes:
        say(f"! {note.message}")
    _show_failed(report)
    _show_kept(report)
    _show_remarks(report)
    say()
    _show_bundles(outcome)
    say(_("Report: {path}").format(path=short(outcome.reported.workbook)))
    if report.retry:
        say(_("Data of what failed: {path}").format(path=short(report.retry)))
        say("  " + _("Mend the red cells there, and save it; then, in the place of your data:"))
        say(f"  {report.again}")
        say("  " + _("Mend your own data as well, or they fail again the next time."))
    _show_data(report)
    if broken := manager.broken:
        say(_("Plugins that cannot be used: {names}; see docsmith types.").format(names="、".join(broken)))
    if outcome.error:
        complain(outcome.error.message, outcome.error.hint)
    if report.interrupted:
        line = _("Interrupted: {number} of {wanted} documents are done. The same command goes on.")
        if report.counts_branches:
            line = _(
                "Interrupted: {number} of {wanted} are done, each a document type for a branch. "
                "The same command goes on."
            )
        say(line.format(number=f"{report.done:,}", wanted=f"{report.wanted:,}"))


def _table(report: Report) -> Iterator[list[str]]:
    """Yield a line for each type that has documents: how many of each status."""
    words = status_words()
    present = [status for status in Status if report.number(status)]
    types = dict.fromkeys(one for one, _status in report.counts)
    for name in types:
        numbers = [report.counts.get((name, status), 0) for status in present]
        yield [report.title(name), *(f"{words[one]} {number:,}" for one, number in zip(present, numbers))]
    if len(types) > 1:
        yield [_("all"), *(f"{words[one]} {report.number(one):,}" for one in present)]


def _show_failed(report: Report) -> None:
    number = report.number(Status.FAILED)
    if not number:
        return
    say()
    found, is_all = causes(report, _MOST_LOOKED_AT)
    for cause in found[:_MOST_SHOWN]:
        say(f"× {cause.branches()}：{cause.titles()}")
        say_indented("  ", (placed(cause.finding), cause.finding.hint))
    if not is_all or len(found) > _MOST_SHOWN:
        say(_("… and more; the report lists all of them."))


def _show_data(report: Report) -> None:
    """Print what is wrong with the data as a whole: no document shows it."""
    errors = [one for one in report.findings if one.severity is Severity.ERROR]
    for finding in errors[:_MOST_SHOWN]:
        say_indented("× ", (placed(finding), finding.hint))
    if report.findings:
        say(_("In the data: {counts}. docsmith check lists them.").format(counts=counted(report.findings)))


def _show_kept(report: Report) -> None:
    number = report.number(Status.KEPT)
    if not number:
        return
    say()
    say(_("Edited by people, and kept; each has its new version beside it:"))
    for row in itertools.islice(report.results(Status.KEPT), _MOST_SHOWN):
        say(f"! {short(report.out / row.path)}")
    _say_rest(number)


def _show_remarks(report: Report) -> None:
    """Print what is worth saying of documents that are there: the first of it."""
    remarked = remarks(report)
    shown = list(itertools.islice(remarked, _MOST_SHOWN))
    if not shown:
        return
    say()
    for row, finding in shown:
        place = f"{report.title(row.document_type)}  {report.branch(row)}"
        say("! " + _("{place}: {message}").format(place=place, message=finding.message))
    _say_rest(len(shown) + sum(1 for _remark in remarked))


def _show_bundles(outcome: Outcome) -> None:
    """Say where the print pack and the archives are, and what is missing from them."""
    pack = outcome.pack
    for volume in pack.volumes if pack else ():
        line = _("To print: {path}, {pages} pages on {sheets} sheets, both sides")
        pages, sheets = f"{volume.extent.pages:,}", f"{volume.extent.sheets:,}"
        say(line.format(path=short(_place_of(volume.placed)), pages=pages, sheets=sheets))
    if pack and pack.missing:
        say("  " + _("Missing from it: {number} documents without a PDF.").format(number=len(pack.missing)))
    for archive in outcome.archives[:_MOST_SHOWN]:
        if archive.placed is None:
            say("× " + _("No archive for {superior}: it has no document.").format(superior=archive.superior))
        elif isinstance(archive.placed, OutputError):
            said = _("{place}: {message}").format(place=archive.superior, message=archive.placed.message)
            say(f"× {said}")
        else:
            path = short(_place_of(archive.placed))
            say(_("Archive: {path}, {number} files").format(path=path, number=f"{archive.files:,}"))
            if archive.missing:
                number = f"{len(archive.missing):,}"
                say("  " + _("Missing from it: {number} files that could not be made.").format(number=number))
    _say_rest(len(outcome.archives))


def _place_of(placed: Placed) -> Path:
    return placed.beside or placed.path


def _say_rest(number: int) -> None:
    if number > _MOST_SHOWN:
        say(
            _("… and {number} more; the report lists all of them.").format(number=f"{number - _MOST_SHOWN:,}")
        )


def _json(outcome: Outcome, manager: Manager, notes: Sequence[Finding]) -> Mapping[str, Any]:
    """Return the shape that ``--json`` prints (documented in the README); documents are a stream."""
    report = outcome.reported.report
    ended = (what_stopped(outcome.error),) if outcome.error else ()
    findings = (*manager.findings, *report.findings, *notes, *ended)
    return {
        "run": outcome.run,
        "interrupted": report.interrupted,
        "report": str(outcome.reported.workbook),
        "page": str(outcome.reported.page),
        "retry": str(report.retry) if report.retry else None,
        "print_pack": [str(_place_of(volume.placed)) for volume in outcome.pack.volumes]
        if outcome.pack
        else [],
        "archives": [
            str(_place_of(one.placed)) for one in outcome.archives if isinstance(one.placed, Placed)
        ],
        "documents": _documents(report),
        "findings": [finding.as_json() for finding in findings],
    }


def _documents(report: Report) -> Iterator[dict[str, Any]]:
    return (_document(report, row) for row in report.results(None))


def _document(report: Report, row: ResultRow) -> dict[str, Any]:
    return {
        "document_type": row.document_type,
        "branch": row.branch,
        **({"name": row.copy} if row.copy else {}),
        "path": str(report.out / row.path) if row.path else None,
        "beside": str(report.out / row.beside) if row.beside else None,
        "status": str(row.status),
        "to_fill_in": row.to_fill_in,
        "findings": [finding.as_json() for finding in row.findings],
    }
