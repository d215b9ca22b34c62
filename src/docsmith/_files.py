"""Files that are whole or not there: a failed or killed write leaves the old file as it was."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from docsmith._i18n import gettext as _
from docsmith.errors import OutputError

OWN_FOLDER = ".docsmith"
"""What docsmith knows about an output folder lies in this one, below it."""
REPORT_FOLDER = "批量报告"
"""Reports of batches lie in this folder, below an output folder. None of both is ever read as data."""
# How an unfinished file is called; one that a killed run left behind may be deleted at any time.
TEMPORARY_PREFIX = ".tmp-docsmith-"
RESERVED_NAME = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)
"""How names of devices on Windows begin: no file can be called so there, whatever its ending."""


def reason_of(error: OSError) -> str:
    """Return why the system refuses a file or folder; common reasons are in the reader's language."""
    reasons = {
        errno.EACCES: _("there is no right to do that, or another program has it open"),
        errno.EPERM: _("there is no right to do that, or another program has it open"),
        errno.EROFS: _("the disk can only be read"),
        errno.ENOSPC: _("the disk is full"),
        errno.EDQUOT: _("the disk is full"),
        errno.EEXIST: _("something of that name is already there"),
        errno.ENOENT: _("it is not there"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("part of the path is a file, not a folder"),
        errno.ENAMETOOLONG: _("the path is too long"),
    }
    return reasons.get(error.errno or 0) or error.strerror or str(error)


def remedy_of(error: OSError) -> str:
    """Return what to do where the system refuses to read or write a file, in the reader's language."""
    rename = _("Give what is in the way another name, and try again.")
    room = _("Make room on the disk, and try again.")
    remedies = {
        errno.ENOSPC: room,
        errno.EDQUOT: room,
        errno.EROFS: _("Choose a folder on another disk."),
        errno.EEXIST: rename,
        errno.EISDIR: rename,
        errno.ENOTDIR: rename,
        errno.ENAMETOOLONG: _("Choose shorter names, or a folder higher up."),
    }
    usual = _("Close the file in Word, Excel or WPS, see that you may write in the folder, and try again.")
    return remedies.get(error.errno or 0, usual)


def not_written(path: Path, error: OSError) -> OutputError:
    """Return the error about a file that the system does not let be written, with what to do."""
    return OutputError(
        _("{path} could not be written: {reason}").format(path=path, reason=reason_of(error)),
        hint=remedy_of(error),
    )


def reason_of_toml(error: Exception) -> str:
    """Return where a TOML file cannot be read, in the reader's language; ``tomllib`` says what in English."""
    match = re.search(r"\(at line (\d+), column (\d+)\)$", str(error))
    if match:
        return _("look at line {line}, near column {column}").format(line=match[1], column=match[2])
    return _("something is missing at its end") if "end of document" in str(error) else str(error)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file in one step; makes the folder that it is in. Raises :class:`OutputError`."""
    with opened_atomically(path) as stream:
        stream.write(content)


@contextlib.contextmanager
def opened_atomically(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes its place when the block ends, and is gone when the block fails.

    The stream can be read and sought; the folder is made. Raises :class:`OutputError`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _replacing(path) as stream:
            yield stream
    except OSError as error:
        raise not_written(path, error) from error


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    # Not tempfile's, whose files are for their owner alone: these are for whomever the person's umask says.
    temporary = path.with_name(f"{TEMPORARY_PREFIX}{os.getpid()}-{os.urandom(4).hex()}")
    try:
        with temporary.open("x+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def write_new(path: str | Path, content: bytes, *, durable: bool) -> None:
    """Write a file that is not there yet; ``durable`` waits until it is on the disk. Raises ``OSError``."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
        if durable:
            os.fsync(file)
    finally:
        os.close(file)


def sync_folder(path: str | Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can. Raises ``OSError``."""
    if not hasattr(os, "O_DIRECTORY"):  # Windows knows no such thing
        return
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a content, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def digest_of_file(path: str | Path) -> str:
    """Return the SHA-256 of a file; ``""`` where there is none, or a link, a folder or a device.

    Raises ``OSError`` for a file that cannot be read.
    """
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return ""
        with Path(path).open("rb", buffering=0) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return ""
