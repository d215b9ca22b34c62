"""A digest of raw values: equal for equal values of equal types, and for nothing else."""

from __future__ import annotations

import marshal
from hashlib import blake2b
from typing import Any

# The last format that writes each value where it stands; later ones refer back to values that are one object,
# and differ where two equal texts are one object or two.
_WITHOUT_REFERENCES = 2
_SIZE = 16


def digest_of_values(values: Any) -> bytes:
    """Return a digest of nested lists and tuples of cells.

    :mod:`marshal` writes the 86 rows of a branch in 35 µs, ``repr`` in 80. It knows texts, numbers and truth
    values, which databases and csv files hold; dates and cells without a value leave it to ``repr``.
    """
    try:
        written = marshal.dumps(values, _WITHOUT_REFERENCES)
    except ValueError:
        # A text may hold what UTF-8 cannot; a digest need not care.
        written = b"repr" + repr(values).encode("utf-8", "surrogatepass")
    return blake2b(written, digest_size=_SIZE).digest()
