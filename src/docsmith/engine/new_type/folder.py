"""The folder of a new type: written whole, or not at all, and never over anything."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from docsmith._files import reason_of, write_new
from docsmith._i18n import gettext as _
from docsmith.errors import OutputError, UsageError


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
        raise OutputError(
            _("{path} could not be written: {reason}").format(path=folder, reason=reason_of(error)),
            hint=_("Check the disk and the folder, and try again."),
        ) from error
