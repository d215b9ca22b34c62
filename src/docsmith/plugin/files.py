"""The files that are a plugin's own, whatever else programs have left in its folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from docsmith._files import TEMPORARY_PREFIX, reason_of
from docsmith._i18n import gettext as _
from docsmith.errors import PluginError

MAX_FILES = 500
"""Files of a plugin: a rich one has ten."""
MAX_FILE = 64 << 20
"""Bytes of one file, as of a part of a template."""
MAX_BYTES = 128 << 20
"""Bytes of all files of a plugin."""
MAX_DEPTH = 8
"""Folders in folders."""
# What systems, Word, WPS and editors leave behind; what begins with a dot is nobody's own either.
_LEFT_BEHIND = frozenset(("thumbs.db", "desktop.ini", "__macosx", "__pycache__"))
_STARTS = ("~$", "~wrl", ".", TEMPORARY_PREFIX)
_ENDS = (".pyc", ".pyo", ".tmp", ".orig", ".rej", "~")


def is_left_behind(name: str) -> bool:
    """Say whether a file or folder of that name (one part of a path) is no part of a plugin."""
    lower = name.lower()
    return lower in _LEFT_BEHIND or lower.startswith(_STARTS) or lower.endswith(_ENDS)


def own_files(folder: Path, *, bounded: bool = True) -> dict[str, Path]:
    """Return a plugin's files by their paths in its folder, written with slashes, sorted by them.

    Links are none of its own, nor is what Word, editors and Python leave behind (:func:`is_left_behind`).
    Raises :class:`PluginError` for a folder that cannot be read, or, if it is ``bounded``, is larger than any
    document type.
    """
    found: dict[str, Path] = {}
    size = 0
    for path, length in _walk(folder, folder):
        found[path.relative_to(folder).as_posix()] = path
        size += length
        if bounded and (len(found) > MAX_FILES or length > MAX_FILE or size > MAX_BYTES):
            raise too_large(folder.name)
    return dict(sorted(found.items()))


def too_large(name: str) -> PluginError:
    """Return the error for a plugin with more in it than a document type needs."""
    return PluginError(
        _("The plugin {name} is larger than a document type needs.").format(name=name),
        hint=_(
            "At most {files} files are expected, and {size} MB; take out what does not belong there."
        ).format(files=MAX_FILES, size=MAX_BYTES >> 20),
    )


def _walk(folder: Path, root: Path, depth: int = 0) -> Iterator[tuple[Path, int]]:
    try:
        with os.scandir(folder) as entries:
            inside = list(entries)
    except OSError as error:
        raise _unreadable(root, folder, error) from error
    for entry in inside:
        if is_left_behind(entry.name):
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            raise _unreadable(root, Path(entry.path), error) from error
        if stat.S_ISREG(status.st_mode):
            yield Path(entry.path), status.st_size
        elif stat.S_ISDIR(status.st_mode):
            if depth == MAX_DEPTH:
                raise too_large(root.name)
            yield from _walk(Path(entry.path), root, depth + 1)


def contents_of(folder: Path) -> dict[str, bytes]:
    """Return what is in a plugin's own files, by their paths; raises :class:`PluginError`."""
    contents = {}
    for name, path in own_files(folder).items():
        contents[name] = content_of(folder, path)
    return contents


def is_inside(folder: Path, path: Path) -> bool:
    """Say whether a path is a file in a folder, and not a pipe, a device, or a link that leads out of it."""
    try:
        return path.is_file() and path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # Python 3.11 and 3.12 say so of links in a circle
        return False


def content_of(folder: Path, path: Path) -> bytes:
    """Return what is in one of a plugin's files; raises :class:`PluginError` where it cannot be read."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE + 1)
    except OSError as error:
        raise _unreadable(folder, path, error) from error
    if len(content) > MAX_FILE:  # it has grown since
        raise too_large(folder.name)
    return content


def _unreadable(root: Path, path: Path, error: OSError) -> PluginError:
    return PluginError(
        _("The plugin {name} cannot be read: {path}: {reason}").format(
            name=root.name, path=path, reason=reason_of(error)
        )
    )
