"""A crew of one: this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic

from docsmith.engine.crew.contract import Job, R, T


class Alone(Generic[T, R]):
    """Does tickets where it is, one after the other, as results are asked for."""

    def __init__(self, job: Job[Any, T, R]) -> None:
        self._job = job
        self._state: list[Any] = []  # of one, once it is prepared

    def results(self, tickets: Iterable[T]) -> Iterator[tuple[T, R]]:
        """See :class:`docsmith.engine.crew.contract.Crew`; here nobody falls but this process itself."""
        if not self._state:
            self._state.append(self._job.prepare())
        for ticket in tickets:
            yield ticket, self._job.perform(self._state[0], ticket)
