"""The part of a dataset that one document is about: a branch's records, for one year."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any

from docsmith.model.dates import PartialDate
from docsmith.model.records import (
    Activity,
    Ballot,
    Branch,
    Member,
    Plan,
    Problem,
    SelfCheck,
    Summary,
    Talk,
    Unit,
)
from docsmith.model.rows import Record
from docsmith.model.survey import USUAL_SURVEY, Survey

_FIRST_DAY = attrgetter("date.first")


@dataclass(frozen=True)
class Dossier:
    """All records of one branch: what a document is made from, and what the rules look at.

    ``tables`` holds every record of the branch, of any year, and the sheets that belong to no branch; the
    properties for events (``activities``, ``talks``) hold those of ``year`` up to the report date.
    ``examples`` names the sheets whose rows are a plugin's examples, not the unit's. ``unread`` names those
    that may lack rows of this branch, because some could not be read. ``survey`` is how the unit counts
    votes. ``record`` is the row that a document is made for, where there is one for each row of a sheet.
    ``kept`` is for what follows from all this but the record (:mod:`docsmith.model.once`).
    """

    unit: Unit
    branch: Branch
    year: int
    tables: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    examples: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    survey: Survey = USUAL_SURVEY
    record: Record | None = None
    kept: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def about(self, record: Record) -> Dossier:
        """Return the dossier for a document that is made for this row; both keep what follows together."""
        one = replace(self, record=record)
        object.__setattr__(one, "kept", self.kept)
        return one

    @cached_property
    def as_of(self) -> PartialDate:
        """The day that ages and overdue dates are counted at: the report date, else the year's last day.

        Never the clock: the same data gives the same document on any day.
        """
        report_date = self.unit.report_date
        if report_date and report_date.year == self.year:
            return PartialDate.of(report_date.last)
        return PartialDate(self.year, 12, 31)

    def rows(self, sheet: str) -> tuple[Any, ...]:
        """Return the records of a sheet, by its English name; empty where there are none."""
        return self.tables.get(sheet, ())

    @property
    def members(self) -> tuple[Member, ...]:
        """Everybody in the sheet 党员, whatever their status."""
        return self.rows("members")

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """The activities of the year up to the report date, oldest first."""
        return _of_year(self.rows("activities"), self.year, self.as_of.last)

    @cached_property
    def activities_by_kind(self) -> Mapping[str, tuple[Activity, ...]]:
        """The same by their kind; a kind that there was none of is absent."""
        by_kind: dict[str, list[Activity]] = defaultdict(list)
        for activity in self.activities:
            by_kind[activity.kind].append(activity)
        return {kind: tuple(activities) for kind, activities in by_kind.items()}

    @cached_property
    def talks(self) -> tuple[Talk, ...]:
        """The talks of the year up to the report date, oldest first."""
        return _of_year(self.rows("talks"), self.year, self.as_of.last)

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The tasks, in the order of the source."""
        return self.rows("plans")

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems, in the order of the source."""
        return self.rows("problems")

    @property
    def self_checks(self) -> tuple[SelfCheck, ...]:
        """The answers that the branch has given."""
        return self.rows("self_checks")

    @property
    def ballots(self) -> tuple[Ballot, ...]:
        """The tallies of the survey."""
        return self.rows("ballots")

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """The passages of the year-end summary."""
        return self.rows("summaries")


def _of_year(events: Iterable[Any], year: int, last: dt.date) -> tuple[Any, ...]:
    """Return the events of a year that began by ``last``, a day of it, oldest first, else as they came."""
    begin = dt.date(year, 1, 1)
    return tuple(sorted([event for event in events if begin <= event.date.first <= last], key=_FIRST_DAY))
