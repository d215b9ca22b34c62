"""The command line: one command a file. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

from docsmith import _garbage, _i18n


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run ``docsmith`` with these arguments (those of the process by default), and exit."""
    _garbage.collect_seldom()
    _i18n.install_for_terminal()
    # Help texts are translated where they are defined, so the language comes before the commands.
    from docsmith.cli.funnel import run

    try:
        sys.exit(run(sys.argv[1:] if args is None else args))
    finally:
        _garbage.keep_what_is_there()
