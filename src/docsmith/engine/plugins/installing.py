"""Plugins into the folder where they are found, and out of it: whole or not at all, and nothing is lost."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from docsmith._files import OWN_FOLDER, TEMPORARY_PREFIX, reason_of
from docsmith._i18n import gettext as _
from docsmith.engine.plugins.opening import unpack
from docsmith.engine.plugins.places import read_all
from docsmith.errors import OutputError, PluginError, UsageError
from docsmith.plugin.discovery import candidates, has_manifest
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.files import contents_of

_REMOVED = "removed"


class Installing(StrEnum):
    """What became of a plugin that was to be installed."""

    INSTALLED = "installed"
    UPGRADED = "upgraded"
    UNCHANGED = "unchanged"


class Placed(NamedTuple):
    """A plugin in its place; ``aside`` is where the one that was there before has gone."""

    what: Installing
    folder: Path
    aside: Path | None = None


def files_of(document_type: DocumentType) -> dict[str, bytes]:
    """Return the files that are handed on and installed; raises :class:`PluginError`.

    A file that the manifest names, but that is a link, or hidden, or called like what programs leave behind,
    is a mistake: without it the plugin would be broken.
    """
    manifest = document_type.manifest
    files = contents_of(document_type.folder)
    named = filter(None, [manifest.template, manifest.python, *(one.rows for one in manifest.sheets)])
    if lost := [name for name in named if name not in files]:
        raise PluginError(
            _("The plugin {name} names files that are links, or hidden: {files}.").format(
                name=document_type.id, files="、".join(lost)
            ),
            hint=_("Put the files themselves into {folder}.").format(folder=document_type.folder),
        )
    return files


def install(document_type: DocumentType, place: Path, *, upgrade: bool = False) -> Placed:
    """Put a plugin into a folder of plugins, under its id.

    One of the same id that is there already stays, unless it is to be upgraded: then it is moved aside.
    Raises :class:`UsageError` where that was not said, and :class:`OutputError`.
    """
    files = files_of(document_type)
    target = place / document_type.id
    earlier = next((one for one in _own(place) if one.id == document_type.id), None)
    if earlier is None and os.path.lexists(target):
        raise UsageError(
            _("{path} is there already, and is no plugin called {id}.").format(
                path=target, id=document_type.id
            ),
            hint=_("Move it away first."),
        )
    if earlier is None:
        _put(files, target)
        return Placed(Installing.INSTALLED, target)
    if _same(earlier.folder, files):
        return Placed(Installing.UNCHANGED, earlier.folder)
    if not upgrade:
        raise UsageError(
            _("{id} {version} is installed already, and is another one: {folder}.").format(
                id=document_type.id, version=earlier.manifest.version, folder=earlier.folder
            ),
            hint=_("--upgrade puts {version} in its place; the other is moved aside, not deleted.").format(
                version=document_type.manifest.version
            ),
        )
    return Placed(Installing.UPGRADED, target, _replace(files, earlier.folder, target))


def remove(folder: Path) -> Path:
    """Move a plugin's folder aside, and return where it is now; raises :class:`OutputError`."""
    aside = _free(folder)
    with _telling(folder):
        aside.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(aside)
    return aside


def _own(place: Path) -> Iterator[DocumentType]:
    """Yield the plugins that can be read in a folder of plugins."""
    found = candidates(user_folder=place)
    for one in read_all([one for one in found if one.folder.parent == place]):
        if one.document_type:
            yield one.document_type


def _same(folder: Path, files: Mapping[str, bytes]) -> bool:
    try:
        return contents_of(folder) == files
    except PluginError:
        return False


def _put(files: Mapping[str, bytes], target: Path) -> None:
    """Write files beside their place, and let them take it in one step."""
    temporary = target.parent / OWN_FOLDER / f"{TEMPORARY_PREFIX}{os.getpid()}-{os.urandom(4).hex()}"
    with _telling(target):
        try:
            unpack(files, temporary)
            temporary.rename(target)
            with contextlib.suppress(OSError):  # what was moved aside lies in it, if anything
                temporary.parent.rmdir()
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise


def _replace(files: Mapping[str, bytes], earlier: Path, target: Path) -> Path:
    aside = remove(earlier)
    try:
        _put(files, target)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.rename(earlier)
        raise
    return aside


def _free(folder: Path) -> Path:
    """Return a path that is not taken, among those that were moved aside before."""
    aside = folder.parent / OWN_FOLDER / _REMOVED / folder.name
    number = 2
    while os.path.lexists(aside):
        aside = aside.with_name(f"{folder.name}-{number}")
        number += 1
    return aside


@contextlib.contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            _("{path} could not be written: {reason}").format(path=path, reason=reason_of(error)),
            hint=_("Close its files in Word or WPS, and try again."),
        ) from error


def lies_in_a_place(folder: Path, place: Path) -> bool:
    """Say whether a plugin is one of several in a folder of plugins, not that folder itself."""
    return folder.parent.resolve() == place.resolve() and not has_manifest(place)
