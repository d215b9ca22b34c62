"""When Python looks for garbage: seldom, since almost all that docsmith makes goes by itself.

Measured: to look through what a start makes took 20 of its 250 ms, and 27 ms once more when all is done; a
worker of ``docsmith batch`` that looks as often as Python does by default needs a tenth more time.
"""

from __future__ import annotations

import gc

# New objects between two looks: more than a start makes, and some 10 MB.
_COLLECT_AFTER = 100_000


def collect_seldom() -> None:
    """Have Python look for garbage in this process after many new objects."""
    gc.set_threshold(_COLLECT_AFTER)


def keep_what_is_there() -> None:
    """Never look through what exists now: it stays until the process ends."""
    gc.freeze()
