"""``docsmith plugin list``: every plugin that is found, and what becomes of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import examples, json_option, plugin_dir_option

if TYPE_CHECKING:
    from docsmith.engine.plugins.inventory import Entry


@click.command(
    "list",
    short_help=_("List the plugins, and what is wrong with them."),
    help=_(
        "List every plugin that is found here, in the order in which a later one may take the place of an"
        " earlier one: where it comes from, what it takes the place of, whether its Python may run, and why"
        " one cannot be used."
    ),
    epilog=examples("docsmith plugin list", "docsmith plugin list --plugin-dir my-plugins --json"),
)
@plugin_dir_option
@json_option
def command(plugin_dirs: tuple[Path, ...], as_json: bool) -> None:
    """List the plugins."""
    from docsmith.cli.say import aligned, print_json, say, say_indented
    from docsmith.cli.session import Session
    from docsmith.engine.plugins.inventory import inventory
    from docsmith.engine.plugins.places import read_all

    session = Session.start(plugin_dirs)
    entries = inventory(read_all(session.candidates()), session.manager)
    if as_json:
        print_json({"plugins": [one.as_json() for one in entries], "findings": []})
        return
    heads = (_("No."), _("ID"), _("Title"), _("Version"), _("Shape"), _("State"), _("Origin"))
    for line in aligned([heads, *map(_row, entries)]):
        say(line)
    problems = [(one.installed.id, one.problem, one.hint) for one in entries if one.problem]
    for name, problem, hint in dict.fromkeys(problems):  # what is wrong with two of one id is told once
        say()
        say_indented(f"! {name}  ", (problem, hint))


def _row(entry: Entry) -> tuple[str, ...]:
    from docsmith.engine.plugins.inventory import Python

    document_type = entry.installed.document_type
    manifest = document_type.manifest if document_type else None
    states = {
        "active": _("in use"),
        "overridden": _("replaced by {origin}").format(origin=entry.overridden_by),
        "broken": _("cannot be used"),
    }
    words = [states[entry.state]]
    if entry.overrides:
        words.append(_("replaces {origin}").format(origin="、".join(entry.overrides)))
    if entry.python is Python.UNTRUSTED:
        words.append(_("Python not allowed"))
    return (
        str(entry.order),
        entry.installed.id,
        manifest.title if manifest else "",
        manifest.version if manifest else "",
        str(manifest.shape) if manifest else "",
        "；".join(words),
        entry.installed.candidate.origin,
    )
