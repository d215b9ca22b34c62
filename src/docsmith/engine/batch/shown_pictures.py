"""What a document was made from, with the pictures that it shows: which they are is known when it is made.

A cell may name a picture, or a part of a cell, the template, or Python. So what the ledger keeps with a
document has, behind the digest of its data, each picture that it asked for, with size and time of the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docsmith.model.pictures import Pictures, Stamp


def with_pictures(inputs: str, shown: Iterable[Stamp]) -> str:
    """Return the digest of a document's data and, behind it, the pictures that were asked for."""
    stamps = {stamp.name: stamp for stamp in shown}
    return f"{inputs} {json.dumps(sorted(stamps.values()))}" if stamps else inputs


def is_as_it_was(known: str, inputs: str, pictures: Pictures | None) -> bool:
    """Say whether what a document was made from is what there is now: its data, and its pictures.

    ``known`` is what the ledger keeps with it, or ``""``; ``inputs`` the digest of its data as it is now.
    """
    if known == inputs:
        return True
    digest, _space, shown = known.partition(" ")
    if digest != inputs or not pictures:
        return False
    return known == with_pictures(inputs, pictures.state(name for name, *_stamp in json.loads(shown)))
