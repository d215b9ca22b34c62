"""``docsmith types``: the document types that can be rendered."""

from __future__ import annotations

from pathlib import Path

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import examples, json_option, plugin_dir_option


@click.command(
    "types",
    short_help=_("List the document types."),
    help=_("List the document types: id, title, the sheets that each needs, and where it comes from."),
    epilog=examples("docsmith types", "docsmith types --plugin-dir my-plugins --json"),
)
@plugin_dir_option
@json_option
def command(plugin_dirs: tuple[Path, ...], as_json: bool) -> None:
    """List the document types of the workspace."""
    from docsmith.cli.findings import show_findings
    from docsmith.cli.say import aligned, print_json, say
    from docsmith.cli.session import Session

    manager = Session.start(plugin_dirs).manager
    titles = {sheet.name: sheet.title for sheet in manager.schema.sheets.values()}
    if as_json:
        found = [
            {
                "id": one.id,
                "title": one.title,
                "synonyms": list(one.manifest.synonyms),
                "version": one.manifest.version,
                "origin": one.origin,
                "sheets": [{"name": name, "title": titles[name]} for name in one.manifest.uses],
            }
            for one in manager.types.values()
        ]
        print_json({"types": found, "findings": [finding.as_json() for finding in manager.findings]})
        return
    heads = (_("ID"), _("Title"), _("Sheets"), _("Origin"))
    rows = [
        (one.id, one.title, "、".join(titles[name] for name in one.manifest.uses), one.origin)
        for one in manager.types.values()
    ]
    for line in aligned([heads, *rows]):
        say(line)
    if manager.findings:
        say()
        show_findings(manager.findings)
