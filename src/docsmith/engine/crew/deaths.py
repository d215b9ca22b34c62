"""Why a worker process is no more, in words."""

from __future__ import annotations

import signal

from docsmith._i18n import gettext as _
from docsmith.engine.crew.worker import OUT_OF_MEMORY


def cause_of_death(code: int) -> str:
    """Return the sentence for an exit code, as :mod:`multiprocessing` counts: a signal is negative."""
    if code == OUT_OF_MEMORY:
        return _("The worker process ran out of memory.")
    if code >= 0:
        return _("The worker process ended by itself, with exit code {code}.").format(code=code)
    name = _signal(-code)
    if name == "SIGKILL":
        return _("The worker process was killed ({name}), perhaps because memory ran out.").format(name=name)
    return _("The worker process crashed ({name}).").format(name=name)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal has no name
        return str(number)
