"""``docsmith check``: everything wrong or missing in the data, or wrong with a template."""

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
from docsmith.errors import EXIT_DONE, EXIT_SOME_FAILED, DocsmithError, UsageError

if TYPE_CHECKING:
    from docsmith.engine.checking import Found


@click.command(
    "check",
    short_help=_("List what is wrong or missing in the data, or wrong with a template."),
    help=_(
        "List everything wrong or missing in the data, by cell, and what the regulations object to. With"
        " templates (.docx, or the folder of a type of your own), list everything that is wrong with them, by"
        " table, row and cell."
    ),
    epilog=examples(
        "docsmith check",
        "docsmith check --data 数据.xlsx --json",
        "docsmith check 谈话记录.docx --type talk-record --fix",
    ),
)
@click.argument("templates", metavar="[TEMPLATE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--type",
    "type_name",
    metavar="TYPE",
    help=_("The document type whose names a template may use; a template in a type's folder has that one's."),
)
@click.option(
    "--fix", is_flag=True, help=_("Mend in a copy of a template what can only be meant in one way.")
)
@click.option(
    "--sarif", "as_sarif", is_flag=True, help=_("Print what is wrong with templates as SARIF 2.1.0.")
)
@data_option
@period_option
@clean_pinyin_option
@plugin_dir_option
@json_option
def command(
    templates: tuple[Path, ...],
    type_name: str | None,
    fix: bool,
    as_sarif: bool,
    data: tuple[str | Path, ...],
    period: str | None,
    clean_pinyin: bool,
    plugin_dirs: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Check the data or templates; the exit code is 1 where there is an error in them."""
    if templates:
        _refuse_options_of_data(data, period, clean_pinyin=clean_pinyin)
        from docsmith.cli.check_template import check_templates

        return check_templates(
            templates, plugin_dirs, type_name=type_name, fix=fix, as_json=as_json, as_sarif=as_sarif
        )
    if type_name or fix or as_sarif:
        raise UsageError(
            _("--type, --fix and --sarif are for templates, and none is named."),
            hint=_("Name a template: docsmith check TEMPLATE.docx"),
        )
    return _check_data(data, period, plugin_dirs, clean_pinyin=clean_pinyin, as_json=as_json)


def _refuse_options_of_data(data: tuple[str | Path, ...], period: str | None, *, clean_pinyin: bool) -> None:
    if data or period or clean_pinyin:
        raise UsageError(
            _("--data, --period and --clean-pinyin are for the data, and not for a template."),
            hint=_("Check the data and the templates one after the other."),
        )


def _check_data(
    data: tuple[str | Path, ...],
    period: str | None,
    plugin_dirs: tuple[Path, ...],
    *,
    clean_pinyin: bool,
    as_json: bool,
) -> int:
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
            manager, types = session.manager, session.types(())
            found = check(source, manager, types, session.rules, survey, year, step.advance)
            if as_json:
                return _print_found(found)
            for rank, finding in found:
                listing.add(finding, rank)
    listing.show()
    say(in_words(listing.counts) if listing.counts else _("Nothing is wrong."))
    return EXIT_SOME_FAILED if listing.counts[Severity.ERROR] else EXIT_DONE


def _print_found(found: Iterable[Found]) -> int:
    """Print the findings as they come; what stops the check midway is the last of them."""
    from docsmith.cli.say import complain, print_json
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

    print_json({"documents": [], "findings": findings()})
    return code
