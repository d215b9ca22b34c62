"""The sentences that the report says, in the reader's language: on the sheet, and on the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docsmith._i18n import gettext as _
from docsmith.engine.ledger import Status
from docsmith.engine.outcomes import status_words
from docsmith.engine.report.contents import Report, ToFillIn, seen_from
from docsmith.model.findings import Severity


def heading(report: Report) -> str:
    """Return the title of the report."""
    return _("Documents of {unit}, {year}").format(unit=report.unit, year=report.year)


def counted(report: Report) -> str:
    """Return how many documents there are, and what became of them, as one phrase."""
    words = status_words()
    parts = [f"{words[status]} {number}" for status in Status if (number := report.number(status))]
    return _("{number} documents: {parts}").format(number=report.number(), parts=_(", ").join(parts))


def when(report: Report) -> str:
    """Return when the batch ended, and how."""
    moment = f"{report.finished:%Y-%m-%d %H:%M}"
    if report.interrupted:
        return _("Interrupted at {moment}").format(moment=moment)
    return _("Finished at {moment}").format(moment=moment)


def next_steps(report: Report, to_fill_in: ToFillIn, folder: Path) -> Iterator[str]:
    """Yield what to do next, a sentence or two each; paths are as seen from ``folder``."""
    if report.interrupted:
        yield _interrupted(report)
    if failed := report.number(Status.FAILED):
        yield _after_failures(report, failed, folder)
    if errors := [one for one in report.findings if one.severity is Severity.ERROR]:
        yield _(
            "{number} errors in the data belong to no branch, or to none that is known. What stands there is "
            "in no document: see the list {list}."
        ).format(number=len(errors), list=_("Data"))
    if kept := report.number(Status.KEPT):
        yield _(
            "{number} documents were changed by people and stay as they are. Each has its new version beside "
            "it: copy what you need from one to the other, and delete the new version; or give it the name "
            "of the old one."
        ).format(number=kept)
    if left := report.number(Status.LEFT):
        yield _(
            "{number} documents are of no row of the data any more, and were not deleted: see the list"
            " {list}."
        ).format(number=left, list=_("Remarks"))
    if to_fill_in.fields:
        yield _(
            "{fields} fields in {documents} documents are marked （待补充）, because the data does not have "
            "them. Add them to the data and give the same command again, or write them into the documents."
        ).format(fields=to_fill_in.fields, documents=to_fill_in.documents)
    if not (report.interrupted or failed or errors or kept or left or to_fill_in.fields):
        yield _("Everything is there, and nothing is left to do.")


def _interrupted(report: Report) -> str:
    if report.counts_branches:
        return _(
            "The run was interrupted when {number} of {wanted} were done, each a document type for a branch."
            " Give the same command again: it goes on where this one stopped."
        ).format(number=report.done, wanted=report.wanted)
    return _(
        "The run was interrupted when {number} of {wanted} documents were done. Give the same command"
        " again: it goes on where this one stopped."
    ).format(number=report.number(), wanted=report.wanted)


def _after_failures(report: Report, failed: int, folder: Path) -> str:
    if report.retry is None:
        return _(
            "{number} documents could not be made. Mend the data where the list says, and give the same "
            "command again: what is there already is not made a second time."
        ).format(number=failed)
    return _(
        "{number} documents could not be made. Their data is in {workbook}: mend the red cells there, save"
        " it, and run: {command}. Mend your own data as well, or they fail again the next time."
    ).format(number=failed, workbook=seen_from(folder, report.retry), command=report.again)


def counts_by_type(report: Report) -> Iterator[tuple[str, list[int]]]:
    """Yield each document type, by its id, with its number of documents of each status, then of all."""
    for document_type in dict.fromkeys([*report.titles, *(one for one, _status in report.counts)]):
        numbers = [report.counts.get((document_type, status), 0) for status in report.statuses]
        yield document_type, [*numbers, sum(numbers)]
