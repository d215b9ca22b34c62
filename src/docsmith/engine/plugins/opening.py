"""A plugin that somebody points at: a folder, a zip, or the plugins of a wheel, as folders to look at."""

from __future__ import annotations

import configparser
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from docsmith._files import reason_of
from docsmith._i18n import gettext as _
from docsmith.engine.plugins.archive import below, read_archive, roots_of
from docsmith.engine.plugins.packages import WHEEL, is_package, plugins_of_project
from docsmith.errors import PluginError, UsageError
from docsmith.plugin.discovery import ENTRY_POINT_GROUP, MANIFEST_NAME, Candidate, has_manifest
from docsmith.plugin.files import MAX_BYTES
from docsmith.plugin.origins import Origin

_MOST_LISTED = 10


@contextmanager
def opened(path: Path) -> Iterator[list[Candidate]]:
    """Open what a path holds; unpacked files are gone when the block ends.

    A folder or a zip is one plugin; in a wheel, and in the project that one is made from, there may be
    several. Raises :class:`UsageError` for what
    holds no plugin, and :class:`PluginError` for an archive that is not to be opened.
    """
    if path.is_dir():
        folders = [path] if has_manifest(path) else plugins_of_project(path)
        if not folders:
            raise holds_none(path)
        yield [Candidate(folder, folder, str(folder), Origin.COMMAND) for folder in folders]
        return
    files = read_archive(_content(path), path.name)
    roots = _modules_of(files, path) if path.suffix == WHEEL else _the_root(files, path)
    with tempfile.TemporaryDirectory(prefix="docsmith-", ignore_cleanup_errors=True) as temporary:
        found = []
        for number, root in enumerate(roots):
            folder = Path(temporary, str(number), root.rpartition("/")[2] or path.stem)
            try:
                unpack(below(files, root), folder)
            except OSError as error:  # a folder that is a file, too; a path that is too long for this system
                raise PluginError(
                    _("{path} cannot be read: {reason}").format(path=path, reason=reason_of(error)),
                    hint=_("Ask whoever sent it for a new one, made with docsmith plugin pack."),
                ) from error
            found.append(Candidate(folder, folder, str(path), Origin.COMMAND, path / root))
        yield found


def unpack(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files, by their paths in a folder, below it. Raises ``OSError``."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def holds_none(path: Path) -> UsageError:
    """Return the error for a path that holds no plugin; a form is where one begins."""
    if path.suffix.lower() == ".docx":
        hint = _("A form becomes a plugin with: docsmith plugin new ID --title … --from {file}").format(
            file=path
        )
    elif path.is_dir() and is_package(path):
        hint = _no_entry_point()
    else:
        hint = _("Expected a folder with {name}, or a zip of one.").format(name=MANIFEST_NAME)
    return UsageError(_("{folder} holds no plugin.").format(folder=path), hint=hint)


def _the_root(files: Mapping[str, bytes], path: Path) -> list[str]:
    roots = roots_of(files)
    if not roots:
        raise holds_none(path)
    if len(roots) > 1:
        raise UsageError(
            _("{file} holds several plugins: {names}.").format(file=path, names=_listed(roots)),
            hint=_("Unpack it, and name one of the folders."),
        )
    return roots


def _listed(roots: list[str]) -> str:
    return "、".join(roots[:_MOST_LISTED]) + ("……" if len(roots) > _MOST_LISTED else "")


def _modules_of(files: Mapping[str, bytes], path: Path) -> list[str]:
    """Return the folders that the entry points of a wheel name."""
    points = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    for name, content in files.items():
        if name.endswith(".dist-info/entry_points.txt") and name.count("/") == 1:
            try:
                points.read_string(content.decode("utf-8"))
            except (UnicodeDecodeError, configparser.Error):
                raise PluginError(
                    _("The entry points of {file} cannot be read.").format(file=path.name)
                ) from None
    modules = dict(points[ENTRY_POINT_GROUP]) if points.has_section(ENTRY_POINT_GROUP) else {}
    roots = [module.strip().replace(".", "/") for module in modules.values()]
    found = [root for root in dict.fromkeys(roots) if f"{root}/{MANIFEST_NAME}" in files]
    if not found:
        raise UsageError(
            _("{file} brings no document type.").format(file=path.name),
            hint=_no_entry_point(),
        )
    return found


def _no_entry_point() -> str:
    return _("A package of plugins has an entry point in the group {group}, and {name} beside it.").format(
        group=ENTRY_POINT_GROUP, name=MANIFEST_NAME
    )


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PluginError(_("{file} is larger than any plugin.").format(file=path))
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            _("{path} cannot be read: {reason}").format(path=path, reason=reason_of(error))
        ) from error
