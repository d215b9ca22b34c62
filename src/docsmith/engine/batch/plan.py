"""What a batch is to make, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from docsmith.model.findings import Finding

_MOST_OF_A_BRANCH = 1 << 20
"""Documents of one type: so many places in the order of the run are kept free for a branch."""


class Plan(NamedTuple):
    """What a batch is to make: these types, in this order, for these branches, in theirs.

    ``broken`` are types that cannot be made at all, and why. ``fresh`` makes again what is as it was.
    ``several`` are those of the types that a branch may have several documents of; ``of_unit`` are further
    types, made of all branches when everything else is done.
    """

    types: tuple[str, ...]
    branches: Sequence[str]
    folders: Mapping[str, str]
    templates: Mapping[str, str]
    broken: Mapping[str, Finding]
    jobs: int = 1
    engine: str = ""
    fresh: bool = False
    several: frozenset[str] = frozenset()
    of_unit: tuple[str, ...] = ()

    @property
    def wanted(self) -> int:
        """How much there is to make: each type for each branch counts once, each of the unit as well."""
        return len(self.types) * len(self.branches) + len(self.of_unit)

    @property
    def positions(self) -> int:
        """How many places there are for documents in the order of the run: those of their PDFs follow."""
        return self.wanted * self._step

    @property
    def _step(self) -> int:
        return _MOST_OF_A_BRANCH if self.several else 1

    def position(self, type_id: str, branch: int) -> int:
        """Return the place of a document in the order of the run: by branch, then by type.

        It is that of the first, where a branch has several. ``branch`` is the place of the branch; documents
        of the unit come behind all branches.
        """
        if type_id in self.of_unit:
            at = len(self.types) * len(self.branches) + self.of_unit.index(type_id)
        else:
            at = branch * len(self.types) + self.types.index(type_id)
        return at * self._step
