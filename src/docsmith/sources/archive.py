"""Whether a zipped workbook may be opened: the limits, looked up in its directory before anything is read."""

from __future__ import annotations

import io
import zipfile
import zlib

from docsmith._i18n import gettext as _
from docsmith.errors import SourceError
from docsmith.sources.detect import damaged, encrypted

MAX_ENTRIES = 2000
MAX_PART_BYTES = 256 * 1024 * 1024
MAX_TOTAL_BYTES = 512 * 1024 * 1024
# Sheets of repeated text pack well; only what is also big is suspicious.
MAX_RATIO = 200
_SMALL_BYTES = 10 * 1024 * 1024
# The others are unpacked without a bound: 600 bytes to a gigabyte, whatever size the directory says.
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCAL_HEADER_BYTES = 30


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """Return the opened zip; raises :class:`SourceError` if it is a bomb, damaged or encrypted.

    Every part is read once, so that a part which is longer than the directory says, or whose checksum is
    wrong, is found before another reader trusts it.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_directory(archive, name)
        for part in archive.infolist():
            with archive.open(part) as stream:
                while stream.read(1 << 20):
                    pass
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError):
        raise damaged(name) from None
    return archive


def _check_directory(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise encrypted(name)
    if len({part.filename for part in parts}) != len(parts):
        raise damaged(name)
    packed = sum(part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    if (
        len(parts) > MAX_ENTRIES
        or unpacked > MAX_TOTAL_BYTES
        or any(part.file_size > MAX_PART_BYTES for part in parts)
        or any(part.compress_type not in _PACKED for part in parts)
        or (unpacked > _SMALL_BYTES and unpacked > MAX_RATIO * packed)
        or _overlap(parts)
    ):
        raise bomb(name)


def _overlap(parts: list[zipfile.ZipInfo]) -> bool:
    """Tell whether two parts share bytes of the file, the trick that makes small files unpack for ever."""
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            return True
        end = part.header_offset + _LOCAL_HEADER_BYTES + part.compress_size
    return False


def bomb(name: str) -> SourceError:
    """Return the error for a file that would unpack to more than any unit's data."""
    return SourceError(
        _("{file} would unpack to far more than a workbook of this kind holds; it is not opened.").format(
            file=name
        ),
        hint=_("Copy the rows that you need into a new workbook, and use that."),
    )
