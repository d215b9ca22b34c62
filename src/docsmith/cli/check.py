"""``docsmith check``: everything wrong or missing in the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from docsmith.errors import EXIT_DONE, EXIT_SOME_FAILED, DocsmithError

if TYPE_CHECKING:
    from docsmith.engine.checking import Found


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
    from docsmith.cli.findings import Listing, in_words
    from docsmith.cli.progress import progress
    from docsmith.cli.say import say
    from docsmith.cli.session import Session
    from docsmith.engine.checking import check
    from docsmith.model.findings import Severity

    session = Session.start(plugin_dirs)
    year = session.year(period)
    listing = Listing()
    with progress(as_json=as_json) as steps:
        with steps.step(_("reading the data")):
            source = session.open(data, year=year, clean_pinyin=clean_pinyin)
        with closing(source), steps.step(_("checking branches")) as step:
            step.total = sum(1 for _name in source.names())
            survey = session.workspace.survey
            found = check(source, session.manager, session.rules, survey, year, step.advance)
            if as_json:
                return _print_json(found)
            for rank, finding in found:
                listing.add(finding, rank)
    listing.show()
    say(in_words(listing.counts) if listing.counts else _("Nothing is wrong."))
    return EXIT_SOME_FAILED if listing.counts[Severity.ERROR] else EXIT_DONE


def _print_json(found: Iterable[Found]) -> int:
    """Print the findings as they come; what stops the check midway is the last of them."""
    from docsmith.cli.json_stream import print_object
    from docsmith.cli.say import complain
    from docsmith.model.findings import Severity, what_stopped

    code = EXIT_DONE

    def findings() -> Iterator[dict[str, Any]]:
        nonlocal code
        try:
            for _rank, finding in found:
                if finding.severity is Severity.ERROR:
                    code = EXIT_SOME_FAILED
                yield finding.as_json()
        except DocsmithError as error:
            complain(error.message, error.hint)
            code = error.exit_code
            yield what_stopped(error).as_json()

    print_object({"documents": [], "findings": findings()})
    return code
