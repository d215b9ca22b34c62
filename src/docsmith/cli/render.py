"""``docsmith render``: documents from the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import (
    branch_option,
    clean_pinyin_option,
    data_option,
    examples,
    json_option,
    out_option,
    period_option,
    plugin_dir_option,
)
from docsmith.errors import EXIT_DONE, EXIT_SOME_FAILED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docsmith.cli.session import Session
    from docsmith.engine.run import Result
    from docsmith.model.dataset import Dataset


@click.command(
    "render",
    short_help=_("Make documents."),
    help=_(
        "Make the documents of the named TYPEs (id or Chinese title), one for each branch."
        " A document that a person has edited stays; the new one goes beside it."
    ),
    epilog=examples(
        "docsmith render self-check", "docsmith render 自检自查表 问题清单 --branch 第一党支部 --dry-run"
    ),
)
@click.argument("names", metavar="TYPE...", nargs=-1, required=True)
@data_option
@out_option
@branch_option
@period_option
@click.option("--dry-run", is_flag=True, help=_("Say what would be done, and write nothing."))
@click.option(
    "--force", is_flag=True, help=_("Move edited documents aside, and put the new ones in their place.")
)
@clean_pinyin_option
@plugin_dir_option
@json_option
def command(
    names: tuple[str, ...],
    data: tuple[str | Path, ...],
    out: Path | None,
    branches: tuple[str, ...],
    period: str | None,
    dry_run: bool,
    force: bool,
    clean_pinyin: bool,
    plugin_dirs: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Render; the exit code is 1 where a document failed."""
    from docsmith.cli.session import Session, chosen_branches
    from docsmith.engine.pipeline import Pipeline
    from docsmith.engine.run import open_run
    from docsmith.engine.writing import Status

    session = Session.start(plugin_dirs)
    types = session.types(names)
    year = session.year(period)
    dataset = session.load(data, year=year, clean_pinyin=clean_pinyin)
    pipeline = Pipeline(dataset, session.manager, session.rules)
    folder, chosen = out or session.workspace.out, chosen_branches(dataset, branches)
    year, pattern = year or dataset.unit.year, session.workspace.path
    with open_run(pipeline, folder, year, pattern=pattern, force=force, dry_run=dry_run) as run:
        results = list(run.documents(types, chosen))
    _report(session, dataset, results, as_json=as_json, dry_run=dry_run)
    return EXIT_SOME_FAILED if any(one.status is Status.FAILED for one in results) else EXIT_DONE


def _report(
    session: Session, dataset: Dataset, results: Sequence[Result], *, as_json: bool, dry_run: bool
) -> None:
    from docsmith.cli.report import counted, show_results, summary
    from docsmith.cli.say import print_json, say

    findings = (*session.manager.findings, *dataset.findings)
    if as_json:
        documents = [result.as_json() for result in results]
        told = {"documents": documents, "findings": [finding.as_json() for finding in findings]}
        print_json({"dry_run": True, **told} if dry_run else told)
        return
    show_results(results, {one.id: one.title for one in session.manager.types.values()})
    say()
    say(summary(results))
    if dry_run:
        say(_("Nothing was written: this was a dry run."))
    if broken := session.manager.broken:
        say(_("Plugins that cannot be used: {names}; see docsmith types.").format(names="、".join(broken)))
    if dataset.findings:
        say(_("In the data: {counts}. docsmith check lists them.").format(counts=counted(dataset.findings)))
