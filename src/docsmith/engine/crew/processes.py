"""A crew of processes on this machine.

Not ``concurrent.futures``: there the death of one worker breaks the pool, and nobody knows which ticket it
was working on. Here every worker has a pipe of its own and answers in order, so that the first ticket that it
has not answered is the one to blame, and the others' work goes on.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any, Generic

from docsmith import _i18n
from docsmith._files import reason_of
from docsmith._i18n import gettext as _
from docsmith.engine.crew.attempts import Attempt, Attempts
from docsmith.engine.crew.contract import Fallen, Job, R, T
from docsmith.engine.crew.deaths import cause_of_death
from docsmith.engine.crew.worker import GRACE, Word, serve
from docsmith.errors import OutputError

_AT_ONCE = 2  # tickets that a worker has: one in work, and the next, so that it never waits for the parent
_LOOK = 0.002  # seconds between two looks at a process that is about to end
_STARTS = 3  # workers killed one after the other while they start, until the run gives up
# Windows does not interrupt waiting for a pipe on Ctrl-C: look up from it from time to time.
_PATIENCE = 0.5 if os.name == "nt" else None


class Worker(Generic[T]):
    """One process, seen from its parent."""

    def __init__(self) -> None:
        """Start it, by the same way on every system; raises :class:`OutputError` where the system refuses."""
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs,), daemon=True)
        self.prepared = False
        self.given: deque[Attempt[T]] = deque()  # and not yet answered, in this order
        try:
            with _ctrl_c_held_back():
                self.process.start()
        except OSError as error:
            self.connection.close()
            raise OutputError(
                _("No worker process can be started: {reason}.").format(reason=reason_of(error)),
                hint=_("Try again with a smaller --jobs."),
            ) from error
        finally:
            theirs.close()

    def give(self, attempt: Attempt[T]) -> None:
        """Send a ticket; where the worker has just died, that is noticed when its answer is awaited."""
        self.given.append(attempt)
        self.send(pickle.dumps(attempt.ticket, pickle.HIGHEST_PROTOCOL))

    def send(self, message: bytes) -> None:
        """Send bytes, if anybody is there."""
        with contextlib.suppress(OSError):
            self.connection.send_bytes(message)


class Processes(Generic[T, R]):
    """Up to ``jobs`` worker processes, started as there is work for them."""

    def __init__(self, job: Job[Any, T, R], jobs: int) -> None:
        self._job = pickle.dumps((job, _i18n.language()), pickle.HIGHEST_PROTOCOL)
        self._jobs = jobs
        self._workers: dict[Connection, Worker[T]] = {}
        self._killed_starting = 0

    def results(self, tickets: Iterable[T]) -> Iterator[tuple[T, R | Fallen[T]]]:
        """See :class:`docsmith.engine.crew.contract.Crew`."""
        work = Attempts(tickets)
        try:
            self._employ(work)
            while work.unfinished():
                ready = wait(list(self._workers), _PATIENCE)
                for worker in [self._workers[one] for one in self._workers if one in ready]:
                    done = self._hear(worker, work)
                    self._employ(work)  # first, for whoever takes a result may be long about it
                    if done:
                        yield done
        finally:
            dismiss([worker for worker in self._workers.values() if worker.given])
            self._workers = {key: worker for key, worker in self._workers.items() if not worker.given}
        work.end()

    def close(self) -> None:
        """End all workers, at once."""
        dismiss(list(self._workers.values()))
        self._workers.clear()

    def _employ(self, work: Attempts[T]) -> None:
        """Start workers and give out tickets, as far as there are tickets, workers, and room."""
        ready = [worker for worker in self._workers.values() if worker.prepared]
        starting = len(self._workers) - len(ready)
        while len(self._workers) < self._jobs and work.waiting(starting + 1):
            worker = Worker[T]()
            self._workers[worker.connection] = worker
            starting += 1
        while ready and work.go_on():
            freest = min(ready, key=lambda worker: len(worker.given))
            # Those who are starting get their share, also where there are few tickets.
            if len(freest.given) >= _AT_ONCE or (freest.given and not work.waiting(starting + 1)):
                return
            freest.give(work.take())

    def _hear(self, worker: Worker[T], work: Attempts[T]) -> tuple[T, R | Fallen[T]] | None:
        """Receive what a worker says, or learn that it is dead."""
        try:
            answer = worker.connection.recv_bytes()
        except (EOFError, OSError):
            return self._bury(worker, work)
        word, value = pickle.loads(answer)  # noqa: S301
        if word is Word.RAISED:
            raise value
        if word is Word.DONE:
            attempt = worker.given.popleft()
            work.done(attempt)
            return attempt.ticket, value
        if word is Word.STARTED:
            worker.send(self._job)
        else:
            worker.prepared, self._killed_starting = True, 0
        return None

    def _bury(self, worker: Worker[T], work: Attempts[T]) -> tuple[T, R | Fallen[T]] | None:
        """Take a dead worker's tickets back; its place is free for another."""
        del self._workers[worker.connection]
        dismiss([worker])
        code = worker.process.exitcode or 0
        if not worker.prepared:
            self._killed_starting += 1
            if code >= 0 or self._killed_starting >= _STARTS:
                raise OutputError(
                    _("A worker process ended while it started: {reason}").format(reason=cause_of_death(code))
                )
            return None
        if not worker.given:
            return None
        blamed = worker.given.popleft()
        while worker.given:
            work.put_back(worker.given.pop())
        fallen = work.blame(blamed, cause_of_death(code))
        return (fallen.ticket, fallen) if fallen else None


def dismiss(workers: list[Worker[T]]) -> None:
    """End workers: they see their pipe close and may clear up for a moment; whoever does not is killed."""
    for worker in workers:
        worker.connection.close()
    deadline = time.monotonic() + GRACE
    for worker in workers:
        # Asked again and again: join(timeout) waits for a pipe, which a child of the worker may keep open.
        while worker.process.exitcode is None and time.monotonic() < deadline:
            time.sleep(_LOOK)
        if worker.process.exitcode is None:
            worker.process.kill()
        worker.process.join()


@contextlib.contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Have Ctrl-C wait while a process starts, which inherits that until it has made up its own mind."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # The process that multiprocessing starts beside its first one lets Ctrl-C through again (CPython 3.11,
    # resource_tracker.py): so it comes before. It is for POSIX alone.
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
