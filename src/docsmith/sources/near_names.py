"""The names most like one that nobody knows, among very many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cached_property
from itertools import pairwise

_ALIKE = 0.75
_MOST = 3
# To compare a name with 100,000 others takes a second; so many take 20 ms.
_FEW = 2000
# A pair of characters that so many names have (党支, 支部) says nothing.
_COMMON = 500


class NearNames:
    """Finds names that are spelt alike; where there are many, only those that share an uncommon pair."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names

    def of(self, name: str) -> tuple[str, ...]:
        """Return up to three names that may be meant, the most like first."""
        import difflib  # 3 ms, for a name that nobody knows

        return tuple(difflib.get_close_matches(name, self._comparable(name), n=_MOST, cutoff=_ALIKE))

    def _comparable(self, name: str) -> Collection[str]:
        if len(self._names) <= _FEW:
            return self._names
        shared = (self._by_pair.get(pair, ()) for pair in _pairs(name))
        return {other for others in shared if len(others) <= _COMMON for other in others}

    @cached_property
    def _by_pair(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            for pair in _pairs(name):
                if len(names[pair]) <= _COMMON:
                    names[pair].append(name)
        return names


def _pairs(name: str) -> set[str]:
    return {first + second for first, second in pairwise(name)}
