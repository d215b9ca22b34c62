"""The command line: one command a file. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

from docsmith import _i18n


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run ``docsmith`` with these arguments (those of the process by default), and exit."""
    _i18n.install()
    # Help texts are translated where they are defined, so the language comes before the commands.
    from docsmith.cli.funnel import run

    sys.exit(run(sys.argv[1:] if args is None else args))
