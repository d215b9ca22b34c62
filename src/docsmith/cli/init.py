"""``docsmith init``: a workspace to start from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import examples, plugin_dir_option

_WORKBOOK = "数据.xlsx"
_COPIED = {"docsmith.toml": "docsmith.toml", "说明.txt": "guide.txt"}


@click.command(
    "init",
    short_help=_("Make a workspace."),
    help=_(
        "Make a workspace in DIR: docsmith.toml, the workbook to fill in, and a short guide."
        " Files that are already there stay as they are."
    ),
    epilog=examples("docsmith init my-unit"),
)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@plugin_dir_option
def command(folder: Path, plugin_dirs: tuple[Path, ...]) -> None:
    """Make a workspace; nothing that is there is overwritten."""
    from docsmith._files import write_atomically
    from docsmith.cli.report import short
    from docsmith.cli.say import say
    from docsmith.cli.session import Session
    from docsmith.sources.fill_in import write_blank

    session = Session.start(plugin_dirs)
    for name in (*_COPIED, _WORKBOOK):
        path = folder / name
        if path.exists():
            say(_("Already there, left as it is: {path}").format(path=short(path)))
            continue
        if name == _WORKBOOK:
            write_blank(path, session.workbook(()))
        else:
            write_atomically(path, _for_notepad(_COPIED[name]))
        say(_("Written: {path}").format(path=short(path)))
    say(
        _("Next: fill in {workbook}, then run docsmith check and docsmith render in {folder}.").format(
            workbook=_WORKBOOK, folder=short(folder)
        )
    )


def _for_notepad(name: str) -> bytes:
    """Return a text of ours as the Notepad of any Windows shows it: with CR LF and a byte order mark."""
    text = files("docsmith.cli").joinpath("workspace", name).read_text(encoding="utf-8")
    return "\r\n".join(text.splitlines()).encode("utf-8-sig") + b"\r\n"
