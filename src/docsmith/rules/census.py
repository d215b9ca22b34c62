"""What the rules for a whole unit look at: figures over all branches, which may come portion by portion."""

from __future__ import annotations

from docsmith.model.dataset import Dataset
from docsmith.model.figures.members import FORMAL, PROBATIONARY
from docsmith.model.records import Member, Unit


class Census:
    """The Party members of a unit, counted branch by branch.

    ``complete`` tells whether every branch has a roster, so that ``members`` is more than a lower bound;
    ``unread`` names the sheets of which rows could not be read.
    """

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.members = 0
        self.complete = True
        self.unread: set[str] = set()

    def add(self, dataset: Dataset) -> None:
        """Count some branches; all rows of a branch must come at once."""
        rows = dataset.tables.get("members", ())
        of = [m.branch for m in rows if isinstance(m, Member) and m.status in (FORMAL, PROBATIONARY)]
        self.members += len(of)
        self.complete &= {branch.name for branch in dataset.branches} <= set(of)
        self.unread |= {row.sheet for row in dataset.failed}
