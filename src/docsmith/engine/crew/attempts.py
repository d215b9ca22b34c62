"""What is to be done next, and what becomes of a ticket whose worker died."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Generic, NamedTuple

from docsmith.engine.crew.contract import Fallen, T


class Attempt(NamedTuple, Generic[T]):
    """A ticket that is to be done; a suspect has killed a worker before."""

    ticket: T
    suspect: bool = False


class Attempts(Generic[T]):
    """The tickets of one run, pulled one by one, those that have to be tried again first."""

    def __init__(self, tickets: Iterable[T]) -> None:
        self._tickets = iter(tickets)
        self._first: deque[Attempt[T]] = deque()
        self._ended = False
        self._error: Exception | None = None

    def waiting(self, count: int = 1) -> bool:
        """Say whether there are this many attempts to take, pulling tickets as needed."""
        while len(self._first) < count and not self._ended:
            try:
                self._first.append(Attempt(next(self._tickets)))
            except StopIteration:
                self._ended = True
            except Exception as error:  # raised by `end`, when what was pulled before is done
                self._ended, self._error = True, error
        return len(self._first) >= count

    def next(self) -> Attempt[T]:
        """Return the attempt that :meth:`take` would take; there is one :meth:`waiting`."""
        return self._first[0]

    def take(self) -> Attempt[T]:
        """Take the next attempt; there is one :meth:`waiting`."""
        return self._first.popleft()

    def put_back(self, attempt: Attempt[T]) -> None:
        """Take an attempt back that its worker had not begun when it died."""
        self._first.appendleft(attempt)

    def blame(self, attempt: Attempt[T], reason: str) -> Fallen[T] | None:
        """Decide what becomes of a ticket whose worker died over it, for this reason.

        It is tried once more, then in parts; a part that kills twice as well has fallen, and is returned.
        """
        if not attempt.suspect:
            self._first.appendleft(Attempt(attempt.ticket, suspect=True))
            return None
        parts = attempt.ticket.split()
        if len(parts) <= 1:
            return Fallen(attempt.ticket, reason)
        self._first.extendleft(Attempt(part) for part in reversed(parts))
        return None

    def end(self) -> None:
        """Raise what pulling tickets raised, if it did."""
        if self._error:
            raise self._error
