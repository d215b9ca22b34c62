"""Groups of commands: they know the names, and import a command only when it is needed."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from docsmith._i18n import gettext as _
from docsmith.model.nearest import suggestion


class LazyGroup(click.Group):
    """A group whose commands are modules of a ``package``, each with a ``command``.

    ``names`` are those of the modules, in the order in which a person needs them.
    """

    def __init__(self, *, package: str, names: Sequence[str], **options: Any) -> None:
        super().__init__(**options)
        self._package, self._names = package, tuple(names)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order of work."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; a name that does not exist is answered with the nearest."""
        if cmd_name in self._names:
            command: click.Command = import_module(f"{self._package}.{cmd_name}").command
            return command
        if ctx.resilient_parsing or cmd_name.startswith("-"):
            return None
        wrong = _("There is no command {name}.").format(name=cmd_name)
        raise click.UsageError(f"{wrong} {suggestion(cmd_name, self._names)}", ctx)
