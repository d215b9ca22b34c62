"""``docsmith convert``: the dataset as docsmith understood it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import DataType, clean_pinyin_option, examples, plugin_dir_option

_PINYIN_REMOVED = "pinyin-removed"


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
    from docsmith.cli.report import MOST_LINES_PER_SHEET, counted, placed
    from docsmith.cli.say import complain, say
    from docsmith.cli.session import Session
    from docsmith.errors import UsageError
    from docsmith.model.findings import Severity
    from docsmith.sources.export import write_dataset

    if output.exists() and not force:
        raise UsageError(
            _("{path} is already there, and stays as it is.").format(path=output),
            hint=_("Choose another name, or use --force."),
        )
    session = Session.start(plugin_dirs)
    dataset = session.load(source, year=session.year(None), clean_pinyin=clean_pinyin)
    write_dataset(dataset, output, sources=[one for one in source if isinstance(one, Path)])
    say(_("Written: {path}").format(path=output))
    # Whatever is not in the file as it was in the source: rows left out, characters replaced, pinyin.
    told = (
        one for one in dataset.findings if one.severity is not Severity.INFO or one.code == _PINYIN_REMOVED
    )
    for finding in islice(told, MOST_LINES_PER_SHEET):
        complain(placed(finding), finding.hint)
    if dataset.findings:
        complain(counted(dataset.findings), _("docsmith check lists them."))
