"""``docsmith types``: the document types that can be rendered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import data_option, examples, json_option, plugin_dir_option
from docsmith.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docsmith.cli.session import Session
    from docsmith.model.findings import Finding
    from docsmith.plugin.document_type import DocumentType
    from docsmith.plugin.trust import Trust


@click.command(
    "types",
    short_help=_("List the document types, and what their templates may name."),
    help=_(
        "List the document types: id, title, the sheets that each needs, and where it comes from. With TYPEs"
        " and --fields, list every name that their templates may use, in Chinese and in English, with an"
        " example."
    ),
    epilog=examples("docsmith types", "docsmith types self-check --fields"),
)
@click.argument("names", metavar="[TYPE]...", nargs=-1)
@click.option("--fields", is_flag=True, help=_("List every name that a template of the TYPEs may use."))
@data_option
@plugin_dir_option
@json_option
def command(
    names: tuple[str, ...],
    fields: bool,
    data: tuple[str | Path, ...],
    plugin_dirs: tuple[Path, ...],
    as_json: bool,
) -> None:
    """List the document types of the workspace, all or some."""
    from docsmith.cli.session import Session

    session = Session.start(plugin_dirs)
    if fields and not names:
        raise UsageError(
            _("--fields needs the name of a document type."), hint="docsmith types self-check --fields"
        )
    if fields:
        from docsmith.cli.type_fields import show_fields

        show_fields(session, names, data, as_json=as_json)
    else:
        _list(session, names, as_json=as_json)


def _list(session: Session, names: tuple[str, ...], *, as_json: bool) -> None:
    from docsmith.cli.findings import show_findings
    from docsmith.cli.say import aligned, print_json, say

    manager = session.manager
    types = session.types(names) if names else list(manager.types.values())
    findings = [*manager.findings, *_untrusted(types, manager.trust)]
    titles = {sheet.name: sheet.title for sheet in manager.schema.sheets.values()}
    if as_json:
        found = [
            {
                "id": one.id,
                "title": one.title,
                "synonyms": list(one.manifest.synonyms),
                "version": one.manifest.version,
                "origin": one.origin,
                "sheets": [{"name": name, "title": titles[name]} for name in one.uses],
            }
            for one in types
        ]
        print_json({"types": found, "findings": [finding.as_json() for finding in findings]})
        return
    heads = (_("ID"), _("Title"), _("Sheets"), _("Origin"))
    rows = [(one.id, one.title, "、".join(titles[name] for name in one.uses), one.origin) for one in types]
    for line in aligned([heads, *rows]):
        say(line)
    if findings:
        say()
        show_findings(findings)


def _untrusted(types: Sequence[DocumentType], trust: Trust) -> Iterator[Finding]:
    """Yield why documents of a type that is listed could not be made, and how to allow them."""
    from docsmith.model.findings import Finding, Place, Severity

    for one in types:
        if refusal := trust.refusal(one):
            place = Place(f"{one.folder.name}/{one.manifest.python}")
            yield Finding(Severity.WARNING, refusal.message, refusal.hint, place, "plugin-untrusted")
