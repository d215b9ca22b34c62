"""``docsmith plugin check``: everything wrong with a plugin before anybody uses it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import examples, json_option, plugin_dir_option
from docsmith.errors import EXIT_DONE, EXIT_SOME_FAILED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docsmith.engine.plugins.examination import Examination


@click.command(
    "check",
    short_help=_("Find everything wrong with a plugin."),
    help=_(
        "Find everything wrong with a plugin: its plugin.toml, its item sets, its template, its Python; and"
        " make documents of it on trial. PLUGIN is a folder, a zip, a wheel, the project of"
        " a package, or the id of an installed one."
        " Its Python is run only where that is allowed."
    ),
    epilog=examples("docsmith plugin check talk-record", "docsmith plugin check talk-record-1.0.zip --json"),
)
@click.argument("name", metavar="PLUGIN")
@plugin_dir_option
@json_option
def command(name: str, plugin_dirs: tuple[Path, ...], as_json: bool) -> int:
    """Check a plugin; the exit code is 1 where there is an error in it."""
    from docsmith.cli.plugin.subject import beside, subject
    from docsmith.cli.say import print_json
    from docsmith.cli.session import Session
    from docsmith.engine.plugins.examination import examine
    from docsmith.engine.plugins.places import read_all

    session = Session.start(plugin_dirs)
    found = session.candidates()
    with subject(name, found) as candidates:
        others = list(read_all(beside(name, candidates, found)))
        done = [examine(one, others, session.manager.trust) for one in candidates]
    if as_json:
        findings = [one.as_json() for each in done for one in each.findings]
        print_json({"plugins": [one.as_json() for one in done], "findings": findings})
    else:
        show(done)
    return EXIT_DONE if all(one.is_sound for one in done) else EXIT_SOME_FAILED


def show(done: Sequence[Examination]) -> None:
    """Print what was found, and what was made on trial."""
    from collections import Counter

    from docsmith.cli.findings import in_words, show_findings
    from docsmith.cli.say import say

    for one in done:
        manifest = one.document_type.manifest if one.document_type else None
        say(f"{manifest.id}（{manifest.title}）{manifest.version}" if manifest else one.name)
        say()
        show_findings(one.findings)
        if one.documents:
            names = list(dict.fromkeys(one.documents))
            said = _("{number} documents made on trial, such as {name}")
            say(said.format(number=len(one.documents), name=names[0]))
        counts = Counter(finding.severity for finding in one.findings)
        say(in_words(counts) if counts else _("Nothing is wrong."))
