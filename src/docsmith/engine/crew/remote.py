"""What the workers of a cluster do; it runs there, and knows nothing of how it is sent.

Everything goes there and back as bytes that docsmith pickled, errors too: what raises is written into the
worker's log, with its arguments, and those are people's data.
"""

from __future__ import annotations

import pickle
import platform
import threading
from functools import lru_cache
from typing import Any

from docsmith import _i18n
from docsmith._i18n import gettext as _
from docsmith.engine.crew.contract import Job
from docsmith.engine.crew.fingerprint import difference, fingerprint
from docsmith.engine.crew.worker import Word, portable
from docsmith.errors import UsageError

_KEPT = 2  # jobs that stay prepared: that of the run, and another run's that shares the cluster
# A worker may have several threads, but jobs are written for processes.
_one_at_a_time = threading.Lock()


def packed(job: Job[Any, Any, Any]) -> bytes:
    """Return a job as :func:`perform` wants it: with what a worker must have, and the reader's language."""
    return pickle.dumps((fingerprint(), _i18n.language(), pickle.dumps(job, pickle.HIGHEST_PROTOCOL)))


def keep(job: bytes) -> bytes:
    """Return a job: the result of a task goes to each worker once, and comes again where it is lost."""
    return job


def perform(job: bytes, ticket: bytes) -> bytes:
    """Do a ticket: return a pickled :class:`Word` with the result, or with what was raised."""
    with _one_at_a_time:
        try:
            work, state, language = _prepared(job)
            if _i18n.language() != language:
                _i18n.install(language)
            result = work.perform(state, pickle.loads(ticket))  # noqa: S301
            return pickle.dumps((Word.DONE, result), pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            return pickle.dumps((Word.RAISED, portable(error)))


@lru_cache(_KEPT)
def _prepared(packed_job: bytes) -> tuple[Job[Any, Any, Any], Any, str]:
    needed, language, job = pickle.loads(packed_job)  # noqa: S301
    _i18n.install(language)
    if differing := difference(needed, fingerprint()):
        raise differing_worker(platform.node(), differing)
    work = pickle.loads(job)  # noqa: S301
    return work, work.prepare(), language


def differing_worker(name: str, differing: str) -> UsageError:
    """Return the error for a worker that would make other bytes than this machine."""
    return UsageError(
        _("The worker {name} is not like this machine: {differing}.").format(name=name, differing=differing),
        hint=_("Install the same docsmith, with the same libraries, on every machine of the cluster."),
    )
