"""What has to be the same wherever documents of one run are made, for their bytes to be the same."""

from __future__ import annotations

import platform
import sys

from docsmith._version import VERSION
from docsmith.engine import stamps


def fingerprint() -> dict[str, str]:
    """Return what can differ between two machines and would show in a document, each with its name."""
    from docsmith.template.package.deflate import PACKED_BY

    return {
        "docsmith": f"{VERSION} ({stamps.engine().hex()[:8]})",  # its code is in the digest
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "packing": PACKED_BY,
        "processor": platform.machine(),  # see docsmith.template.package.deflate
    }


def difference(ours: dict[str, str], theirs: dict[str, str]) -> str:
    """Return what another machine has instead of what we have, ``""`` where it is alike."""
    names = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
    return ", ".join(f"{name} {theirs.get(name, '-')} ≠ {ours.get(name, '-')}" for name in names)
