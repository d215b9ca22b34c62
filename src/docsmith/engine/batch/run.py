"""A batch from its plan to its report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from docsmith._i18n import gettext as _
from docsmith.engine.batch.loop import Batch
from docsmith.engine.batch.planning import Decisions, assignment_of, folders_for, plan_of, prepared
from docsmith.engine.ledger import Ledger, ResultRow, Status
from docsmith.engine.report.contents import Report
from docsmith.engine.report.page import write_page
from docsmith.engine.report.workbook import write_workbook
from docsmith.engine.writing import Writer
from docsmith.errors import DocsmithError
from docsmith.model.findings import Finding
from docsmith.plugin.document_type import DocumentType
from docsmith.sources.shares import Source

REPORTS = "批量报告"
Results = Callable[[Status | None], Iterator[ResultRow]]
_WORKBOOK, _PAGE, _RETRY = "报告.xlsx", "报告.html", "失败支部.xlsx"


class Counter(Protocol):
    """Counts what a step has done."""

    def advance(self, count: int = 1) -> None:
        """Count so much more."""


class Steps(Protocol):
    """Shows what a batch is doing."""

    def step(self, name: str, total: int | None = None) -> AbstractContextManager[Counter]:
        """Show a step while it is done."""


class Wishes(NamedTuple):
    """What one command asks for.

    ``arguments`` are remembered with the run. ``jobs`` is the number of processes, chosen here where it is
    ``None``; ``engine`` a cluster; ``fresh`` makes again what is as it was; ``durable`` waits for the disk
    after each document.
    """

    arguments: Mapping[str, Any]
    jobs: int | None = None
    engine: str = ""
    fresh: bool = False
    durable: bool = False


class Outcome(NamedTuple):
    """What a batch has come to: the report, where it was written, and what kept the batch from its end."""

    run: int
    report: Report
    workbook: Path
    page: Path
    error: DocsmithError | None = None


def run_batch(
    source: Source,
    decisions: Decisions,
    types: Sequence[DocumentType],
    chosen: Sequence[str],
    out: Path,
    wishes: Wishes,
    steps: Steps,
    ledger: Ledger,
) -> Outcome:
    """Make these types for these branches, and write the report.

    Ctrl-C, or whatever else stops it on the way, leaves everything that is made in its place and in the
    ledger, and is in the report; only what prevents the very beginning is raised.
    """
    preparation = prepared(types, decisions, source.head.digest)
    run = ledger.begin("batch", wishes.arguments)
    plan = plan_of(
        types,
        chosen,
        folders_for(source, chosen, decisions, ledger),
        preparation,
        jobs=wishes.jobs,
        engine=wishes.engine,
        fresh=wishes.fresh,
    )
    assignment = assignment_of(source, decisions, preparation.stamps)
    batch = Batch(source, assignment, plan, out, ledger, Writer(out, ledger, durable=wishes.durable))
    interrupted, error = False, None
    try:
        with steps.step(_("making documents"), len(types) * len(chosen)) as step:
            for rows in batch.run(run):
                step.advance(len(rows))
    except KeyboardInterrupt:
        interrupted = True
    except DocsmithError as stopped:
        interrupted, error = True, stopped
    with steps.step(_("writing the report")):
        findings = source.head.dataset.findings
        outcome = _reported(run, ledger, batch, decisions, source, out, findings, interrupted=interrupted)
    ledger.finish(run, "interrupted" if interrupted else "done")
    return outcome._replace(error=error)


def _reported(
    run: int,
    ledger: Ledger,
    batch: Batch,
    decisions: Decisions,
    source: Source,
    out: Path,
    findings: tuple[Finding, ...],
    *,
    interrupted: bool,
) -> Outcome:
    now = dt.datetime.now().astimezone()
    folder = out / REPORTS / f"{now:%Y%m%d-%H%M%S}-{run}"
    results = partial(ledger.results, run)
    retry = _written_retry(batch, folder / _RETRY, results, source)
    report = Report(
        unit=str(source.head.dataset.unit.name),
        year=decisions.year,
        finished=now,
        interrupted=interrupted,
        titles={name: one.title for name, one in decisions.manager.types.items()},
        counts=batch.counts,
        results=results,
        findings=findings,
        retry=retry,
        out=out,
    )
    write_workbook(report, folder / _WORKBOOK)
    write_page(report, folder / _PAGE)
    return Outcome(run, report, folder / _WORKBOOK, folder / _PAGE)


def _written_retry(batch: Batch, path: Path, results: Results, source: Source) -> Path | None:
    """Write the rows of the branches that failed because of them, if there are any."""
    if batch.failed_rows is None:
        return None
    dataset = source.head.dataset
    failed = (finding for row in results(Status.FAILED) for finding in row.findings)
    with batch.failed_rows as rows:
        rows.write(path, chain(dataset.findings, failed), dataset.schema)
    return path
