"""What a manifest means with the sheets of a run: every name of a sheet or a column is the English one."""

from __future__ import annotations

from typing import NamedTuple

from docsmith.model.columns import Column
from docsmith.model.conditions import Condition
from docsmith.model.findings import Severity
from docsmith.model.ordering import SortKey
from docsmith.plugin.per import PerRow


class JoinPlan(NamedTuple):
    """The answers of a branch beside items: ``item`` and ``answer`` are the columns that must agree."""

    sheet: str
    title: str
    item: Column
    answer: Column
    columns: tuple[Column, ...]


class RowsPlan(NamedTuple):
    """``[[tables]]``: rows made ready for the template.

    ``columns`` are those of ``sheet``, ``join`` has those of the answers. ``month`` is the column that says
    the month, in a table of twelve.
    """

    name: str
    title: str
    sheet: str
    columns: tuple[Column, ...]
    where: tuple[Condition, ...] = ()
    sort: tuple[SortKey, ...] = ()
    groups: tuple[str, ...] = ()
    totals: tuple[Column, ...] = ()
    minimum: int = 0
    month: Column | None = None
    join: JoinPlan | None = None

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The columns of a row, those of the answers behind its own."""
        return self.columns + (self.join.columns if self.join else ())


class RulePlan(NamedTuple):
    """``[[rules]]``: how many rows of a sheet may, or must, be so; ``title`` is the sheet's.

    ``of_branch`` says whether its rows are a branch's; those of the unit are the same for all of them.
    """

    id: str
    sheet: str
    title: str
    of_branch: bool
    where: tuple[Condition, ...]
    message: str
    severity: Severity
    source: str
    at_least: int | None
    at_most: int | None


class Plan(NamedTuple):
    """What a document type needs and makes of the sheets; ``uses`` are all sheets that it needs.

    ``per`` are the rows that have a document each; ``None`` where there is one for a branch, or for the unit.
    """

    uses: tuple[str, ...] = ("unit", "branches")
    tables: tuple[RowsPlan, ...] = ()
    rules: tuple[RulePlan, ...] = ()
    per: PerRow | None = None
