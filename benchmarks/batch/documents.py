"""The documents of a run: how many there are, and whether two runs have made the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

# Below an output folder, docsmith keeps its ledger and its reports beside the documents.
_OTHERS = (".docsmith", "批量报告")


def documents_in(out: Path) -> Iterator[Path]:
    """Yield every document below an output folder, in no order."""
    for folder in out.iterdir():
        if folder.name not in _OTHERS:
            yield from folder.rglob("*.docx")


def digests(out: Path) -> Mapping[str, bytes]:
    """Return a digest of the bytes of each document, by its path in the output folder."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).digest()
        for path in documents_in(out)
    }


def torn_in(out: Path) -> int:
    """Return how many files are no whole document: those that do not end as a zip file ends."""
    return sum(b"PK\x05\x06" not in path.read_bytes()[-1024:] for path in documents_in(out))
