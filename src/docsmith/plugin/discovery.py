"""Where plugins are: four kinds of places, looked at in a written-out order, none of them imported."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.machinery import PathFinder
from pathlib import Path
from typing import NamedTuple

from docsmith import _resources
from docsmith._files import reason_of
from docsmith._i18n import gettext as _
from docsmith.errors import UsageError
from docsmith.plugin.origins import Origin

MANIFEST_NAME = "plugin.toml"
ENTRY_POINT_GROUP = "docsmith"


class Candidate(NamedTuple):
    """A folder with a ``plugin.toml``: ``origin`` says, in the reader's language, who put it there.

    ``kind`` is what kind of place that is; one that is not said is the least trusted.

    ``templates`` is the folder that holds its template; that of a bundled plugin stands apart, so that a
    person who edits templates in Word meets no code. ``unpacked_from`` is where a person finds a folder that
    was unpacked: the zip, and in it the folder.
    """

    folder: Path
    templates: Path
    origin: str
    kind: Origin = Origin.COMMAND
    unpacked_from: Path | None = None

    @property
    def shown(self) -> Path:
        """The folder as a person finds it."""
        return self.unpacked_from or self.folder


def candidates(
    *, user_folder: Path | None = None, workspace_folders: Iterable[Path] = (), folders: Iterable[Path] = ()
) -> list[Candidate]:
    """Return every plugin folder, in the order in which a later one may override an earlier one.

    Bundled plugins come first, then entry points, the user's folder, the workspace's, and at last those
    that the command names (``--plugin-dir``). A folder met twice counts once. Nothing is imported.
    With ``DOCSMITH_PACKAGES=off``, as tests have it, installed packages are not looked at. Raises
    :class:`UsageError` for a folder of the workspace that is not there, and for one of the command that holds
    no plugin.
    """
    found = [
        *bundled(),
        *(() if os.environ.get("DOCSMITH_PACKAGES") == "off" else entry_points()),
        *(_in_folder(user_folder, _("your plugin folder"), Origin.USER) if user_folder else ()),
        *(one for folder in workspace_folders for one in _of_workspace(folder)),
        *(one for folder in folders for one in _wanted(folder)),
    ]
    once = {candidate.folder.resolve(): candidate for candidate in reversed(found)}
    return [candidate for candidate in found if once[candidate.folder.resolve()] is candidate]


def bundled() -> Iterator[Candidate]:
    """Yield the plugins that come with docsmith."""
    templates = _resources.bundled_folder("templates")
    for folder in _plugin_folders(_resources.bundled_folder("plugins")):
        yield Candidate(folder, templates / folder.name, _("bundled"), Origin.BUNDLED)


def entry_points() -> Iterator[Candidate]:
    """Yield the plugins of installed distributions, whose entry points name a package with a manifest.

    The package's folder is asked of the import system; the package itself is not imported. One that is not
    there, or has no manifest, is where it ought to be, so that somebody is told of it.
    """
    if not _is_declared():
        return
    import importlib.metadata

    for point in sorted(importlib.metadata.entry_points(group=ENTRY_POINT_GROUP), key=lambda p: p.name):
        parts = point.value.strip().split(".")
        is_module = all(map(str.isidentifier, parts))
        folder = _package_folder(parts) if is_module else None
        if folder is None and point.dist:
            expected = "/".join(parts) if is_module else point.dist.name
            folder = Path(str(point.dist.locate_file(expected)))
        if folder is not None:
            origin = _("the package {name}").format(name=point.dist.name if point.dist else parts[0])
            yield Candidate(folder, folder, origin, Origin.PACKAGE)


def _is_declared() -> bool:
    """Tell whether some distribution may have an entry point of ours; importlib.metadata then says which.

    It brings a parser of mail headers along, and takes 15 ms of every start; this look takes 0.5, and nearly
    always says no. What is no folder (a zip file), and what a finder of somebody's own knows, is left to it.
    """
    if any(hasattr(finder, "find_distributions") and finder is not PathFinder for finder in sys.meta_path):
        return True
    return any(map(_declares, sys.path))


def _declares(folder: str) -> bool:
    try:
        names = os.listdir(folder or ".")  # noqa: PTH208 - 15,000 paths need not be made for it
    except NotADirectoryError:
        return True
    except OSError:
        return False
    for name in names:
        if name.lower().endswith((".dist-info", "egg-info")):
            try:
                text = Path(folder, name, "entry_points.txt").read_bytes()
            except OSError:
                continue
            if f"[{ENTRY_POINT_GROUP}]".encode() in text:
                return True
    return False


def _package_folder(parts: Sequence[str]) -> Path | None:
    """Return the folder of a package; only the outermost name is looked up, the rest are folders in it."""
    outermost, *inner = parts
    try:
        spec = importlib.util.find_spec(outermost)
    except (ImportError, ValueError):
        return None
    for location in (spec and spec.submodule_search_locations) or ():
        folder = Path(location, *inner)
        if (folder / MANIFEST_NAME).is_file():
            return folder
    return None


def _of_workspace(folder: Path) -> Iterator[Candidate]:
    """Yield the plugins of a folder that the workspace lists; it may be empty, after the last was removed.

    One that is not there is named as a broken plugin is, and stops nothing: ``plugin new`` may be about to
    make it.
    """
    if not folder.is_dir():
        yield Candidate(folder, folder, _("the workspace"), Origin.WORKSPACE)
    yield from _in_folder(folder, _("the workspace"), Origin.WORKSPACE)


def _wanted(folder: Path) -> Iterator[Candidate]:
    """Yield the plugins of a folder that the command names, which therefore must be there."""
    found = list(_in_folder(folder, "--plugin-dir", Origin.COMMAND))
    if not found:
        raise _no_plugin(folder)
    yield from found


def _no_plugin(folder: Path) -> UsageError:
    return UsageError(
        _("{folder} holds no plugin.").format(folder=folder),
        hint=_("Expected a folder with {name}, or a folder of such folders.").format(name=MANIFEST_NAME),
    )


def _in_folder(folder: Path, origin: str, kind: Origin) -> Iterator[Candidate]:
    own = [folder] if has_manifest(folder) else _plugin_folders(folder)
    for one in own:
        yield Candidate(one, one, f"{origin} ({one})", kind)


def _plugin_folders(folder: Path) -> list[Path]:
    try:
        return sorted(inner for inner in folder.iterdir() if has_manifest(inner))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise UsageError(
            _("The folder {folder} cannot be read: {reason}").format(folder=folder, reason=reason_of(error))
        ) from error


def has_manifest(folder: Path) -> bool:
    """Say whether a folder is a plugin's; one that may not be looked into is one, and broken."""
    try:
        return (folder / MANIFEST_NAME).is_file()
    except PermissionError:
        return True
