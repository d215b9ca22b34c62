"""Zip files from anybody: looked at as a whole before anything in them is unpacked, and never onto a disk.

Word files, workbooks and plugins are zip files. What may be in one is the affair of who reads it
(:class:`Limits`); that it neither unpacks for ever nor names what lies elsewhere is looked at here.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import NamedTuple

from docsmith._i18n import gettext as _

MAX_ENTRIES = 2_000
"""Entries of a zip, those that systems leave behind among them; folders do not count."""
MAX_RATIO = 200
"""How many times its packed size a large entry may have: text has ten to thirty, and a bomb a thousand."""
# Zips in a zip have directories, too, which are counted with its own before that is read.
_MOST_RECORDS = 50 * MAX_ENTRIES
_RECORD = b"PK\x01\x02"  # APPNOTE.TXT 4.3.12
_LOCAL_HEADER = 30  # bytes, and the name behind them
_ENCRYPTED = 0x1
# The others are unpacked without a bound: 600 bytes to a gigabyte, whatever size the directory says.
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PIECE = 1 << 20
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip


class Limits(NamedTuple):
    """How many bytes an entry may have, unpacked, and all of them together.

    Those of more than ``free`` bytes may have :data:`MAX_RATIO` times their packed size at most.
    """

    entry: int
    total: int
    free: int = 1 << 20


class Fault(Enum):
    """What kind of thing is wrong with a zip."""

    DAMAGED = auto()
    ENCRYPTED = auto()
    TOO_MUCH = auto()  # it would unpack to more than it may, or nobody can tell to how much
    NAMES = auto()  # an entry leads elsewhere, or is there twice


class UnsafeZipError(Exception):
    """A zip that is not to be read: ``reason`` says why, a clause in the reader's language without a stop."""

    def __init__(self, fault: Fault, reason: str) -> None:
        super().__init__(reason)
        self.fault = fault
        self.reason = reason


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Return an opened zip of which nothing is known but its names; raises :class:`UnsafeZipError`."""
    if data.count(_RECORD) > _MOST_RECORDS:
        raise _too_many()
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED as error:
        raise _damaged() from error


def entries_of(
    archive: zipfile.ZipFile, limits: Limits, path_of: Callable[[zipfile.ZipInfo], str] | None = None
) -> dict[str, zipfile.ZipInfo]:
    """Return the entries of a zip but folders by their paths, in its order, if all of them may be read.

    ``path_of`` says what a name means where that is not what the directory says. Raises
    :class:`UnsafeZipError` for entries that are too many or too large, encrypted, packed oddly or one on top
    of another, for links, and for paths that lead elsewhere or are there twice.
    """
    named = [
        (path_of(info) if path_of else info.orig_filename, info)
        for info in archive.infolist()
        if not _is_folder(info)
    ]
    _check_sizes(named, limits)
    _check_layout(named, archive.start_dir)
    _check_paths(named)
    return dict(named)


def read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return what is in an entry; raises :class:`UnsafeZipError` where that is not what its record says."""
    return b"".join(_pieces(archive, info))


def verify_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Read an entry and keep nothing of it, for a reader that would trust its record; raises as reading."""
    for _piece in _pieces(archive, info):
        pass


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield an entry piece by piece; one that goes on behind its declared size or breaks off is damaged."""
    size = 0
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                yield piece
                if size > info.file_size:
                    break
    except _DAMAGED as error:
        raise _damaged() from error
    if size != info.file_size:
        raise _damaged()


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.orig_filename.endswith(("/", "\\")) and info.file_size == 0


def _check_sizes(named: list[tuple[str, zipfile.ZipInfo]], limits: Limits) -> None:
    if len(named) > MAX_ENTRIES:
        raise _too_many()
    for path, info in named:
        if info.file_size > limits.entry:
            said = _("{file} unpacks to more than {limit} MB")
            raise _too_much(said.format(file=path, limit=limits.entry >> 20))
        if info.file_size > max(limits.free, MAX_RATIO * info.compress_size):
            said = _("{file} unpacks to more than {limit} times its size")
            raise _too_much(said.format(file=path, limit=MAX_RATIO))
    if sum(info.file_size for _path, info in named) > limits.total:
        raise _too_much(_("it unpacks to more than {limit} MB").format(limit=limits.total >> 20))


def _check_layout(named: list[tuple[str, zipfile.ZipInfo]], end: int) -> None:
    """Check how entries lie in the file, up to its directory: none in another one, all of them readable."""
    ordered = sorted(named, key=lambda one: one[1].header_offset)
    following = [*(info.header_offset for _path, info in ordered[1:]), end]
    for (path, info), limit in zip(ordered, following):
        if info.flag_bits & _ENCRYPTED:
            raise UnsafeZipError(Fault.ENCRYPTED, _("it is protected by a password"))
        if info.compress_type not in _PACKED:
            raise _too_much(_("{file} is packed in a way that zip files seldom are").format(file=path))
        if info.header_offset + _LOCAL_HEADER + info.compress_size > limit:
            raise _too_much(_("{file} overlaps with another file").format(file=path))


def _check_paths(named: list[tuple[str, zipfile.ZipInfo]]) -> None:
    """Check the names, which are one where only their case differs."""
    seen: set[str] = set()
    for path, info in named:
        if leads_out(path):
            raise _misnamed(_("{file} leads out of it").format(file=repr(path)))
        if stat.S_ISLNK(info.external_attr >> 16):
            raise _misnamed(_("{file} is a link").format(file=path))
        if path.casefold() in seen:
            raise _misnamed(_("{file} is there twice").format(file=path))
        seen.add(path.casefold())


def leads_out(path: str) -> bool:
    """Say whether a path, written with slashes, may mean something outside of the folder that it is in."""
    return any(piece in ("", ".", "..") for piece in path.split("/")) or any(map(path.__contains__, "\\:\0"))


def _damaged() -> UnsafeZipError:
    return UnsafeZipError(Fault.DAMAGED, _("it is no zip file, or is damaged"))


def _too_many() -> UnsafeZipError:
    return _too_much(_("it holds more than {limit} files").format(limit=MAX_ENTRIES))


def _too_much(reason: str) -> UnsafeZipError:
    return UnsafeZipError(Fault.TOO_MUCH, reason)


def _misnamed(reason: str) -> UnsafeZipError:
    return UnsafeZipError(Fault.NAMES, reason)
