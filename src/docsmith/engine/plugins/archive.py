"""Zip files of plugins, from anybody: looked at before anything is unpacked, and unpacked into memory."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from docsmith import _zips
from docsmith._i18n import gettext as _
from docsmith.engine.names import collision_key, safe_name
from docsmith.errors import PluginError
from docsmith.plugin.discovery import MANIFEST_NAME
from docsmith.plugin.files import MAX_BYTES, MAX_FILE, is_left_behind

_UTF8_FLAG = 0x800


def read_archive(data: bytes, name: str) -> dict[str, bytes]:
    """Return the files of a zip by their paths, written with slashes, without what systems leave behind.

    Raises :class:`PluginError`, in one sentence, for what is no zip, is damaged, or is made to harm: files
    that are too many or too large, links, and paths that lead elsewhere or are no names on some system.
    """
    try:
        with _zips.open_zip(data) as archive:
            entries = _zips.entries_of(archive, _zips.Limits(MAX_FILE, MAX_BYTES), _path_of)
            own = {path: info for path, info in entries.items() if not _is_left_behind(path)}
            if wrong := _wrong_names(own):
                raise _refused(name, wrong)
            return {path: _zips.read_entry(archive, info) for path, info in own.items()}
    except _zips.UnsafeZipError as error:
        raise _refused(name, error.reason) from error


def roots_of(files: Iterable[str]) -> list[str]:
    """Return the folders with a ``plugin.toml`` that lie in no other such folder; ``""`` is the top."""
    folders = sorted(
        {str(PurePosixPath(one).parent) for one in files if PurePosixPath(one).name == MANIFEST_NAME}
    )
    roots: list[str] = []
    for folder in ("" if one == "." else one for one in folders):
        if not any(root == "" or folder.startswith(f"{root}/") for root in roots):
            roots.append(folder)
    return roots


def below(files: Mapping[str, bytes], root: str) -> dict[str, bytes]:
    """Return the files of a folder, by their paths in it."""
    start = f"{root}/" if root else ""
    return {path.removeprefix(start): content for path, content in files.items() if path.startswith(start)}


def _refused(name: str, reason: str) -> PluginError:
    return PluginError(
        _("The archive {name} is not opened: {reason}.").format(name=name, reason=reason),
        hint=_("Ask whoever sent it for a new one, made with docsmith plugin pack."),
    )


def _path_of(info: zipfile.ZipInfo) -> str:
    """Return a file's path: zip files of Windows have names in the encoding of their country, unsaid."""
    original = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        original = _decoded(original.encode("cp437"))
    return unicodedata.normalize("NFC", original.replace("\\", "/")).removeprefix("./")


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _is_left_behind(path: str) -> bool:
    return any(map(is_left_behind, path.split("/")))


def _wrong_names(paths: Iterable[str]) -> str:
    """Return what is wrong with names that are to be those of files, here and where they are sent next."""
    seen: set[str] = set()
    for path in paths:
        if not all(map(_is_portable, path.split("/"))):
            return _("{file} is no name of a file on every system").format(file=repr(path))
        if collision_key(path) in seen:
            return _("{file} is there twice").format(file=path)
        seen.add(collision_key(path))
    return ""


def _is_portable(piece: str) -> bool:
    """Say whether part of a path is the same name on Windows, macOS and Linux; spaces inside do not count."""
    return piece == piece.strip() and " ".join(piece.split()) == safe_name(piece)
