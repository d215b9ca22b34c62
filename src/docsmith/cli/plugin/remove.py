"""``docsmith plugin remove``: a plugin out of the way, kept where it can be found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import examples, json_option, trust_option

if TYPE_CHECKING:
    from docsmith.engine.workspace import Workspace


@click.command(
    "remove",
    short_help=_("Remove an installed plugin."),
    help=_(
        "Remove the plugin with this ID from the workspace, or with --user from your own folder. It is moved"
        " aside, not deleted."
    ),
    epilog=examples("docsmith plugin remove talk-record"),
)
@click.argument("name", metavar="ID")
@click.option("--user", is_flag=True, help=_("From your own folder."))
@trust_option
@json_option
def command(name: str, user: bool, as_json: bool) -> None:
    """Move a plugin aside, and say where it is."""
    from docsmith.cli.report import short
    from docsmith.cli.say import print_json, say
    from docsmith.cli.session import own_folder
    from docsmith.engine.plugins.installing import lies_in_a_place, remove
    from docsmith.engine.plugins.places import installed, own_plugin
    from docsmith.engine.workspace import Workspace
    from docsmith.errors import UsageError

    workspace = Workspace.find(Path.cwd())
    plugins = own_folder() / "plugins"
    found = list(installed(plugins, workspace))
    one = own_plugin(name, found, user_only=user)
    folder = one.candidate.folder
    if not any(lies_in_a_place(folder, place) for place in (*workspace.plugins, plugins)):
        raise UsageError(
            _("{file} lists the folder {folder} itself.").format(file=workspace.file, folder=folder),
            hint=_("Take it out of plugins there."),
        )
    aside = remove(folder)
    if as_json:
        print_json({"removed": {"id": one.id, "folder": str(folder), "aside": str(aside)}, "findings": []})
        return
    say(_("{id} was removed, and is now in {folder}").format(id=one.id, folder=short(aside)))
    back = f"docsmith plugin install {short(aside)}"
    say(_("To bring it back: {command}").format(command=f"{back} --user" if user else back))
    rest = [other for other in found if other is not one]
    mine = [word for word in _named(workspace) if one.is_called(word)]
    if named := [word for word in mine if not any(other.is_called(word) for other in rest)]:
        said = _("{file} still names it: {names}. Take that out, or bring the plugin back.")
        say(said.format(file=workspace.file, names="、".join(dict.fromkeys(named))))


def _named(workspace: Workspace) -> tuple[str, ...]:
    """Return what the settings of a workspace call document types."""
    return (*workspace.types, *workspace.pack, *workspace.trust)
