"""``docsmith plugin``: a unit's own document types, from a Word file to a zip to hand on."""

from __future__ import annotations

import click

from docsmith._i18n import gettext as _
from docsmith.cli.lazy import LazyGroup
from docsmith.cli.options import examples

# In the order in which a person needs them.
COMMANDS = ("new", "check", "list", "install", "remove", "pack", "trust")


@click.group(
    "plugin",
    cls=LazyGroup,
    package=__name__,
    names=COMMANDS,
    short_help=_("Make and keep document types of your own."),
    help=_("Make and keep document types of your own: a folder with plugin.toml and template.docx each."),
    epilog=examples("docsmith plugin new talk-record --title 谈心谈话记录 --from 谈话记录表.docx"),
)
def command() -> None:
    """Take the options that stand before a command: there are none but --help."""
