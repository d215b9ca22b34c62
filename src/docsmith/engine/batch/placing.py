"""Finished documents to their places, and what became of them to rows in the order of the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docsmith._version import VERSION
from docsmith.engine.batch.copy_sets import CopySets
from docsmith.engine.batch.orders import Finished
from docsmith.engine.batch.plan import Plan
from docsmith.engine.copies.gone import left
from docsmith.engine.copies.naming import Known
from docsmith.engine.ledger import Entry, Ledger, Origin, ResultRow
from docsmith.engine.outcomes import said_of, stopped
from docsmith.engine.writing import Document, Placed, Status, Writer
from docsmith.errors import OutputError
from docsmith.model.findings import Finding

_Key = tuple[str, str]


class Placing:
    """Puts the documents of a run in their places; it knows which are there as docsmith left them."""

    def __init__(self, plan: Plan, year: int, out: Path, ledger: Ledger, writer: Writer) -> None:
        self._plan, self._year, self._out = plan, year, out
        self._ledger, self._writer = ledger, writer
        self._branches = {name: at for at, name in enumerate(plan.branches)}
        self._entries: dict[_Key, Entry] = {}
        self._sets = CopySets(ledger, year, out, plan.several)

    def known(self, branches: Sequence[str]) -> Mapping[_Key, str]:
        """Return what the documents were made from that are in their places, by type and branch.

        The documents that there are of one type for a branch are in their places together, or not.
        """
        known: dict[_Key, str] = {}
        if not self._plan.fresh:
            entries = self._ledger.known(self._year, branches)
            made = (*self._plan.types, *self._plan.of_unit)
            there = {
                key: one
                for key, one in entries.items()
                if one.inputs and key[0] in made and self._ledger.agrees(one)
            }
            self._entries.update(there)
            known = {key: entry.inputs for key, entry in there.items()}
        if self._plan.several:
            known |= self._sets.look_up(branches, fresh=self._plan.fresh)
        return known

    def copies(self, branches: Sequence[str]) -> Mapping[_Key, tuple[Known, ...]]:
        """Return the documents of earlier runs, of types that a branch has several of."""
        return self._sets.known(branches) if self._plan.several else {}

    def forget(self, branches: Sequence[str]) -> None:
        """Forget the branches of an order that is done."""
        for branch in branches:
            for type_id in self._plan.types:
                self._entries.pop((type_id, branch), None)
        self._sets.forget(branches)

    def placed(self, documents: Sequence[Finished]) -> list[ResultRow]:
        """Put documents in their places; return what became of them."""
        made = [one for one in documents if one.content is not None]
        placed = iter(self._writer.place_all([self._document(one) for one in made]))
        if not self._plan.several:
            return [row for one in documents for row in self._rows(one, placed)]
        numbers: Counter[_Key] = Counter()
        rows = [self._numbered(row, numbers) for one in documents for row in self._rows(one, placed)]
        self._sets.keep(documents, rows)
        return rows + [self._numbered(row, numbers) for row in self._left(documents)]

    def failed(self, type_id: str, branch: str, *findings: Finding) -> ResultRow:
        """Return the row of a document that there is not."""
        return self._row(Finished(type_id, branch, findings=findings), Status.FAILED)

    def _rows(self, one: Finished, placed: Iterator[Placed | OutputError]) -> Iterator[ResultRow]:
        """Yield what became of a document, or of all of a set that is as it was."""
        if one.content is not None:
            yield self._row_of(one, next(placed))
        elif one.failed:
            yield self._row(one, Status.FAILED)
        elif one.same and one.document_type in self._sets:
            for copy, entry in self._sets.unchanged(one.document_type, one.branch):
                yield self._row_of_entry(one._replace(copy=copy), entry)
        elif one.same:
            yield self._row_of_entry(one, self._entries[one.document_type, one.branch])

    def _left(self, documents: Sequence[Finished]) -> Iterator[ResultRow]:
        """Yield the documents of earlier runs whose rows are gone."""
        names: dict[_Key, set[str]] = {}
        for one in documents:
            if one.document_type in self._sets:
                of = names.setdefault((one.document_type, one.branch), set())
                if one.same:
                    of.update(copy for copy, _entry in self._sets.unchanged(one.document_type, one.branch))
                elif not one.is_none:
                    of.add(one.copy)
        for (type_id, branch), of in names.items():
            for copy, path in self._sets.left(type_id, branch, of):
                one = Finished(type_id, branch, path=path, findings=(left(path, branch),), copy=copy)
                yield self._row(one, Status.LEFT)

    def _numbered(self, row: ResultRow, numbers: Counter[_Key]) -> ResultRow:
        """Return a row behind those of the same type and branch that came before it."""
        key = row.document_type, row.branch
        numbers[key] += 1
        return row._replace(position=row.position + numbers[key] - 1)

    def _document(self, made: Finished) -> Document:
        origin = Origin(
            made.document_type,
            made.branch,
            self._plan.templates[made.document_type],
            VERSION,
            made.inputs,
            self._year,
            made.to_fill_in,
            made.copy,
            made.row,
        )
        return Document(self._out / made.path, made.content or b"", origin)

    def _row_of(self, made: Finished, placed: Placed | OutputError) -> ResultRow:
        if isinstance(placed, OutputError):
            return self._row(made._replace(findings=(stopped(placed, made.branch),), path=""), Status.FAILED)
        findings = (*made.findings, *said_of(placed, made.branch))
        beside = self._inner(placed.beside) if placed.beside else ""
        one = made._replace(path=self._inner(placed.path), findings=findings)
        return self._row(one, placed.status, beside)

    def _row_of_entry(self, one: Finished, entry: Entry) -> ResultRow:
        return self._row(
            one._replace(path=entry.path, to_fill_in=entry.to_fill_in, findings=()), Status.UNCHANGED
        )

    def _row(self, one: Finished, status: Status, beside: str = "") -> ResultRow:
        at = self._plan.position(one.document_type, self._branches.get(one.branch, 0))
        empty = 0 if status is Status.FAILED else one.to_fill_in
        return ResultRow(
            at, one.document_type, one.branch, status, one.path, beside, empty, one.findings, one.copy
        )

    def _inner(self, path: Path) -> str:
        return path.relative_to(self._out).as_posix()
