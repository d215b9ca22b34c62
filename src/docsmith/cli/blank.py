"""``docsmith blank``: the workbook for a unit to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import examples, plugin_dir_option


@click.command(
    "blank",
    short_help=_("Write the workbook to fill in."),
    help=_(
        "Write the workbook to fill in: the sheets and columns that the named TYPEs need, or those of"
        " docsmith itself and of the evaluation pack."
    ),
    epilog=examples("docsmith blank -o 数据.xlsx", "docsmith blank self-check -o 自查.xlsx"),
)
@click.argument("names", metavar="[TYPE]...", nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("The .xlsx file to write."),
)
@plugin_dir_option
def command(names: tuple[str, ...], output: Path, plugin_dirs: tuple[Path, ...]) -> None:
    """Write a fill-in workbook; a file that is already there is left alone."""
    from docsmith.cli.say import say
    from docsmith.cli.session import Session
    from docsmith.errors import UsageError
    from docsmith.sources.fill_in import write_blank

    session = Session.start(plugin_dirs)
    schema = session.workbook(names)
    if output.suffix.lower() != ".xlsx":
        raise UsageError(_("{path} is no workbook.").format(path=output), hint=_("Give it the ending .xlsx."))
    if output.exists():
        raise UsageError(
            _("{path} is already there, and stays as it is.").format(path=output),
            hint=_("Choose another name."),
        )
    write_blank(output, schema)
    say(_("Written: {path}").format(path=output))
