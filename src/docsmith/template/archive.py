"""Writing the package: the same parts give the same bytes, on every machine and on every day.

``zipfile`` cannot copy an entry that is compressed already; the few records that are needed are written
here (APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_UTF8_NAMES = 0x0800
_DEFLATED = 8
_FIRST_DAY = 0x0021  # 1980-01-01, the first day that a zip file knows
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A part, compressed: ready to be copied into any number of packages."""

    name: bytes
    crc: int
    size: int
    deflated: bytes

    @classmethod
    def of(cls, name: str, data: bytes) -> Entry:
        """Compress a part."""
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        return cls(name.encode(), zlib.crc32(data), len(data), packer.compress(data) + packer.flush())


def write_package(entries: Iterable[Entry]) -> bytes:
    """Return the bytes of a zip file with these entries, in this order."""
    written = bytearray()
    directory = bytearray()
    count = 0
    for entry in entries:
        common = (
            _VERSION, _UTF8_NAMES, _DEFLATED, 0, _FIRST_DAY,
            entry.crc, len(entry.deflated), entry.size, len(entry.name), 0,
        )  # fmt: skip
        directory += _CENTRAL.pack(b"PK\x01\x02", _VERSION, *common, 0, 0, 0, 0, len(written)) + entry.name
        written += _LOCAL.pack(b"PK\x03\x04", *common) + entry.name + entry.deflated
        count += 1
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(written), 0)
    return bytes(written + directory + end)
