"""What is worth making only if somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Later(Sequence[T_co]):
    """A sequence that is made when somebody first looks into it, and compares as a tuple.

    A document prints the outcome of a rule, and throws the sentences about it away.
    """

    def __init__(self, make: Callable[[], Iterable[T_co]]) -> None:
        self._make: Callable[[], Iterable[T_co]] | None = make
        self._items: tuple[T_co, ...] = ()

    def _made(self) -> tuple[T_co, ...]:
        if self._make is not None:
            self._items, self._make = tuple(self._make()), None
        return self._items

    def __getitem__(self, index: Any) -> Any:
        return self._made()[index]

    def __len__(self) -> int:
        return len(self._made())

    def __eq__(self, other: object) -> bool:
        return self._made() == (other._made() if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self._made())

    def __repr__(self) -> str:
        return repr(self._made())
