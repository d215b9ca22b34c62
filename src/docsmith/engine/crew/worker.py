"""A worker process: gets a job and then tickets through a pipe, and answers each with its result.

The parent sends bytes: the job and its language, then tickets, each pickled by itself. The worker answers
with pickled pairs of a :class:`Word` and a value: it started; the job is prepared; then for each ticket, in
the order they came, its result. An exception is its last answer. Both read only what the other wrote.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from enum import Enum
from multiprocessing.connection import Connection
from queue import SimpleQueue
from types import FrameType

from docsmith import _garbage, _i18n

OUT_OF_MEMORY = 92  # exit code of a worker that got no memory: it cannot be trusted with another ticket
GRACE = 3.0  # seconds to clear up that a worker is given when it has to end


class Word(Enum):
    """What the first half of an answer says."""

    STARTED = "started"
    PREPARED = "prepared"
    DONE = "done"
    RAISED = "raised"


def serve(connection: Connection) -> None:
    """Work until the parent closes the connection or is no more; the target of the process."""
    _mind_signals()
    if os.name == "posix":
        os.set_inheritable(connection.fileno(), False)  # a plugin's own child must not keep the pipe open
    inbox: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(connection, inbox), daemon=True).start()
    with contextlib.suppress(OSError):  # of the pipe: nobody is there to be told
        for answer in _answers(inbox):
            connection.send_bytes(answer)
    threading.Event().wait()  # the parent has an exception, or is no more: the listener ends us


def _answers(inbox: SimpleQueue[bytes]) -> Iterator[bytes]:
    _garbage.collect_seldom()
    try:
        yield pickle.dumps((Word.STARTED, None))
        job, language = pickle.loads(inbox.get())  # noqa: S301
        _i18n.install(language)
        state = job.prepare()
        _garbage.keep_what_is_there()
        yield pickle.dumps((Word.PREPARED, None))
        while True:
            result = job.perform(state, pickle.loads(inbox.get()))  # noqa: S301
            yield pickle.dumps((Word.DONE, result), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:
        yield pickle.dumps((Word.RAISED, portable(error)))


def portable(error: Exception) -> Exception:
    """Return an exception as it can be sent to another process, with the traceback that would be lost."""
    trace = "".join(traceback.format_exception(error))
    error.add_note(trace)
    try:
        if type(pickle.loads(pickle.dumps(error))) is type(error):  # noqa: S301
            return error
    except Exception:  # whatever its class does when it is pickled
        return RuntimeError(trace)
    return RuntimeError(trace)


def _mind_signals() -> None:
    """Leave Ctrl-C to the parent, which gets it as well; end on SIGTERM as on an exception, clearing up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # the parent blocked it for the start


def _leave(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    sys.exit()


def _listen(connection: Connection, inbox: SimpleQueue[bytes]) -> None:
    """Receive at once whatever comes, so that the parent never waits for a worker that waits for the parent.

    The system closes the pipe of a parent that is gone, however it went: the worker then ends as well.
    """
    try:
        while True:
            inbox.put(connection.recv_bytes())
    except (EOFError, OSError):
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
            time.sleep(GRACE)
        os._exit(0)
