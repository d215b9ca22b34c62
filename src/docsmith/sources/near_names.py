"""The names most like one that nobody knows, among very many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import pairwise

_ALIKE = 0.75
_MOST = 3
# To compare two names takes 20 µs. So many are compared, or those that have most pairs of characters in
# common: thousands of names that nobody knows, the members of other units, take a second.
_FEW = 30
# A pair of characters that so many names have (党支, 支部) says nothing.
_COMMON = 200
# So much of a name is looked at; none is longer.
_LONGEST = 60


class NearNames:
    """Finds names that are spelt alike; where there are many, only those that share an uncommon pair."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names

    def of(self, name: str) -> tuple[str, ...]:
        """Return up to three names that may be meant, the most like first."""
        import difflib  # 3 ms, for a name that nobody knows

        asked = name[:_LONGEST]
        return tuple(difflib.get_close_matches(asked, self._comparable(asked), n=_MOST, cutoff=_ALIKE))

    def _comparable(self, name: str) -> Collection[str]:
        if len(self._names) <= _FEW:
            return self._names
        shared: Counter[str] = Counter()
        for pair in _pairs(name):
            others = self._by_pair.get(pair, ())
            if len(others) <= _COMMON:
                shared.update(others)
        return [other for other, _pairs_shared in shared.most_common(_FEW)]

    @cached_property
    def _by_pair(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            for pair in _pairs(name[:_LONGEST]):
                if len(names[pair]) <= _COMMON:
                    names[pair].append(name)
        return names


def _pairs(name: str) -> Sequence[str]:
    """Return the pairs of characters in a name, each once, in order."""
    return list(dict.fromkeys(first + second for first, second in pairwise(name)))
