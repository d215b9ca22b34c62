"""What the parent does: it hands out orders, and puts what comes back in its place. It alone writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from docsmith._i18n import gettext as _
from docsmith.engine.batch.job import Assignment
from docsmith.engine.batch.orders import Delivery, Finished, Order
from docsmith.engine.batch.placing import Placing
from docsmith.engine.batch.plan import Plan
from docsmith.engine.batch.whole import UnitDocuments
from docsmith.engine.crew import Fallen, open_crew
from docsmith.engine.ledger import Ledger, ResultRow
from docsmith.engine.outcomes import worker_died
from docsmith.engine.report.retry import RetryRows
from docsmith.engine.writing import Status, Writer
from docsmith.model.findings import Finding, Severity
from docsmith.sources.shares import RawPart, Source

_BRANCHES_A_TICKET = 50
"""So many that a ticket takes longer than its way, so few that a crew ends soon and evenly."""
_SPENT_IN_A_ROW = 10
"""A type whose first documents all cost more than any form needs is not tried for all the others."""
_UNREAD_IN_A_ROW = 3
"""Tickets that could not be read, one after the other: the source itself is gone."""


class Batch:
    """One run of a batch, over an open ledger."""

    def __init__(
        self, source: Source, assignment: Assignment, plan: Plan, out: Path, ledger: Ledger, writer: Writer
    ) -> None:
        self._source, self._assignment, self._ledger = source, assignment, ledger
        self.plan = plan
        self._placing = Placing(plan, assignment.year, out, ledger, writer)
        self._stopped = dict(plan.broken)
        self._spent: Counter[str] = Counter()
        self._made: set[str] = set()
        self._unread = 0
        self._digests: dict[str, bytes] = {}
        self.done = 0
        """How much of :attr:`Plan.wanted` is done."""
        self.counts: Counter[tuple[str, Status]] = Counter()
        self.failed_rows: RetryRows | None = None
        """The rows of branches that failed because of them; ``None`` where there are none."""

    def run(self, run: int) -> Iterator[int]:
        """Make all documents; yield how much of :attr:`Plan.wanted` is done, as the orders come back.

        What is done is in its place and in the ledger, under the number of the run.
        """
        with open_crew(self._assignment, jobs=self.plan.jobs, engine=self.plan.engine) as crew:
            for order, delivery in crew.results(self._orders()):
                self._note(run, self._settled(order, delivery))
                yield self._count(len(order.ticket.branches) * len(self.plan.types))
                self._check_source(delivery)
        for made in self._of_unit():
            self._note(run, self._placing.placed([made]))
            yield self._count(1)

    def _note(self, run: int, rows: Sequence[ResultRow]) -> None:
        self._ledger.record(run, rows)
        self.counts.update((row.document_type, row.status) for row in rows)

    def _count(self, number: int) -> int:
        self.done += number
        return number

    def _orders(self) -> Iterator[Order]:
        for ticket in self._source.tickets(self.plan.branches, _BRANCHES_A_TICKET):
            folders = {name: self.plan.folders[name] for name in ticket.branches}
            known = self._placing.known(ticket.branches)
            copies = self._placing.copies(ticket.branches)
            types = tuple(one for one in self.plan.types if one not in self._stopped)
            yield Order(ticket, types, folders, known, copies, bool(self.plan.of_unit))

    def _settled(self, order: Order, delivery: Delivery | Fallen[Order]) -> list[ResultRow]:
        """Put the documents of an order in their places; return what became of them, in order."""
        branches = order.ticket.branches
        if isinstance(delivery, Fallen):
            rows = [
                self._placing.failed(type_id, name, worker_died(delivery.reason, name))
                for name in branches
                for type_id in order.types
            ]
        else:
            self._keep_failed(delivery.failed_rows)
            self._watch(delivery)
            self._digests.update(delivery.digests)
            rows = self._placing.placed(delivery.documents)
        for type_id in self.plan.types:
            if type_id not in order.types:
                finding = self._stopped[type_id]
                rows += [
                    self._placing.failed(type_id, name, finding._replace(branch=name)) for name in branches
                ]
        self._placing.forget(branches)
        return sorted(rows)

    def _of_unit(self) -> Iterator[Finished]:
        """Yield the documents of the whole unit."""
        broken = self.plan.broken
        types = [one for one in self.plan.of_unit if one not in broken]
        yield from (Finished(one, "", findings=(broken[one],)) for one in self.plan.of_unit if one in broken)
        if types:
            known = self._placing.known([""])
            documents = UnitDocuments(
                self._source, self._assignment, types, self.plan.branches, self._digests
            )
            yield from (documents.document(one, known.get((one, ""), "")) for one in types)

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
