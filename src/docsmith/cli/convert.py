"""``docsmith convert``: the dataset as docsmith understood it."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import DataType, clean_pinyin_option, examples, plugin_dir_option

if TYPE_CHECKING:
    from docsmith.model.findings import Finding, Severity

_PINYIN_REMOVED = "pinyin-removed"
_MOST_SHOWN = 50


@click.command(
    "convert",
    short_help=_("Write the data in another form."),
    help=_(
        "Write the data of SOURCE as docsmith understood it: .json, .yaml, a clean .xlsx, or, without an"
        " ending, a folder of csv files. Rows that cannot be read are left out, and listed."
    ),
    epilog=examples("docsmith convert 数据.xlsx -o 数据.json"),
)
@click.argument("source", metavar="SOURCE...", nargs=-1, required=True, type=DataType())
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help=_("The file to write, or the folder for csv files."),
)
@click.option("--force", is_flag=True, help=_("Write over a file that is already there."))
@clean_pinyin_option
@plugin_dir_option
def command(
    source: tuple[str | Path, ...],
    output: Path,
    force: bool,
    clean_pinyin: bool,
    plugin_dirs: tuple[Path, ...],
) -> None:
    """Convert the data; what was found on the way goes to standard error."""
    from docsmith.cli.progress import progress
    from docsmith.cli.say import say
    from docsmith.cli.session import Session
    from docsmith.engine.converting import gather
    from docsmith.errors import UsageError
    from docsmith.sources.export import check_target, write_gathered
    from docsmith.sources.export_rows import Gathered

    if output.exists() and not force:
        raise UsageError(
            _("{path} is already there, and stays as it is.").format(path=output),
            hint=_("Choose another name, or use --force."),
        )
    check_target(output, [one for one in source if isinstance(one, Path)])
    session = Session.start(plugin_dirs)
    told = _Told()
    with progress() as steps, ExitStack() as open_things:
        with steps.step(_("reading the data")):
            data = session.open(source, year=session.year(None), clean_pinyin=clean_pinyin)
            open_things.callback(data.close)
        gathered = open_things.enter_context(Gathered(session.manager.schema))
        with steps.step(_("reading branches")) as step:
            step.total = sum(1 for _name in data.names())
            for finding in gather(data, gathered, step.advance):
                told.add(finding)
        with steps.step(_("writing {name}").format(name=output.name), len(gathered)) as step:
            write_gathered(gathered, output, step.advance)
    say(_("Written: {path}").format(path=output))
    told.show()


class _Told:
    """What is not in the file as it was in the source: rows left out, characters replaced, pinyin."""

    def __init__(self) -> None:
        self._first: list[Finding] = []
        self._counts: Counter[Severity] = Counter()

    def add(self, finding: Finding) -> None:
        self._counts[finding.severity] += 1
        matters = finding.severity != "info" or finding.code == _PINYIN_REMOVED
        if matters and len(self._first) < _MOST_SHOWN:
            self._first.append(finding)

    def show(self) -> None:
        from docsmith.cli.findings import in_words
        from docsmith.cli.report import placed
        from docsmith.cli.say import complain

        for finding in self._first:
            complain(placed(finding), finding.hint)
        if self._counts:
            complain(in_words(self._counts), _("docsmith check lists them."))
