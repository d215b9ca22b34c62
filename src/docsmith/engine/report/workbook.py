"""The report as a workbook: a summary, what failed and why, what was kept, what is to be filled in, all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from docsmith._i18n import gettext as _
from docsmith.engine.ledger import ResultRow, Status
from docsmith.engine.outcomes import status_words
from docsmith.engine.report import wording
from docsmith.engine.report.contents import Report, ToFillIn, reasons, remarks
from docsmith.engine.report.spreadsheet import Column, Link, Sheet, Value, open_spreadsheet
from docsmith.engine.report.spreadsheet_parts import Style
from docsmith.model.findings import Finding

_FIRST_WIDTH, _WIDTH = 36, 12


def write_workbook(report: Report, path: Path) -> None:
    """Write the report to ``path`` (.xlsx), in one step and in little memory, however many documents.

    Raises :class:`docsmith.errors.OutputError` where that cannot be done.
    """
    _ReportWorkbook(report, path.parent).write(path)


class _ReportWorkbook:
    """One writing of a report; ``folder`` is where it will lie, and where its links start."""

    def __init__(self, report: Report, folder: Path) -> None:
        self._report, self._folder = report, folder
        self._start = report.start_from(folder)
        self._to_fill_in = ToFillIn()

    def write(self, path: Path) -> None:
        with open_spreadsheet(path) as book:
            book.table(_("Failed"), _failed_columns(), self._failed())
            book.table(_("Kept"), _kept_columns(), self._kept())
            book.table(_("Remarks"), _failed_columns(), self._remarked())
            book.table(_("To fill in"), _to_fill_in_columns(), self._empty())
            book.table(_("Data"), _finding_columns(), map(_finding_cells, self._report.about_data()))
            book.table(_("All"), _all_columns(), self._all())
            # It comes first, and is written last: it says how many fields are to be filled in.
            widths = (_FIRST_WIDTH, *[_WIDTH] * (len(self._report.statuses) + 1))
            book.front(_("Summary"), widths, self._summary)

    def _failed(self) -> Iterator[Sequence[Value]]:
        for result in self._report.results(Status.FAILED):
            for finding in reasons(result):
                yield (*self._named(result), *_finding_cells(finding))

    def _remarked(self) -> Iterator[Sequence[Value]]:
        for result, finding in remarks(self._report):
            yield (*self._named(result), *_finding_cells(finding))

    def _kept(self) -> Iterator[Sequence[Value]]:
        for result in self._report.results(Status.KEPT):
            yield (*self._named(result), self._link(result.path), self._link(result.beside))

    def _empty(self) -> Iterator[Sequence[Value]]:
        for result in self._to_fill_in.counted(self._report.results(None)):
            yield (*self._named(result), result.to_fill_in, self._link(result.path))

    def _all(self) -> Iterator[Sequence[Value]]:
        words = status_words()
        for result in self._report.results(None):
            made = self._link(result.path) if result.status is not Status.FAILED else None
            yield (*self._named(result), words[result.status], result.to_fill_in or None, made)

    def _named(self, result: ResultRow) -> tuple[str, str]:
        return self._report.title(result.document_type), self._report.branch(result)

    def _link(self, path: str) -> Link | None:
        return Link(self._start + path, path) if path else None

    def _summary(self, sheet: Sheet) -> None:
        report = self._report
        sheet.add_across(wording.heading(report), Style.TITLE, height=32)
        sheet.add_across(wording.when(report), Style.NOTE)
        sheet.add_across(wording.counted(report), Style.NOTE)
        sheet.add([], [])
        self._add_counts(sheet)
        sheet.add([], [])
        for sentence in wording.next_steps(report, self._to_fill_in, self._folder):
            sheet.add_across(sentence, Style.NOTE)

    def _add_counts(self, sheet: Sheet) -> None:
        words = status_words()
        statuses = self._report.statuses
        titles = [_("Document type"), *(words[status] for status in statuses), _("Total")]
        sheet.add(titles, [Style.HEADER] * len(titles), height=24)
        look = [Style.LINE, *[Style.NUMBER] * len(statuses), Style.TOTAL]
        for document_type, numbers in wording.counts_by_type(self._report):
            sheet.add([self._report.title(document_type), *numbers], look)
        totals = [self._report.number(status) for status in statuses]
        sheet.add([_("Total"), *totals, self._report.number()], [Style.TOTAL] * len(titles))


def _finding_cells(finding: Finding) -> tuple[str, ...]:
    place = finding.place
    return finding.message, finding.hint, place.file, place.sheet, place.cell


def _finding_columns() -> list[Column]:
    return [
        Column(_("Reason"), 42, wraps=True),
        Column(_("What to do"), 36, wraps=True),
        Column(_("File"), 16, wraps=True),
        Column(_("Sheet"), 10, wraps=True),
        Column(_("Cell"), 8),
    ]


def _named_columns() -> list[Column]:
    return [Column(_("Document type"), 18), Column(_("Branch"), 26)]


def _failed_columns() -> list[Column]:
    return [*_named_columns(), *_finding_columns()]


def _kept_columns() -> list[Column]:
    return [*_named_columns(), Column(_("Kept file"), 54), Column(_("New version"), 54)]


def _to_fill_in_columns() -> list[Column]:
    return [*_named_columns(), Column(_("Empty fields"), 12), Column(_("Path"), 54)]


def _all_columns() -> list[Column]:
    return [
        *_named_columns(),
        Column(_("Status"), 12),
        Column(_("Empty fields"), 12),
        Column(_("Path"), 54),
    ]
