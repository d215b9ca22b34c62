"""The command line: one command a file. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import NoReturn

from docsmith import _i18n

# New objects between two looks for garbage: more than a start makes, and some 10 MB.
_COLLECT_AFTER = 100_000


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run ``docsmith`` with these arguments (those of the process by default), and exit."""
    # What a start makes stays until the end. To look through it for garbage took 20 of 250 ms, and 27 ms
    # once more when all is done.
    gc.set_threshold(_COLLECT_AFTER)
    _i18n.install_for_terminal()
    # Help texts are translated where they are defined, so the language comes before the commands.
    from docsmith.cli.funnel import run

    try:
        sys.exit(run(sys.argv[1:] if args is None else args))
    finally:
        gc.freeze()
