"""What is at the place where a document is to go."""

from __future__ import annotations

import errno
import os
import stat
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO, NamedTuple

from docsmith._files import digest_of_file
from docsmith.engine.ledger import Written
from docsmith.engine.ledger.rows import LINK

# How what docsmith writes begins, and what stands near its end.
_ENDS = {b"PK\x03\x04": b"PK\x05\x06", b"%PDF": b"%%EOF"}
_LONGEST_END = 22 + 65535  # bytes: the record at the end of a zip file, and its comment


class Kind(Enum):
    """Whose the file at a place is."""

    NOTHING = auto()
    LINK = auto()
    SAME = auto()  # byte for byte what is to be written
    OURS = auto()
    TORN = auto()  # ours, but the disk kept only a part of it
    PERSONS = auto()


Stamp = tuple[int, int, int]


class Found(NamedTuple):
    """What is at a place, and its hash (or a mark for a link, or nothing).

    ``stamp`` tells, without reading it, whether it is still the same file: its number, its size in bytes, and
    when it was changed last, in nanoseconds.
    """

    kind: Kind
    sha256: str = ""
    stamp: Stamp | None = None


def look(file: str, content: bytes, sha256: str, row: Written | None) -> Found:
    """Say what is at a place for a content with this hash, where the ledger knows ``row`` of it.

    Without a ``content`` (it is large, or there is none) hashes alone are compared. Raises ``OSError`` for
    what cannot be read, and for a folder or a device.
    """
    try:
        status = os.lstat(file)
    except FileNotFoundError:
        return Found(Kind.NOTHING)
    stamp = _stamp(status)
    if stat.S_ISLNK(status.st_mode):
        return Found(Kind.LINK, LINK, stamp)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.EINVAL, "", file)
    with open(file, "rb", buffering=0) as stream:
        if content and status.st_size == len(content) and stream.readall() == content:
            return Found(Kind.SAME, sha256, stamp)
        torn = row is not None and _is_torn(stream, status.st_size)
    digest = digest_of_file(file)
    if digest == sha256:
        return Found(Kind.SAME, sha256, stamp)
    if row and digest in (row.sha256, row.previous):
        return Found(Kind.OURS, digest, stamp)
    return Found(Kind.TORN if torn else Kind.PERSONS, digest, stamp)


def is_still(file: str, found: Found) -> bool:
    """Say whether at a place, or where it was moved to, is what was found there; raises ``OSError``.

    It is read only where it seems to be another: a copy, a file that a program has touched, or one on a disk
    that numbers files anew.
    """
    try:
        if _stamp(os.lstat(file)) == found.stamp:
            return True
    except FileNotFoundError:
        return found.kind is Kind.NOTHING
    return found.kind is not Kind.NOTHING and state_of(file) == found.sha256


def state_of(file: str | Path) -> str:
    """Return what a change of the ledger says of a path: a hash, a mark for a link, or nothing."""
    return LINK if os.path.islink(file) else digest_of_file(file)


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_ino, status.st_size, status.st_mtime_ns


def is_torn_file(file: str | Path) -> bool:
    """Say whether a file of ours is only in part on the disk; raises ``OSError``."""
    with open(file, "rb", buffering=0) as stream:
        return _is_torn(stream, os.fstat(stream.fileno()).st_size)


def _is_torn(stream: BinaryIO, size: int) -> bool:
    """Say whether a document is only in part on the disk, as the loss of power leaves it.

    Then it is empty, begins with zeros, or begins as a document or a PDF and does not end as one. What Word
    or WPS saved never does, nor does a file of another format.
    """
    stream.seek(0)
    start = stream.read(4)
    if start not in _ENDS:
        return not start.strip(b"\0")
    stream.seek(max(0, size - _LONGEST_END))
    return _ENDS[start] not in stream.read(_LONGEST_END)
