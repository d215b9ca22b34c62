"""What a batch leaves beside its documents: the report, and the workbook of what failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from docsmith._files import REPORT_FOLDER
from docsmith._i18n import gettext as _
from docsmith.engine.batch.loop import Batch
from docsmith.engine.batch.pdf_rows import type_of_pdf
from docsmith.engine.batch.planning import Decisions
from docsmith.engine.ledger import Ledger, Status
from docsmith.engine.report.contents import Report
from docsmith.engine.report.page import write_page
from docsmith.engine.report.retry import RetryRows
from docsmith.engine.report.workbook import write_workbook
from docsmith.model.schema import Schema
from docsmith.sources.shares import Source

_WORKBOOK, _PAGE, _RETRY = "报告.xlsx", "报告.html", "失败支部.xlsx"


class Reported(NamedTuple):
    """A report, and the files that it was written to."""

    report: Report
    workbook: Path
    page: Path


def write_report(
    run: int,
    batch: Batch,
    source: Source,
    decisions: Decisions,
    out: Path,
    ledger: Ledger,
    *,
    again: Callable[[Path], str],
    interrupted: bool,
) -> Reported:
    """Write what became of a run to a folder of its own; raises :class:`docsmith.errors.OutputError`.

    ``again`` gives the command that makes what failed from a workbook.
    """
    finished = dt.datetime.now().astimezone()
    folder = out / REPORT_FOLDER / f"{finished:%Y%m%d-%H%M%S}-{run}"
    retry = folder / _RETRY
    report = Report(
        unit=str(source.head.dataset.unit.name),
        year=decisions.year,
        finished=finished,
        interrupted=interrupted,
        titles=_titles(decisions, {kind for kind, _status in batch.counts}),
        counts=batch.counts,
        results=partial(ledger.results, run),
        findings=source.head.dataset.findings,
        retry=retry if batch.failed_rows else None,
        out=out,
        remarked=partial(ledger.remarked, run),
        again=again(retry),
        wanted=batch.plan.wanted,
        done=batch.done,
        counts_branches=bool(batch.plan.several),
    )
    if batch.failed_rows:
        _write_retry(batch.failed_rows, retry, report, source.head.dataset.schema)
    write_workbook(report, folder / _WORKBOOK)
    write_page(report, folder / _PAGE)
    return Reported(report, folder / _WORKBOOK, folder / _PAGE)


def _write_retry(failed_rows: RetryRows, path: Path, report: Report, schema: Schema) -> None:
    """Write the workbook of the rows that failed, with what was said of each."""
    # With openpyxl, which takes 0.2 s.
    from docsmith.engine.report.retry_workbook import write_retry_workbook

    failed = (finding for row in report.results(Status.FAILED) for finding in row.findings)
    with failed_rows as rows:
        write_retry_workbook(rows, path, chain(report.findings, failed), schema, report.again)


def _titles(decisions: Decisions, kinds: Collection[str]) -> Mapping[str, str]:
    """Return what documents of these kinds are called, each type before its PDFs."""
    titles = {}
    for name, document_type in decisions.manager.types.items():
        titles[name] = document_type.title
        titles[type_of_pdf(name)] = _("{title} (PDF)").format(title=document_type.title)
    return {kind: title for kind, title in titles.items() if kind in kinds}
