"""The command ``docsmith``: it knows the names of its commands, and imports each only when it is needed."""

from __future__ import annotations

from importlib import import_module

import click

from docsmith._i18n import gettext as _
from docsmith._version import VERSION
from docsmith.cli.options import examples
from docsmith.model.nearest import suggestion

# In the order in which a person needs them.
COMMANDS = ("init", "types", "blank", "check", "convert", "render", "batch", "undo")


class LazyGroup(click.Group):
    """A group whose commands are modules beside this one, each with a ``command``."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order of work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; a name that does not exist is answered with the nearest."""
        if cmd_name in COMMANDS:
            command: click.Command = import_module(f"docsmith.cli.{cmd_name}").command
            return command
        if ctx.resilient_parsing or cmd_name.startswith("-"):
            return None
        raise click.UsageError(_no_such(cmd_name), ctx)


def _no_such(name: str) -> str:
    return f"{_('There is no command {name}.').format(name=name)} {suggestion(name, COMMANDS)}"


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Make the documents of every branch from one workbook."),
    epilog=examples("docsmith init my-unit", "cd my-unit", "docsmith check", "docsmith render self-check"),
)
@click.version_option(VERSION, prog_name="docsmith")
def docsmith() -> None:
    """Take the options that stand before a command: there are none but --help and --version."""
