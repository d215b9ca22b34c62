"""The container of old Office files: one stream out of it (MS-CFB), for a look before others read it."""

from __future__ import annotations

import struct

_FREE = 0xFFFFFFFA  # this number and those above mean that no sector follows
_ENTRY_BYTES = 128


class CompoundFile:
    """A compound file in memory; every method raises ``ValueError`` where it does not hold together."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise ValueError("too short")
        self._data = data
        sector_shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if sector_shift not in (9, 12) or mini_shift != 6:
            raise ValueError("no such sectors")
        self._sector = 1 << sector_shift
        directory, self._cutoff = struct.unpack_from("<I4xI", data, 48)
        self._fat = self._read_fat()
        self._entries = self._read_chain(directory)
        self._mini_fat: tuple[int, ...] = ()
        mini_fat = struct.unpack_from("<I", data, 60)[0]
        if mini_fat < _FREE:
            raw = self._read_chain(mini_fat)
            self._mini_fat = struct.unpack(f"<{len(raw) // 4}I", raw)

    def stream(self, *names: str) -> bytes:
        """Return the first stream that has one of these names."""
        root: tuple[int, int] | None = None
        for at in range(0, len(self._entries) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", self._entries, at + 64)
            start, size = struct.unpack_from("<II", self._entries, at + 116)
            name = self._entries[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == 5:
                root = start, size
            elif kind == 2 and name in names:
                if size >= self._cutoff:
                    return self._read_chain(start)[:size]
                return self._read_mini(start, size, root)
        raise ValueError("no such stream")

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _read_fat(self) -> tuple[int, ...]:
        """Return the table of following sectors; its own sectors are listed in the header and beyond."""
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        following, count = struct.unpack_from("<II", self._data, 68)
        for _number in range(min(count, len(self._data) // self._sector)):
            if following >= _FREE:
                break
            raw = self._at(following)
            *more, following = struct.unpack(f"<{len(raw) // 4}I", raw)
            sectors += more
        table = b"".join(self._at(sector) for sector in sectors if sector < _FREE)
        return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])

    def _read_chain(self, sector: int) -> bytes:
        return b"".join(map(self._at, _follow(sector, self._fat)))

    def _read_mini(self, start: int, size: int, root: tuple[int, int] | None) -> bytes:
        if root is None:
            raise ValueError("no root")
        small = self._read_chain(root[0])
        return b"".join(small[at * 64 : at * 64 + 64] for at in _follow(start, self._mini_fat))[:size]


def _follow(sector: int, table: tuple[int, ...]) -> list[int]:
    """Return a chain of sectors; one that leaves the table or turns in a circle is refused."""
    chain: list[int] = []
    while sector < _FREE:
        if sector >= len(table) or len(chain) > len(table):
            raise ValueError("broken chain")
        chain.append(sector)
        sector = table[sector]
    return chain
