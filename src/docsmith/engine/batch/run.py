"""A batch from its plan to its report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from docsmith._i18n import gettext as _
from docsmith.engine.batch.finishing import Finishing
from docsmith.engine.batch.loop import Batch
from docsmith.engine.batch.pdf_rows import type_of_pdf
from docsmith.engine.batch.pdfs import libreoffice_for
from docsmith.engine.batch.planning import Decisions, assignment_of, folders_for, plan_of, prepared
from docsmith.engine.batch.print_pack import PrintPack
from docsmith.engine.batch.reporting import Reported, write_report
from docsmith.engine.batch.zips import Archive
from docsmith.engine.ledger import Ledger, Status
from docsmith.engine.writing import Claims, Placed, Writer
from docsmith.errors import DocsmithError
from docsmith.model.findings import Severity
from docsmith.plugin.document_type import DocumentType
from docsmith.sources.shares import Source


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

    ``arguments`` are remembered with the run; ``again`` gives the command that makes what failed from a
    mended workbook. ``jobs`` is the number of processes, chosen here where it is
    ``None``; ``engine`` a cluster; ``fresh`` makes again what is as it was; ``durable`` waits for the disk
    after each document. ``pdf``, ``print_pack`` and ``zips`` are what is made of the documents; without one
    of the types of ``whole``, that is in part only.
    """

    arguments: Mapping[str, Any]
    again: Callable[[Path], str]
    jobs: int | None = None
    engine: str = ""
    fresh: bool = False
    durable: bool = False
    pdf: bool = False
    print_pack: bool = False
    zips: bool = False
    whole: Collection[str] = ()


class Outcome(NamedTuple):
    """What a batch has come to; ``error`` is what kept it from its end."""

    run: int
    reported: Reported
    pack: PrintPack | None
    archives: Sequence[Archive]
    error: DocsmithError | None

    @property
    def is_whole(self) -> bool:
        """Whether everything that was asked for is there, and nothing of the data was left out."""
        lacking = self.pack is not None and bool(self.pack.missing)
        archived = all(isinstance(one.placed, Placed) and not one.missing for one in self.archives)
        report = self.reported.report
        unread = any(one.severity is Severity.ERROR for one in report.findings)
        return archived and not (lacking or unread or report.number(Status.FAILED))


class Undertaking:
    """One batch: these types for these branches, from this source into this folder."""

    def __init__(
        self,
        source: Source,
        decisions: Decisions,
        types: Sequence[DocumentType],
        chosen: Sequence[str],
        out: Path,
        wishes: Wishes,
        steps: Steps,
        ledger: Ledger,
    ) -> None:
        """Settle everything that can be settled before the first document; raises what prevents the run."""
        self._libreoffice = libreoffice_for(wishes.engine) if wishes.pdf or wishes.print_pack else ""
        self._source, self._decisions, self._out = source, decisions, out
        self._wishes, self._steps, self._ledger = wishes, steps, ledger
        preparation = prepared(types, decisions, source.head)
        self._run = ledger.begin("batch", wishes.arguments)
        plan = plan_of(
            types,
            chosen,
            folders_for(source, chosen, decisions, ledger),
            preparation,
            jobs=wishes.jobs,
            engine=wishes.engine,
            fresh=wishes.fresh,
        )
        assignment = assignment_of(source, decisions, preparation)
        made = [name for one in decisions.manager.types for name in (one, type_of_pdf(one))]
        self._writer = Writer(out, ledger, Claims(made, source.names), durable=wishes.durable)
        self._batch = Batch(source, assignment, plan, out, ledger, self._writer)
        is_less = not set(wishes.whole) <= {one.id for one in types}
        self._is_partial = is_less or len(chosen) < sum(1 for _name in source.names())
        self._pack: PrintPack | None = None
        self._archives: list[Archive] = []

    def go(self) -> Outcome:
        """Make everything, and write the report.

        Ctrl-C, or whatever else stops it on the way, leaves what is made in its place and in the ledger, and
        the report says so.
        """
        interrupted, error = False, None
        try:
            self._count(_("making documents"), self._batch.plan.wanted, self._batch.run(self._run))
            self._finish()
        except KeyboardInterrupt:
            interrupted = True
        except DocsmithError as stopped:
            if not self._batch.counts:  # it has not even begun
                self._ledger.finish(self._run, "interrupted")
                raise
            interrupted, error = True, stopped
        with self._steps.step(_("writing the report")):
            reported = write_report(
                self._run,
                self._batch,
                self._source,
                self._decisions,
                self._out,
                self._ledger,
                again=self._wishes.again,
                interrupted=interrupted,
            )
        self._ledger.finish(self._run, "interrupted" if interrupted else "done")
        return Outcome(self._run, reported, self._pack, self._archives, error)

    def _finish(self) -> None:
        """Make what is wanted of the documents: PDFs, the pack, archives."""
        wishes = self._wishes
        finishing = Finishing(
            self._out,
            self._decisions.year,
            self._run,
            self._ledger,
            self._writer,
            self._batch.counts,
            self._is_partial,
            self._batch.plan.positions,
        )
        if wishes.pdf or wishes.print_pack:
            pdfs = finishing.pdfs(
                self._libreoffice, jobs=wishes.jobs, engine=wishes.engine, fresh=wishes.fresh
            )
            self._count(_("making PDFs"), finishing.number_of_documents, pdfs)
        if wishes.print_pack:
            with self._steps.step(_("joining the print pack")):
                self._pack = finishing.print_pack()
        if wishes.zips:
            with self._steps.step(_("packing archives")) as step:
                for archive in finishing.archives(self._source):
                    self._archives.append(archive)
                    step.advance()

    def _count(self, name: str, total: int, done: Iterable[int]) -> None:
        with self._steps.step(name, total) as step:
            for number in done:
                step.advance(number)
