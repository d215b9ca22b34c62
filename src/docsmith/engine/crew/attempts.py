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
    """The tickets of one run, pulled one by one, those that have to be tried again first.

    A suspect is tried while nobody else works: otherwise another ticket, one that takes all the memory, could
    have its worker killed again.
    """

    def __init__(self, tickets: Iterable[T]) -> None:
        self._tickets = iter(tickets)
        self._first: deque[Attempt[T]] = deque()
        self._out = 0  # attempts that were taken and of which nothing was heard yet
        self._suspect_out = False
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

    def go_on(self) -> bool:
        """Say whether there is an attempt, and it may be taken now."""
        if self._suspect_out or not self.waiting():
            return False
        return not (self._out and self._first[0].suspect)

    def unfinished(self) -> bool:
        """Say whether there is anything left to do, or to wait for."""
        return self._out > 0 or self.waiting()

    def take(self) -> Attempt[T]:
        """Take the next attempt, if :meth:`go_on` says so."""
        attempt = self._first.popleft()
        self._out += 1
        self._suspect_out = attempt.suspect
        return attempt

    def done(self, attempt: Attempt[T]) -> None:
        """Note that an attempt has its result."""
        self._out -= 1
        if attempt.suspect:
            self._suspect_out = False

    def put_back(self, attempt: Attempt[T]) -> None:
        """Take an attempt back that its worker had not begun when it died."""
        self.done(attempt)
        self._first.appendleft(attempt)

    def blame(self, attempt: Attempt[T], reason: str, *, again: bool = True) -> Fallen[T] | None:
        """Decide what becomes of a ticket whose worker died over it, for this reason.

        It is tried once more, if it may be tried ``again`` as a whole, and then in parts; one that has no
        parts is always tried once more, and has fallen if its worker dies then as well.
        """
        self.done(attempt)
        parts = attempt.ticket.split()
        if not attempt.suspect and (again or len(parts) <= 1):
            self._first.appendleft(Attempt(attempt.ticket, suspect=True))
        elif len(parts) <= 1:
            return Fallen(attempt.ticket, reason)
        else:
            self._first.extendleft(Attempt(part) for part in reversed(parts))
        return None

    def end(self) -> None:
        """Raise what pulling tickets raised, if it did."""
        if self._error:
            raise self._error
