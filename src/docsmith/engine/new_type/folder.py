"""The folder of a new type: tried first, written whole or not at all, and never over anything."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from docsmith._files import not_written, write_new
from docsmith._i18n import gettext as _
from docsmith.engine.new_type.making import NewType
from docsmith.errors import TemplateError, UsageError
from docsmith.plugin.manager import Manager


def check_made(made: NewType, plugin_id: str, start: Callable[[Path], Manager]) -> None:
    """Try a new type beside the others before anything of it is written.

    ``start`` discovers the plugins with one more folder. Raises :class:`TemplateError` with everything that
    keeps the type from being used.
    """
    with TemporaryDirectory(prefix="docsmith-") as temporary:
        folder = Path(temporary) / plugin_id
        write_folder(folder, made.files)
        broken = start(folder).broken.get(plugin_id)
    if broken is None:
        return
    mistakes = [mistake for mistake, _line in broken.mistakes] or [broken.message.partition(": ")[2]]
    said = _("No document type can be made of this, and nothing was written:")
    raise TemplateError(
        "\n".join([said, *(f"- {mistake}" for mistake in mistakes)]),
        hint=_("Change what is named in the form, or divide a large form into several, and try again."),
    )


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder with these files.

    Raises :class:`UsageError` where something of that name is there, :class:`OutputError` where it cannot be
    made; then nothing of it stays behind.
    """
    if folder.exists() or folder.is_symlink():
        raise UsageError(
            _("{path} is already there, and stays as it is.").format(path=folder),
            hint=_("Choose another id, or take the folder away first."),
        )
    made = False
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
        made = True
        for name, content in files.items():
            write_new(folder / name, content, durable=True)
    except OSError as error:
        if made:
            shutil.rmtree(folder, ignore_errors=True)
        raise not_written(folder, error) from error
