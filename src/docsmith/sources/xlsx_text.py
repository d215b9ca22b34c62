"""What every workbook that docsmith writes has in common, whichever library writes it."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

# One moment for every file: that at which zip archives begin to count.
EPOCH = dt.datetime(1980, 1, 1)
# What XML 1.0 (2.2) excludes.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Text that looks like the escape of a character is escaped itself (ECMA-376 part 1, 22.9.2.19).
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def storable(text: str) -> str:
    """Return text as the XML of a cell can hold it, so that programs show what was meant.

    Control characters, which a workbook cannot hold, become U+FFFD: visible, never lost unseen.
    """
    return _LOOKS_ESCAPED.sub("_x005F_", _CONTROL.sub("\ufffd", text))


def text_width(text: str) -> int:
    """Return how wide a text is, in digits as spreadsheets count: a Chinese character takes two."""
    return max(sum(2 if ord(character) > 0x2E7F else 1 for character in line) for line in text.split("\n"))


class TimelessArchive(zipfile.ZipFile):
    """A zip archive whose entries all carry the same time: the same content gives the same bytes."""

    def __exit__(self, kind: object, value: object, traceback: object) -> None:
        """Finish the archive; what has kept it from its end goes on as it is, and nobody reads the rest.

        Python's own would try to finish it, fail where the interruption came in the middle of an entry, and
        tell of that instead.
        """
        if kind is not None:
            self.fp = None  # it counts as closed
        self.close()

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add an entry with its content."""
        entry = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        super().writestr(self.entry(entry), data, compress_type, compresslevel)

    def write(
        self, filename: Any, arcname: Any = None, compress_type: Any = None, compresslevel: Any = None
    ) -> None:
        """Add an entry with what a file holds, piece by piece."""
        del compress_type, compresslevel  # those of the archive
        with Path(filename).open("rb") as source, self.open(self.entry(arcname or filename), "w") as target:
            shutil.copyfileobj(source, target)

    def entry(self, name: str) -> zipfile.ZipInfo:
        """Return a new entry, compressed as the archive is."""
        timeless = zipfile.ZipInfo(str(name), EPOCH.timetuple()[:6])
        timeless.compress_type = self.compression
        return timeless
