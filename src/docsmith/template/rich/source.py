"""What a picture or a document is read from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

from docsmith._files import reason_of
from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError

Source = str | os.PathLike[str] | bytes | IO[bytes]
"""A path, the bytes themselves, or a file that is open for reading."""


def content_of(source: Source, limit: int) -> tuple[bytes, str]:
    """Return the bytes and the name of the file, empty if it has none.

    Raises :class:`TemplateError` for what cannot be read, and for more than ``limit`` bytes.
    """
    name = ""
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, str | os.PathLike):
        name = Path(source).name
        data = _read(Path(source), limit)
    else:
        source.seek(0)
        data = source.read(limit + 1)
    if len(data) > limit:
        raise TemplateError(
            _("{name}: the file is larger than {limit} MB.").format(name=name, limit=limit >> 20)
        )
    return data, name


def _read(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise TemplateError(
            _("{name}: the file cannot be read: {reason}").format(name=path.name, reason=reason_of(error)),
            hint=str(path),
        ) from error
