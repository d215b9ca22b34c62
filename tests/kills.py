"""How often the tests kill: a few times each, and by the hundred where somebody asks for it."""

from __future__ import annotations

import os


def number_of_kills(usual: int) -> int:
    """Return how many kills of a test must strike: so many, or as many as ``DOCSMITH_KILLS`` says."""
    return int(os.environ.get("DOCSMITH_KILLS", usual))
