"""``docsmith plugin new``: the folder of a new document type."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import examples, json_option, plugin_dir_option

if TYPE_CHECKING:
    from docsmith.cli.session import Session

_SHAPES = ("article", "form", "ledger", "checklist", "ballot", "calendar", "pledge", "quiz")


@click.command(
    "new",
    short_help=_("Make a document type."),
    help=_(
        "Make the folder of a document type: plugin.toml, template.docx, and README.md that says what is left"
        " to do. With --from, the template is a copy of a form made in Word: what is certain is filled with"
        " tags, everything else is listed. In a workspace the folder goes to 文种, which docsmith.toml then"
        " lists; without one, to the current folder. Nothing that is there is overwritten."
    ),
    epilog=examples(
        "docsmith plugin new talk-record --title 谈心谈话记录 --from 谈话记录表.docx",
        "docsmith plugin new study-ledger --title 学习台账 --shape ledger",
    ),
)
@click.argument("plugin_id", metavar="ID")
@click.option("--title", metavar="TITLE", required=True, help=_("What people call it, such as 谈心谈话记录."))
@click.option(
    "--shape",
    type=click.Choice(_SHAPES),
    metavar="SHAPE",
    help=_(
        "What the document looks like: article (prose), form (one record on a page), ledger (a row per"
        " record), checklist (items with answers), ballot (votes), calendar (months and tasks), pledge (a"
        " text to sign) or quiz (questions). Without it and --from: form."
    ),
)
@click.option(
    "--from",
    "form",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("A form made in Word or WPS (.docx); it is only read."),
)
@plugin_dir_option
@json_option
def command(
    plugin_id: str,
    title: str,
    shape: str | None,
    form: Path | None,
    plugin_dirs: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Make the folder, and tell what is in it."""
    from docsmith.cli.plugin.told import as_plain, tell
    from docsmith.cli.say import print_json, say
    from docsmith.cli.session import Session
    from docsmith.engine.new_type.folder import check_made, write_folder
    from docsmith.engine.new_type.making import check_names, from_form, from_shape, overriding
    from docsmith.plugin.shape import Shape

    session = Session.start(plugin_dirs)
    replaced = check_names(plugin_id, title, session.manager)
    wanted = Shape(shape) if shape else None
    if form is not None:
        made = from_form(form, plugin_id, title, session.manager.schema, wanted)
    else:
        made = from_shape(wanted or Shape.FORM, plugin_id, title, session.manager.schema)
    made = overriding(made) if replaced else made
    check_made(made, plugin_id, lambda folder: Session.start((*plugin_dirs, folder)).manager)
    folder = _parent(session) / plugin_id
    write_folder(folder, made.files)
    listed = _list(session)
    if as_json:
        print_json(as_plain(made, folder))
    else:
        tell(made, folder, plugin_id, session.workspace.file, listed=listed)
        if replaced:
            instead = _("It takes the place of {title} ({id}, {origin}): plugin.toml says overrides.")
            say(instead.format(title=replaced.title, id=replaced.id, origin=replaced.origin))


def _parent(session: Session) -> Path:
    """Return where the folder goes: to the workspace's own types, else here."""
    from docsmith.engine.plugins.listing import OWN_FOLDER

    settings = session.workspace.file
    return settings.parent / OWN_FOLDER if settings else Path.cwd()


def _list(session: Session) -> bool | None:
    """List the folder of own types in docsmith.toml; ``None`` where a person has to."""
    from docsmith.engine.plugins.listing import OWN_FOLDER, list_folder

    settings = session.workspace.file
    return list_folder(settings, OWN_FOLDER) if settings else False
