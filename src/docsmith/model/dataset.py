"""All records of one run: what a source says, and what could not be read of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from docsmith.model.dossier import Dossier
from docsmith.model.findings import Finding
from docsmith.model.records import Branch, BranchRecord, Plan, Unit
from docsmith.model.rows import Record
from docsmith.model.schedule import is_of_another_year
from docsmith.model.schema import Schema
from docsmith.model.survey import USUAL_SURVEY, Survey

if TYPE_CHECKING:
    from docsmith.model.pictures import Pictures


class FailedRow(NamedTuple):
    """A row that could not become a record: it stops the documents that need it, and no others.

    ``branches`` are the branches whose documents would be wrong without it: the one it names, or each that
    its name stands for where that is several; none for a row that concerns everybody (of the unit), or that
    may be anybody's (of no known branch, however alike a name is): that one leaves a doubt on every document.
    """

    sheet: str
    branches: tuple[str, ...]
    finding: Finding


@dataclass(frozen=True)
class Dataset:
    """What a source says: validated records by sheet, and everything that was found on the way.

    ``tables`` has every sheet of ``schema`` but 单位, by English name, in the order of the source; the
    ``branch`` of each record is spelt as in the sheet 支部. ``examples`` names the sheets whose rows are the
    examples that a plugin ships, because the unit has none of its own. ``partial`` tells that a file or a
    table could not be read at all, and may hold anything. ``survey`` is how the unit counts votes,
    ``pictures`` the folders that pictures lie in, where the schema has any.
    """

    schema: Schema
    unit: Unit
    tables: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    failed: tuple[FailedRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    examples: frozenset[str] = frozenset()
    partial: bool = False
    survey: Survey = USUAL_SURVEY
    pictures: Pictures | None = None

    @property
    def branches(self) -> tuple[Branch, ...]:
        """The branches, in the order of the source."""
        return self.tables.get("branches", ())  # type: ignore[return-value]

    @property
    def branch_names(self) -> tuple[str, ...]:
        """The names of all branches: of those that were read, then of those whose own row failed."""
        failed = (name for row in self.failed if row.sheet == "branches" for name in row.branches)
        return tuple(dict.fromkeys([*(branch.name for branch in self.branches), *failed]))

    @cached_property
    def _by_branch(self) -> Mapping[str, Mapping[str, tuple[Record, ...]]]:
        grouped: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        for sheet, records in self.tables.items():
            for record in records:
                if isinstance(record, BranchRecord):
                    grouped[record.branch][sheet].append(record)
        return {
            branch: {sheet: tuple(records) for sheet, records in sheets.items()}
            for branch, sheets in grouped.items()
        }

    def dossier(self, branch: Branch, year: int | None = None) -> Dossier:
        """Return all that is known about a branch, for one year (that of the sheet 单位 by default).

        For another year than the data's, the report date and the sheets that bear no date are left out:
        they are of the data's year.
        """
        tables = {**self._shared, **self._by_branch.get(branch.name, {})}
        return self._dossier(branch, tables, self._unread(branch), year)

    def dossier_of_unit(self, year: int | None = None) -> Dossier:
        """Return all that is known about the whole unit, for one year, as :meth:`dossier` does for a branch.

        Rows come branch by branch, in the order of the branches, those of each in the order of the source.
        In the place of the branch stands one that has the unit's name, and nothing else.
        """
        place = {name: at for at, name in enumerate(self.branch_names)}
        tables = {
            sheet: tuple(sorted(records, key=lambda record: place.get(getattr(record, "branch", ""), 0)))
            for sheet, records in self.tables.items()
        }
        stand_in = Branch.of({"name": self.unit.name})
        unread = self._unread(stand_in).union(row.sheet for row in self.failed)
        return self._dossier(stand_in, tables, unread, year)

    def _dossier(
        self,
        branch: Branch,
        tables: Mapping[str, tuple[Record, ...]],
        unread: frozenset[str],
        year: int | None,
    ) -> Dossier:
        unit = self.unit
        if year is not None and year != unit.year:
            unit = unit.changed(year=year, report_date=None)
            tables = {sheet: _of_other_year(sheet, records, year) for sheet, records in tables.items()}
        return Dossier(unit, branch, unit.year, tables, self.examples, unread, self.survey)

    def _unread(self, branch: Branch) -> frozenset[str]:
        """Return the sheets that may lack rows of a branch: a row of no known branch could be anybody's."""
        if self.partial:
            return frozenset(self.schema.sheets)
        return self._anybodys.union(row.sheet for row in self._failed_by_branch.get(branch.name, ()))

    def stopping(self, branch: str) -> Iterator[FailedRow]:
        """Yield the failed rows that would have been part of a branch's data: everybody's, and its own."""
        yield from self._everybodys
        yield from self._failed_by_branch.get(branch, ())

    @cached_property
    def _failed_by_branch(self) -> Mapping[str, tuple[FailedRow, ...]]:
        """The failed rows by the branches whose documents would be wrong without them."""
        grouped: dict[str, list[FailedRow]] = defaultdict(list)
        for row in self.failed:
            for branch in row.branches:
                grouped[branch].append(row)
        return {branch: tuple(rows) for branch, rows in grouped.items()}

    @cached_property
    def _everybodys(self) -> tuple[FailedRow, ...]:
        """The failed rows of sheets that belong to no branch."""
        sheets = {name for name, sheet in self.schema.sheets.items() if _is_everybodys(sheet.record)}
        return tuple(row for row in self.failed if not row.branches and row.sheet in sheets)

    @cached_property
    def _anybodys(self) -> frozenset[str]:
        """The sheets of failed rows that name no branch: each may be any branch's."""
        return frozenset(row.sheet for row in self.failed if not row.branches)

    @cached_property
    def _shared(self) -> Mapping[str, tuple[Record, ...]]:
        """The sheets that belong to no branch."""
        return {
            sheet: records
            for sheet, records in self.tables.items()
            if records and _is_everybodys(type(records[0]))
        }


def _is_everybodys(record: type[Record]) -> bool:
    """Tell whether records belong to no branch, and are none."""
    return not issubclass(record, BranchRecord | Branch)


def _of_other_year(sheet: str, records: tuple[Record, ...], year: int) -> tuple[Record, ...]:
    """Return the records of a sheet that say something of a year which is not that of the data."""
    if sheet in ("self_checks", "ballots", "summaries"):
        return ()
    if sheet == "plans":
        return tuple(plan for plan in records if isinstance(plan, Plan) and _is_planned_for(plan, year))
    if sheet == "problems":
        return tuple(problem for problem in records if year in _years(problem, "found_on"))
    return records


def _is_planned_for(plan: Plan, year: int) -> bool:
    return bool(plan.starts_on or plan.due_on) and not is_of_another_year(plan, year)


def _years(record: Record, *dates: str) -> set[int]:
    return {date.year for name in dates if (date := getattr(record, name)) is not None}
