"""``docsmith render``: documents from the data."""

from __future__ import annotations

from pathlib import Path

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
from docsmith.errors import EXIT_DONE, EXIT_SOME_FAILED, UsageError


@click.command(
    "render",
    short_help=_("Make documents."),
    help=_(
        "Make the documents of the named TYPEs (id or Chinese title): one for each branch, or for whatever"
        " the type is made for, such as each member or each meeting. A document that a person has edited"
        " stays; the new one goes beside it."
    ),
    epilog=examples(
        "docsmith render self-check",
        "docsmith render 自检自查表 问题清单 --branch 第一党支部 --dry-run",
        "docsmith render self-check --branch 第一党支部 --watch",
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
@click.option(
    "--watch",
    is_flag=True,
    help=_(
        "Stay, and make them again whenever the template, the plugin or the data is saved; Ctrl-C ends it."
    ),
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
    watch: bool,
    clean_pinyin: bool,
    plugin_dirs: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Render; the exit code is 1 where a document failed."""
    from docsmith.cli.rendering import Wishes
    from docsmith.cli.session import Session

    wishes = Wishes(names, data, out, branches, period, dry_run, force, clean_pinyin, plugin_dirs)
    if watch:
        from docsmith.cli import render_watch

        if as_json:
            raise UsageError(_("--watch has no end, and --json is one object: use one of them."))
        return render_watch.watch(wishes)
    session = Session.start(plugin_dirs)
    types = session.types(names)
    dataset = wishes.load(session)
    done = wishes.make(session, dataset, types)
    wishes.report(session, dataset, done, as_json=as_json)
    return EXIT_DONE if done.is_whole else EXIT_SOME_FAILED
