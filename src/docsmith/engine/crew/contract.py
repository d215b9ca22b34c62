"""What a crew is given and what it gives back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar


class Splittable(Protocol):
    """A ticket: some work that can be sent to another process, and taken apart where it kills its worker."""

    def split(self) -> Sequence[Any]:
        """Return the smallest tickets that this one consists of: one where it cannot be taken apart."""


S = TypeVar("S")
T = TypeVar("T", bound=Splittable)
R = TypeVar("R")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


class Job(Protocol[S, T_contra, R_co]):
    """What workers do. It is sent to each of them once: keep it and the imports of its module light."""

    def prepare(self) -> S:
        """Return what every ticket needs; called once in each worker process."""

    def perform(self, state: S, ticket: T_contra) -> R_co:
        """Do one ticket. The same ticket may be done again elsewhere, so nothing outside may be changed.

        What it raises ends the whole run: what is wrong with a ticket alone belongs in the result.
        """


class Fallen(NamedTuple, Generic[T]):
    """A ticket that killed its worker twice and cannot be split: ``reason`` is for the reader."""

    ticket: T
    reason: str


class Crew(Protocol[T, R_co]):
    """Workers that are ready for tickets."""

    def results(self, tickets: Iterable[T]) -> Iterator[tuple[T, R_co | Fallen[T]]]:
        """Yield every ticket with its result, as they are ready, in no order.

        Tickets are pulled while workers have room, two or three for each; where results are taken slowly,
        workers wait. A ticket that was split is yielded in its parts. What pulling a ticket raises is raised
        after the results of those pulled before; what ``perform`` and ``prepare`` raise, at once.
        """
