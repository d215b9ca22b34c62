"""Packing the parts of a package (raw deflate, RFC 1951) and their checksums, by the fastest library here.

A part that is made for each document is packed by Intel's ISA-L (the package ``isal``) at level 1, and where
that has no wheel (``pyproject.toml`` says where) by zlib at level 3. A part that all documents of a template
have in common is packed once, by zlib at level 6, and costs nothing later. Measured on the 39 kB body of a
form (µs, bytes):

=========  ====  =====
isal 1       17   4020
isal 2       18   3981
zlib 1       29   3944
zlib 3       29   3670
zlib 6       91   3269
=========  ====  =====

On 500 rows (860 kB) isal takes 0.4 ms, zlib 3 takes 5.2 ms and zlib 6 takes 8.6 ms. A checksum of the body
takes 0.6 µs and 5.5 µs. Of a header of 1.5 kB, level 1 of isal makes 372 bytes in 4.6 µs, most of which goes
into preparing its tables; level 0, whose tables are fixed, makes 496 bytes in 1.0 µs.

The same library makes the same bytes of the same data, at any time and in any thread. Another library or
another version of it may pack the same data differently, and so may ISA-L on another family of processors
(``compute_hash`` in its ``igzip/huffman.h`` is an instruction of x86, or else a multiplication). So the bytes
of a document are reproducible where :data:`PACKED_BY` and the family agree; its parts, unpacked, are the same
everywhere.
"""

from __future__ import annotations

import zlib
from typing import Protocol

_RAW = -zlib.MAX_WBITS
_SMALL = 4096  # bytes: below, isal packs with its fixed tables
_LEVEL_OF_ZLIB = 3
_LEVEL_ONCE = 6
_ZLIB = f"zlib {zlib.ZLIB_RUNTIME_VERSION}"


class Packer(Protocol):
    """Packs data piece by piece."""

    def compress(self, data: bytes, /) -> bytes:
        """Take a piece; return what is packed so far and was not yet returned."""

    def flush(self) -> bytes:
        """Return the rest."""


PACKED_BY: str
"""The libraries that pack here, with their versions."""

try:
    from isal import __version__ as _isal_version
    from isal import isal_zlib
except ImportError:
    PACKED_BY = _ZLIB

    def deflated(data: bytes) -> bytes:
        """Return data packed for one document: fast rather than small."""
        return zlib.compress(data, _LEVEL_OF_ZLIB, _RAW)

    def packer() -> Packer:
        """Return what packs the data of one document piece by piece, as :func:`deflated` does."""
        return zlib.compressobj(_LEVEL_OF_ZLIB, zlib.DEFLATED, _RAW)

    def crc32(data: bytes, before: int = 0) -> int:
        """Return the checksum of data that a zip file keeps; ``before`` is that of what stands before it."""
        return zlib.crc32(data, before)

else:
    PACKED_BY = f"isal {_isal_version}, {_ZLIB}"

    def deflated(data: bytes) -> bytes:
        """Return data packed for one document: fast rather than small."""
        return isal_zlib.compress(data, 0 if len(data) < _SMALL else 1, _RAW)

    def packer() -> Packer:
        """Return what packs the data of one document piece by piece, as :func:`deflated` does."""
        return isal_zlib.compressobj(1, isal_zlib.DEFLATED, _RAW)

    def crc32(data: bytes, before: int = 0) -> int:
        """Return the checksum of data that a zip file keeps; ``before`` is that of what stands before it."""
        return isal_zlib.crc32(data, before)


def deflated_once(data: bytes) -> bytes:
    """Return data packed for all documents of a template: small rather than fast."""
    return zlib.compress(data, _LEVEL_ONCE, _RAW)
