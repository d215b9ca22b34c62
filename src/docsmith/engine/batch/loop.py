"""What the parent does: it hands out orders, and puts what comes back in its place. It alone writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith._version import VERSION
from docsmith.engine.batch.job import Assignment
from docsmith.engine.batch.orders import Delivery, Finished, Order
from docsmith.engine.crew import Fallen, open_crew
from docsmith.engine.ledger import Entry, Ledger, Origin, ResultRow
from docsmith.engine.outcomes import said_of, stopped, worker_died
from docsmith.engine.report.retry import RetryRows
from docsmith.engine.writing import Document, Placed, Status, Writer
from docsmith.errors import OutputError
from docsmith.model.findings import Finding, Severity
from docsmith.sources.shares import RawPart, Source

_BRANCHES_A_TICKET = 50
"""So many that a ticket takes longer than its way, so few that a crew ends soon and evenly."""
_SPENT_IN_A_ROW = 10
"""A type whose first documents all cost more than any form needs is not tried for all the others."""
_UNREAD_IN_A_ROW = 3
"""Tickets that could not be read, one after the other: the source itself is gone."""

_Key = tuple[str, str]


class Plan(NamedTuple):
    """What a batch is to make: these types, in this order, for these branches, in theirs.

    ``broken`` are types that cannot be made at all, and why. ``fresh`` makes again what is as it was.
    """

    types: tuple[str, ...]
    branches: Sequence[str]
    folders: Mapping[str, str]
    templates: Mapping[str, str]
    broken: Mapping[str, Finding]
    jobs: int = 1
    engine: str = ""
    fresh: bool = False


class Batch:
    """One run of a batch, over an open ledger."""

    def __init__(
        self, source: Source, assignment: Assignment, plan: Plan, out: Path, ledger: Ledger, writer: Writer
    ) -> None:
        self._source, self._assignment, self._plan, self._out = source, assignment, plan, out
        self._ledger, self._writer = ledger, writer
        self._positions = {name: at for at, name in enumerate(plan.branches)}
        self._entries: dict[_Key, Entry] = {}
        self._stopped = dict(plan.broken)
        self._spent: Counter[str] = Counter()
        self._made: set[str] = set()
        self._unread = 0
        self.counts: Counter[tuple[str, Status]] = Counter()
        self.failed_rows: RetryRows | None = None
        """The rows of branches that failed because of them; ``None`` where there are none."""

    def run(self, run: int) -> Iterator[Sequence[ResultRow]]:
        """Make all documents; yield what became of them, as the orders come back.

        Everything yielded is in its place and in the ledger, under the number of the run.
        """
        with open_crew(self._assignment, jobs=self._plan.jobs, engine=self._plan.engine) as crew:
            for order, delivery in crew.results(self._orders()):
                rows = self._settled(order, delivery)
                self._ledger.record(run, rows)
                self.counts.update((row.document_type, row.status) for row in rows)
                yield rows
                self._check_source(delivery)

    def _orders(self) -> Iterator[Order]:
        for ticket in self._source.tickets(self._plan.branches, _BRANCHES_A_TICKET):
            folders = {name: self._plan.folders[name] for name in ticket.branches}
            known = {} if self._plan.fresh else self._known(ticket.branches)
            self._entries.update(known)
            types = tuple(one for one in self._plan.types if one not in self._stopped)
            yield Order(ticket, types, folders, {key: entry.inputs for key, entry in known.items()})

    def _known(self, branches: Sequence[str]) -> Mapping[_Key, Entry]:
        """Return the entries of documents that are in their places as docsmith left them."""
        entries = self._ledger.known(self._assignment.year, branches)
        return {key: one for key, one in entries.items() if one.inputs and self._ledger.agrees(one)}

    def _settled(self, order: Order, delivery: Delivery | Fallen[Order]) -> list[ResultRow]:
        """Put the documents of an order in their places; return what became of them, in order."""
        if isinstance(delivery, Fallen):
            rows = [
                self._row(type_id, name, Status.FAILED, findings=(worker_died(delivery.reason, name),))
                for name in order.ticket.branches
                for type_id in order.types
            ]
        else:
            self._keep_failed(delivery.failed_rows)
            self._watch(delivery)
            rows = self._placed(delivery.documents)
        for type_id in self._plan.types:
            if type_id not in order.types:
                finding = self._stopped[type_id]
                rows += [
                    self._row(type_id, name, Status.FAILED, findings=(finding._replace(branch=name),))
                    for name in order.ticket.branches
                ]
        for name in order.ticket.branches:
            for type_id in order.types:
                self._entries.pop((type_id, name), None)
        return sorted(rows)

    def _placed(self, documents: Sequence[Finished]) -> list[ResultRow]:
        made = [one for one in documents if one.content is not None]
        placed = self._writer.place_all([self._document(one) for one in made])
        rows = [self._row_of(one, result) for one, result in zip(made, placed, strict=True)]
        for one in documents:
            if one.same:
                entry = self._entries[one.document_type, one.branch]
                rows.append(
                    self._row(
                        one.document_type,
                        one.branch,
                        Status.UNCHANGED,
                        path=entry.path,
                        to_fill_in=entry.to_fill_in,
                    )
                )
            elif one.content is None:
                rows.append(self._row(one.document_type, one.branch, Status.FAILED, findings=one.findings))
        return rows

    def _document(self, made: Finished) -> Document:
        origin = Origin(
            made.document_type,
            made.branch,
            self._plan.templates[made.document_type],
            VERSION,
            made.inputs,
            self._assignment.year,
            made.to_fill_in,
        )
        return Document(self._out / made.path, made.content or b"", origin)

    def _row_of(self, made: Finished, placed: Placed | OutputError) -> ResultRow:
        if isinstance(placed, OutputError):
            finding = stopped(placed, made.branch)
            return self._row(made.document_type, made.branch, Status.FAILED, findings=(finding,))
        findings = (*made.findings, *said_of(placed, made.branch))
        return self._row(
            made.document_type,
            made.branch,
            placed.status,
            path=self._inner(placed.path),
            beside=self._inner(placed.beside) if placed.beside else "",
            to_fill_in=made.to_fill_in,
            findings=findings,
        )

    def _row(
        self,
        type_id: str,
        branch: str,
        status: Status,
        *,
        path: str = "",
        beside: str = "",
        to_fill_in: int = 0,
        findings: tuple[Finding, ...] = (),
    ) -> ResultRow:
        at = self._positions[branch] * len(self._plan.types) + self._plan.types.index(type_id)
        return ResultRow(at, type_id, branch, status, path, beside, to_fill_in, findings)

    def _inner(self, path: Path) -> str:
        return path.relative_to(self._out).as_posix()

    def _keep_failed(self, parts: Sequence[RawPart]) -> None:
        if not parts:
            return
        if self.failed_rows is None:
            self.failed_rows = RetryRows()
            self.failed_rows.add(self._source.raw_shared(), shared=True)
        self.failed_rows.add(parts)

    def _check_source(self, delivery: Delivery | Fallen[Order]) -> None:
        """Raise what keeps the source from being read, where that goes on."""
        error = delivery.unread if isinstance(delivery, Delivery) else None
        self._unread = self._unread + 1 if error else 0
        if error and self._unread >= _UNREAD_IN_A_ROW:
            raise error

    def _watch(self, delivery: Delivery) -> None:
        """Stop a type that spends its budget in each of its first documents: it would in all of them."""
        for one in delivery.documents:
            if one.spent:
                self._spent[one.document_type] += 1
            elif one.content or one.same:
                self._made.add(one.document_type)
        for type_id, times in self._spent.items():
            if times >= _SPENT_IN_A_ROW and type_id not in self._made:
                self._stopped.setdefault(type_id, _not_tried(times))


def _not_tried(times: int) -> Finding:
    return Finding(
        Severity.ERROR,
        _(
            "It was not tried: the template did more than any form needs for each of the first {times}."
        ).format(times=times),
        _("Mend the template; docsmith render shows for one branch what it does."),
        code="type-stopped",
    )
