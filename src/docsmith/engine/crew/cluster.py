"""A crew on many machines: the workers of a dask scheduler, through its ``concurrent.futures`` executor.

Only the scheduler has to be reached from here. It gives tickets out, notices dead workers and has their
tickets done again; a ticket over which several workers died is a ``KilledWorker``. Workers may come and go.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from typing import Any, Generic

from docsmith._i18n import gettext as _
from docsmith.engine.crew import remote
from docsmith.engine.crew.address import CONNECTING, reachable, silent
from docsmith.engine.crew.attempts import Attempt, Attempts
from docsmith.engine.crew.contract import Fallen, Job, R, T
from docsmith.engine.crew.fingerprint import difference, fingerprint
from docsmith.engine.crew.worker import Word
from docsmith.errors import OutputError, UsageError

try:
    import dask.config
    from distributed import Client, Security
    from distributed.scheduler import KilledWorker
except ImportError as error:
    raise UsageError(
        _("A cluster needs dask.distributed, which is not here."),
        hint=_("Install it with: {command}").format(command='pip install "docsmith-forms[cluster]"'),
    ) from error

_AT_ONCE = 3  # tickets on their way for each worker: one in work, one there, one coming
_DESERTED = 60.0  # seconds without a single worker until a run is given up: they may be starting anew
_LOOK = 1.0  # seconds between two looks at who is there
# Of dask: what it says of a run that goes well is nobody's concern, and what goes wrong we say ourselves.
_LOGS = ("distributed", "distributed.client", "tornado.application")


class Cluster(Generic[T, R]):
    """The workers of a scheduler that we are connected to."""

    def __init__(self, job: Job[Any, T, R], client: Any) -> None:
        self._client = client
        self._job = client.submit(remote.keep, remote.packed(job), pure=False)
        # Not pure: or the second of two equal tickets would not be done at all. No retries: those are for
        # tasks that raise, and ours do not; dead workers' tasks are done again in any case.
        self._executor = client.get_executor(pure=False, retries=0)
        self._looked = self._peopled = time.monotonic()
        self._workers = 1

    def results(self, tickets: Iterable[T]) -> Iterator[tuple[T, R | Fallen[T]]]:
        """See :class:`docsmith.engine.crew.contract.Crew`."""
        work = Attempts(tickets)
        pending: dict[Future[bytes], Attempt[T]] = {}
        try:
            while work.unfinished():
                self._hand_out(work, pending)
                ready = wait(pending, _LOOK, FIRST_COMPLETED).done
                for future in sorted(ready, key=_has_no_result):  # what is done comes before what is wrong
                    if done := self._outcome(future, pending.pop(future), work):
                        yield done
                self._look()
        finally:
            for future in pending:
                future.cancel()
        work.end()

    def _hand_out(self, work: Attempts[T], pending: dict[Future[bytes], Attempt[T]]) -> None:
        while len(pending) < self._workers * _AT_ONCE and work.go_on():
            attempt = work.take()
            message = pickle.dumps(attempt.ticket, pickle.HIGHEST_PROTOCOL)
            pending[self._executor.submit(remote.perform, self._job, message)] = attempt

    def _look(self) -> None:
        """See from time to time how many workers there are; raises :class:`OutputError` if nobody comes."""
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        try:
            workers = len(self._client.nthreads())
        except OSError as error:
            raise _lost() from error
        self._looked = time.monotonic()
        if workers:
            self._workers, self._peopled = workers, self._looked
        elif now - self._peopled > _DESERTED:
            raise OutputError(
                _("The cluster has no worker any more."),
                hint=_("Start workers, and the same command again: it goes on where it stopped."),
            )

    def _outcome(
        self, future: Future[bytes], attempt: Attempt[T], work: Attempts[T]
    ) -> tuple[T, R | Fallen[T]] | None:
        try:
            word, value = pickle.loads(future.result())  # noqa: S301 - from a worker, which runs our code
        except KilledWorker:
            return self._killed(attempt, work, _("Several workers of the cluster died of it."))
        except (CancelledError, OSError) as error:
            raise _lost() from error
        except Exception as error:  # of dask: the worker could not even begin
            raise OutputError(_("A worker of the cluster failed: {reason}.").format(reason=error)) from error
        if word is Word.DONE:
            work.done(attempt)
            return attempt.ticket, value
        if isinstance(value, MemoryError):
            return self._killed(attempt, work, _("The worker process ran out of memory."))
        raise value

    @staticmethod
    def _killed(attempt: Attempt[T], work: Attempts[T], reason: str) -> tuple[T, Fallen[T]] | None:
        # The scheduler has tried it several times, but whatever else these workers had is blamed as well.
        fallen = work.blame(attempt, reason, again=False)
        return (fallen.ticket, fallen) if fallen else None


@contextlib.contextmanager
def open_cluster(job: Job[Any, T, R], engine: str) -> Iterator[Cluster[T, R]]:
    """Connect to ``dask://HOST:PORT`` or ``dask+tls://HOST:PORT``, and see that all workers are like us.

    Certificates for TLS are those of dask's own configuration.

    Raises :class:`UsageError` for another address, a scheduler that does not answer, one without workers, and
    a worker that would make other bytes.
    """
    _quieten()
    # A job may be large: it is sent once.
    with (
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}),
        _connected(engine) as client,
    ):
        _review(client)
        yield Cluster(job, client)


@contextlib.contextmanager
def _connected(engine: str) -> Iterator[Any]:
    security = Security()  # the certificates that dask's configuration names
    address = reachable(engine, security)
    try:
        client = Client(address, security=security, timeout=CONNECTING, set_as_default=False, name="docsmith")
    except (OSError, ImportError, ValueError) as error:  # of a scheduler whose dask is another one
        raise silent(engine, str(error)) from error
    try:
        yield client
    finally:
        with contextlib.suppress(OSError):
            client.close()


def _review(client: Any) -> None:
    """Raise :class:`UsageError` unless there are workers, and every one would make the same bytes."""
    try:
        client.wait_for_workers(1, timeout=CONNECTING)
        answers: dict[str, Any] = client.run(fingerprint, on_error="return")
    except TimeoutError as error:
        raise UsageError(
            _("The scheduler has no workers."), hint=_("Start a dask worker on each machine.")
        ) from error
    except OSError as error:
        raise _lost() from error
    ours = fingerprint()
    for address, theirs in sorted(answers.items()):
        if isinstance(theirs, BaseException):
            raise UsageError(
                _("The worker {name} cannot run docsmith: {reason}.").format(name=address, reason=theirs),
                hint=_(
                    "Install the same docsmith, with the same libraries, on every machine of the cluster."
                ),
            ) from theirs
        if differing := difference(ours, theirs):
            raise remote.differing_worker(address, differing)


def _has_no_result(future: Future[bytes]) -> bool:
    return future.cancelled() or future.exception() is not None


def _lost() -> OutputError:
    return OutputError(
        _("The connection to the scheduler is lost."),
        hint=_("Start it again, and then the same command: it goes on where it stopped."),
    )


def _quieten() -> None:
    if not os.environ.get("DOCSMITH_DEBUG"):
        for name in _LOGS:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
