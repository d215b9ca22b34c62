"""Zip files of plugins, from anybody: looked at before anything is unpacked, and unpacked into memory."""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from docsmith._i18n import gettext as _
from docsmith.engine.names import collision_key, safe_name
from docsmith.errors import PluginError
from docsmith.plugin.discovery import MANIFEST_NAME
from docsmith.plugin.files import MAX_BYTES, MAX_FILE, is_left_behind

MAX_ENTRIES = 2_000
"""Files and folders of an archive, with those that systems leave behind."""
MAX_RATIO = 200
"""How many times its packed size a file of more than a megabyte may have."""
_RATIO_FREE = 1 << 20
_LOCAL_HEADER = 30
# The others are unpacked without a bound: 600 bytes to a gigabyte, whatever size the file says.
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_LINK, _KIND = 0o120000, 0o170000
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip


def read_archive(data: bytes, name: str) -> dict[str, bytes]:
    """Return the files of a zip by their paths, written with slashes, without what systems leave behind.

    Raises :class:`PluginError`, in one sentence, for what is no zip, is damaged, or is made to harm: files
    that are too many or too large, links, and paths that lead elsewhere or are no names on some system.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [info for info in archive.infolist() if not _is_folder(info)]
            if wrong := _wrong_sizes(entries) or _wrong_layout(entries, archive.start_dir):
                raise _refused(name, wrong)
            paths = {path: info for info in entries if (path := _path_of(info)) and not _is_left_behind(path)}
            if wrong := _wrong_paths(entries, paths):
                raise _refused(name, wrong)
            return {path: _read(archive, info) for path, info in paths.items()}
    except _DAMAGED as error:
        raise _refused(name, _("it is no zip file, or is damaged")) from error


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


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.orig_filename.endswith(("/", "\\")) and info.file_size == 0


def _is_left_behind(path: str) -> bool:
    return any(piece not in ("", ".", "..") and is_left_behind(piece) for piece in path.split("/"))


def _wrong_sizes(entries: list[zipfile.ZipInfo]) -> str:
    if len(entries) > MAX_ENTRIES:
        return _("it holds more than {limit} files").format(limit=MAX_ENTRIES)
    if sum(info.file_size for info in entries) > MAX_BYTES:
        return _("it unpacks to more than {limit} MB").format(limit=MAX_BYTES >> 20)
    for info in entries:
        if info.file_size > min(MAX_FILE, max(_RATIO_FREE, MAX_RATIO * info.compress_size)):
            return _("{file} unpacks to far more than a file of a plugin").format(file=_path_of(info))
    return ""


def _wrong_layout(entries: list[zipfile.ZipInfo], end: int) -> str:
    """Return what is wrong with how files lie in the zip: encrypted, packed oddly, one on top of another."""
    ordered = sorted(entries, key=lambda info: info.header_offset)
    for info, following in zip(ordered, [*(entry.header_offset for entry in ordered[1:]), end]):
        if info.flag_bits & _ENCRYPTED_FLAG:
            return _("it is protected by a password")
        if info.compress_type not in _PACKED:
            return _("{file} is packed in a way that zip files seldom are").format(file=_path_of(info))
        if info.header_offset + _LOCAL_HEADER + info.compress_size > following:
            return _("{file} overlaps with another file").format(file=_path_of(info))
    return ""


def _wrong_paths(entries: list[zipfile.ZipInfo], paths: Mapping[str, zipfile.ZipInfo]) -> str:
    seen: set[str] = set()
    wanted = [path for path in map(_path_of, entries) if not _is_left_behind(path)]
    for path in wanted:
        pieces = path.split("/")
        if not all(map(_is_portable, pieces)):
            return _("{file} leads out of it, or is no name of a file on every system").format(
                file=repr(path)
            )
        if collision_key(path) in seen:
            return _("{file} is there twice").format(file=path)
        seen.add(collision_key(path))
    for path, info in paths.items():
        if info.external_attr >> 16 & _KIND == _LINK:
            return _("{file} is a link").format(file=path)
    return ""


def _is_portable(piece: str) -> bool:
    """Say whether part of a path is the same name on Windows, macOS and Linux; spaces inside do not count."""
    return piece == piece.strip() and " ".join(piece.split()) == safe_name(piece)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as stream:
        data = stream.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise zipfile.BadZipFile(info.filename)
    return data
