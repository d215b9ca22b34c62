"""Files that are whole or not there: a failed or killed write leaves the old file as it was."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from docsmith._i18n import gettext as _
from docsmith.errors import OutputError

# How an unfinished file is called; one that a killed run left behind may be deleted at any time.
TEMPORARY_PREFIX = ".tmp-docsmith-"


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file in one step; makes the folder that it is in. Raises :class:`OutputError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as error:
        raise OutputError(
            _("{path} could not be written: {reason}").format(path=path, reason=error.strerror),
            hint=_("Close the file in Word, Excel or WPS, check the disk and the folder, and try again."),
        ) from error


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=TEMPORARY_PREFIX, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_usual_mode())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _usual_mode() -> int:
    """Return the mode of a file that this person makes: mkstemp's own lets nobody else read it."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
