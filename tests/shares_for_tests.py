"""A dataset that is in memory, as a source in shares."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from docsmith.engine.checking import check
from docsmith.model.dataset import Dataset
from docsmith.model.findings import Finding
from docsmith.model.records import Branch, BranchRecord
from docsmith.model.rows import Record
from docsmith.plugin.manager import Manager
from docsmith.rules import RuleSettings
from docsmith.sources.shares import Head, RawPart


class NamesTicket(NamedTuple):
    """A ticket that is only names."""

    branches: tuple[str, ...]

    def split(self) -> Sequence[NamesTicket]:
        return [NamesTicket((name,)) for name in self.branches]


class InShares:
    """A source and its reader in one: rows go by the branch that they name."""

    def __init__(self, whole: Dataset) -> None:
        self._whole = whole
        shared = {name: tuple(r for r in rows if not _owner(r)) for name, rows in whole.tables.items()}
        self.head = Head(
            replace(
                whole,
                tables=shared,
                failed=tuple(row for row in whole.failed if not row.branches),
                findings=tuple(finding for finding in whole.findings if not finding.branch),
            ),
            b"",
        )

    def names(self) -> Iterator[str]:
        return iter(self._whole.branch_names)

    def branches(self) -> Iterator[Branch]:
        return iter(self._whole.branches)

    def tickets(self, names: Sequence[str], most: int) -> Iterator[NamesTicket]:
        return (NamesTicket(tuple(names[at : at + most])) for at in range(0, len(names), most))

    def raw_shared(self) -> tuple[RawPart, ...]:
        return ()

    def reader(self) -> InShares:
        return self

    def close(self) -> None:
        pass

    def read(self, ticket: NamesTicket) -> _Portion:
        return _Portion(self, ticket.branches)

    def of(self, names: frozenset[str]) -> Dataset:
        whole, head = self._whole, self.head.dataset
        return replace(
            head,
            tables={
                name: tuple(r for r in rows if not _owner(r) or _owner(r) in names)
                for name, rows in whole.tables.items()
            },
            failed=(*head.failed, *(row for row in whole.failed if not names.isdisjoint(row.branches))),
            findings=(*head.findings, *(f for f in whole.findings if f.branch in names)),
        )


class _Portion(NamedTuple):
    source: InShares
    branches: tuple[str, ...]

    def digest(self, branch: str) -> bytes:
        return branch.encode()

    def dataset(self, names: Collection[str]) -> Dataset:
        return self.source.of(frozenset(names))

    def raw(self, names: Collection[str]) -> tuple[RawPart, ...]:
        return ()


def _owner(record: Record) -> str:
    if isinstance(record, Branch):
        return record.name
    return record.branch if isinstance(record, BranchRecord) else ""


def findings_of(dataset: Dataset, manager: Manager, settings: RuleSettings, year: int) -> list[Finding]:
    """Return what ``docsmith check`` finds in a dataset."""
    found = check(InShares(dataset), manager, list(manager.types.values()), settings, dataset.survey, year)
    return [finding for _rank, finding in found]
