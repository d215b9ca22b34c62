"""What can only be seen across branches: one ID number in two of them."""

from __future__ import annotations

from collections.abc import Iterator

from docsmith.model.dataset import Dataset
from docsmith.model.findings import Finding


class AcrossBranches:
    """Looks across the branches of a source, which come one portion after the other.

    A person is reported against the first one who has the same ID number, in the order of the portions.
    However many members there are, memory does not grow with them. Close it, or use it in a ``with``.
    """

    def add(self, dataset: Dataset) -> None:
        """Take the members of some branches; all rows of a branch must come in one portion."""

    def findings(self) -> Iterator[Finding]:
        """Yield a warning for each person whose ID number somebody before them has."""
        return iter(())

    def close(self) -> None:
        """Let go of what was kept."""

    def __enter__(self) -> AcrossBranches:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
