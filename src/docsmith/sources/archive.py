"""Whether a zipped workbook may be opened: looked up in its directory before anything is read."""

from __future__ import annotations

import zipfile

from docsmith import _zips
from docsmith._i18n import gettext as _
from docsmith.errors import SourceError
from docsmith.sources.detect import damaged, encrypted

# Sheets of repeated text pack well; only what is also big is suspicious.
_LIMITS = _zips.Limits(entry=256 << 20, total=512 << 20, free=10 << 20)


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """Return the opened zip; raises :class:`SourceError` if it is a bomb, damaged or encrypted.

    Every part is read once, so that a part which is longer than the directory says, or whose checksum is
    wrong, is found before another reader trusts it.
    """
    try:
        archive = _zips.open_zip(data)
        for part in _zips.entries_of(archive, _LIMITS).values():
            _zips.verify_entry(archive, part)
    except _zips.UnsafeZipError as error:
        raise _meant(error, name) from error
    return archive


def _meant(error: _zips.UnsafeZipError, name: str) -> SourceError:
    if error.fault is _zips.Fault.ENCRYPTED:
        return encrypted(name)
    return bomb(name) if error.fault is _zips.Fault.TOO_MUCH else damaged(name)


def bomb(name: str) -> SourceError:
    """Return the error for a file that would unpack to more than any unit's data."""
    return SourceError(
        _("{file} would unpack to far more than a workbook of this kind holds; it is not opened.").format(
            file=name
        ),
        hint=_("Copy the rows that you need into a new workbook, and use that."),
    )
