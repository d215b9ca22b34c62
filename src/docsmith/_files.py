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
# What this person's new files are not to allow others: mkstemp's own mode shuts everybody else out. The
# mask can only be read by setting it, for all threads; hence once, when nothing runs yet.
_UMASK = os.umask(0o022)
os.umask(_UMASK)


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
        temporary.chmod(0o666 & ~_UMASK)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
