"""``docsmith check``: everything wrong or missing in the data."""

from __future__ import annotations

from pathlib import Path

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import (
    clean_pinyin_option,
    data_option,
    examples,
    json_option,
    period_option,
    plugin_dir_option,
)
from docsmith.errors import EXIT_DONE, EXIT_SOME_FAILED


@click.command(
    "check",
    short_help=_("List what is wrong or missing in the data."),
    help=_("List everything wrong or missing in the data, by cell, and what the regulations object to."),
    epilog=examples("docsmith check", "docsmith check --data 数据.xlsx --json"),
)
@data_option
@period_option
@clean_pinyin_option
@plugin_dir_option
@json_option
def command(
    data: tuple[str | Path, ...],
    period: str | None,
    clean_pinyin: bool,
    plugin_dirs: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Check the data; the exit code is 1 where there is an error in it."""
    from docsmith.cli.report import counted, show_findings
    from docsmith.cli.say import print_json, say
    from docsmith.cli.session import Session
    from docsmith.engine.checking import check
    from docsmith.model.findings import Severity

    session = Session.start(plugin_dirs)
    year = session.year(period)
    dataset = session.load(data, year=year, clean_pinyin=clean_pinyin)
    findings = check(dataset, session.manager, session.rules, year or dataset.unit.year)
    if as_json:
        print_json({"documents": [], "findings": [finding.as_json() for finding in findings]})
    else:
        show_findings(findings)
        say(counted(findings) if findings else _("Nothing is wrong."))
    return EXIT_SOME_FAILED if any(one.severity is Severity.ERROR for one in findings) else EXIT_DONE
