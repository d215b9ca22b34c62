"""The command ``docsmith``: it knows the names of its commands, and imports each only when it is needed."""

from __future__ import annotations

import click

from docsmith._i18n import gettext as _
from docsmith._version import VERSION
from docsmith.cli.lazy import LazyGroup
from docsmith.cli.options import examples

# In the order in which a person needs them.
COMMANDS = ("init", "types", "blank", "schema", "check", "convert", "render", "batch", "undo", "plugin")


@click.group(
    cls=LazyGroup,
    package="docsmith.cli",
    names=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Make the documents of every branch from one workbook."),
    epilog=examples("docsmith init my-unit", "cd my-unit", "docsmith check", "docsmith render self-check"),
)
@click.version_option(VERSION, prog_name="docsmith")
def docsmith() -> None:
    """Take the options that stand before a command: there are none but --help and --version."""
