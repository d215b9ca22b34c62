"""Where plugins are: four kinds of places, looked at in a written-out order, none of them imported."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docsmith import _resources
from docsmith._i18n import gettext as _
from docsmith.errors import UsageError

MANIFEST_NAME = "plugin.toml"
ENTRY_POINT_GROUP = "docsmith"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A folder with a ``plugin.toml``: ``origin`` says, in the reader's language, who put it there.

    ``templates`` is the folder that holds its template; that of a bundled plugin stands apart, so that a
    person who edits templates in Word meets no code.
    """

    folder: Path
    templates: Path
    origin: str


def candidates(
    *, user_folder: Path | None = None, workspace_folders: Iterable[Path] = (), folders: Iterable[Path] = ()
) -> list[Candidate]:
    """Return every plugin folder, in the order in which a later one may override an earlier one.

    Bundled plugins come first, then entry points, the user's folder, the workspace's, and at last those
    that the command names (``--plugin-dir``). A folder met twice counts once. Nothing is imported. Raises
    :class:`UsageError` for a folder of the workspace or the command that holds no plugin.
    """
    found = [
        *bundled(),
        *entry_points(),
        *(_in_folder(user_folder, _("your plugin folder")) if user_folder else ()),
        *(one for folder in workspace_folders for one in _wanted(folder, _("the workspace"))),
        *(one for folder in folders for one in _wanted(folder, "--plugin-dir")),
    ]
    once = {candidate.folder.resolve(): candidate for candidate in reversed(found)}
    return [candidate for candidate in found if once[candidate.folder.resolve()] is candidate]


def bundled() -> Iterator[Candidate]:
    """Yield the plugins that come with docsmith."""
    templates = _resources.bundled_folder("templates")
    for folder in _plugin_folders(_resources.bundled_folder("plugins")):
        yield Candidate(folder, templates / folder.name, _("bundled"))


def entry_points() -> Iterator[Candidate]:
    """Yield the plugins of installed distributions, whose entry points name a package with a manifest.

    The package's folder is asked of the import system; the package itself is not imported.
    """
    for point in sorted(importlib.metadata.entry_points(group=ENTRY_POINT_GROUP), key=lambda p: p.name):
        distribution = point.dist.name if point.dist else point.module
        folder = _package_folder(point.module)
        if folder is not None:
            yield Candidate(folder, folder, _("the package {name}").format(name=distribution))


def _package_folder(module: str) -> Path | None:
    """Return the folder of a package; only the outermost name is looked up, the rest are folders in it."""
    outermost, *inner = module.split(".")
    try:
        spec = importlib.util.find_spec(outermost)
    except (ImportError, ValueError):
        return None
    for location in (spec and spec.submodule_search_locations) or ():
        folder = Path(location, *inner)
        if (folder / MANIFEST_NAME).is_file():
            return folder
    return None


def _wanted(folder: Path, origin: str) -> Iterator[Candidate]:
    """Yield the plugins of a folder that somebody named, which therefore must be there."""
    found = list(_in_folder(folder, origin))
    if not found:
        raise UsageError(
            _("{folder} holds no plugin.").format(folder=folder),
            hint=_("Expected a folder with {name}, or a folder of such folders.").format(name=MANIFEST_NAME),
        )
    yield from found


def _in_folder(folder: Path, origin: str) -> Iterator[Candidate]:
    own = [folder] if (folder / MANIFEST_NAME).is_file() else _plugin_folders(folder)
    for one in own:
        yield Candidate(one, one, f"{origin} ({one})")


def _plugin_folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(inner for inner in folder.iterdir() if (inner / MANIFEST_NAME).is_file())
