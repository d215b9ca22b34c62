"""``docsmith plugin trust``: the Python of a plugin may run from now on."""

from __future__ import annotations

from pathlib import Path

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import examples, plugin_dir_option
from docsmith.errors import UsageError


@click.command(
    "trust",
    short_help=_("Allow the Python of a plugin to run."),
    help=_(
        "Allow the Python of the plugins with these IDs to run, until it changes. --workspace instead"
        " believes this workspace: whatever docsmith.toml lists under trust may run, also when it changes."
        " What you allow is kept in your own folder, for you alone."
    ),
    epilog=examples("docsmith plugin trust party-dues", "docsmith plugin trust --revoke party-dues"),
)
@click.argument("names", metavar="[ID]...", nargs=-1)
@click.option("--workspace", is_flag=True, help=_("Believe what this workspace lists."))
@click.option("--revoke", is_flag=True, help=_("Take it back."))
@plugin_dir_option
def command(names: tuple[str, ...], workspace: bool, revoke: bool, plugin_dirs: tuple[Path, ...]) -> None:
    """Allow, or take back what was allowed."""
    from docsmith.cli.say import say
    from docsmith.cli.session import Session, own_folder
    from docsmith.engine.plugins.permission import Permission
    from docsmith.plugin.origins import INSTALLED

    if not names and not workspace:
        raise UsageError(_("Whom to trust?"), hint=_("Name the IDs of plugins, or --workspace."))
    session = Session.start(plugin_dirs)
    permission = Permission.read(own_folder())
    if workspace:
        file = session.workspace.file
        if file is None:
            raise UsageError(_("There is no workspace here or in a folder above."))
        permission = (
            permission.without_workspace(file.parent) if revoke else permission.with_workspace(file.parent)
        )
        listed = "、".join(session.workspace.trust) or _("nothing yet")
        said = _("No longer believed: {file}") if revoke else _("Believed: {file} (trust: {names})")
        say(said.format(file=file, names=listed))
    for name in names:
        if revoke:
            permission = permission.without([name])
            say(_("{name} may no longer run.").format(name=name))
            continue
        document_type = session.manager.find(name)
        if document_type.manifest.python is None:
            say(_("{name} has no Python: it needs no permission.").format(name=document_type.id))
            continue
        if document_type.kind in INSTALLED:
            said = _("{name} was installed as a program ({origin}): it may run.")
            say(said.format(name=document_type.id, origin=document_type.origin))
            continue
        permission = permission.with_plugin(document_type)
        file = document_type.folder / document_type.manifest.python
        say(_("{name} may run, until its Python changes: {file}").format(name=document_type.id, file=file))
    permission.write()
