"""The package: a .docx is a zip file, and one from anywhere is looked at before anything in it is read."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from types import MappingProxyType

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.template.package.kinds import describe_wrong_kind
from docsmith.template.problems import placed

MAX_ENTRIES = 2000
"""Parts of a package."""
MAX_PART = 64 << 20
"""Bytes of one part, unpacked: a picture, most often."""
MAX_TOTAL = 128 << 20
"""Bytes of a package, unpacked; to open a template takes three times as much memory."""
MAX_RATIO = 200
"""How many times its packed size a part of more than a megabyte may have: text has ten to thirty."""
_RATIO_FREE = 1 << 20
_LOCAL_HEADER = 30
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip


def read_package(data: bytes, name: str) -> Mapping[str, bytes]:
    """Return the parts of a .docx by their names, in the order of the file.

    Raises :class:`TemplateError`, in one sentence, for what is no .docx, is damaged, or is made to harm:
    too many or too large entries, names that lead elsewhere, entries that overlap.
    """
    if wrong := describe_wrong_kind(data):
        raise TemplateError(placed(name, wrong.message), hint=wrong.hint)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [info for info in archive.infolist() if not info.is_dir()]
            _check_directory(entries, archive.start_dir, name)
            return MappingProxyType({info.filename: _read(archive, info) for info in entries})
    except _DAMAGED as error:
        raise TemplateError(
            _("{name}: the file is damaged or was cut off.").format(name=name),
            hint=_("Copy it again, or open it in Word or WPS and save it as .docx."),
        ) from error


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as stream:
        data = stream.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise zipfile.BadZipFile(info.filename)
    return data


def _check_directory(entries: list[zipfile.ZipInfo], end: int, name: str) -> None:
    hint = _("Do not use a template of unknown origin; make a new one in Word or WPS.")
    for wrong in (_wrong_sizes(entries), _wrong_names(entries), _wrong_layout(entries, end)):
        if wrong:
            raise TemplateError(placed(name, wrong), hint=hint)


def _wrong_sizes(entries: list[zipfile.ZipInfo]) -> str:
    if len(entries) > MAX_ENTRIES:
        return _("the package has more than {limit} parts.").format(limit=MAX_ENTRIES)
    if sum(info.file_size for info in entries) > MAX_TOTAL:
        return _("the package unpacks to more than {limit} MB.").format(limit=MAX_TOTAL >> 20)
    for info in entries:
        if info.file_size > MAX_PART:
            return _("the part {part} unpacks to more than {limit} MB.").format(
                part=info.filename, limit=MAX_PART >> 20
            )
        if info.file_size > max(_RATIO_FREE, MAX_RATIO * info.compress_size):
            return _("the part {part} unpacks to more than {limit} times its size.").format(
                part=info.filename, limit=MAX_RATIO
            )
    return ""


def _wrong_names(entries: list[zipfile.ZipInfo]) -> str:
    seen = set()
    for info in entries:
        part = info.filename
        pieces = part.split("/")
        if ".." in pieces or "" in pieces or any(character in part for character in "\\:\0"):
            return _("the part name {part!r} leads out of the package.").format(part=part)
        if part.casefold() in seen:
            return _("the part {part} is there twice.").format(part=part)
        seen.add(part.casefold())
    return ""


def _wrong_layout(entries: list[zipfile.ZipInfo], end: int) -> str:
    """Return what is wrong with how entries lie in the file: encrypted, or one on top of another."""
    ordered = sorted(entries, key=lambda info: info.header_offset)
    for info, following in zip(ordered, [*(entry.header_offset for entry in ordered[1:]), end]):
        if info.flag_bits & 0x1:
            return _("the part {part} is encrypted.").format(part=info.filename)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return _("the part {part} is packed in a way that Word does not use.").format(part=info.filename)
        if info.header_offset + _LOCAL_HEADER + info.compress_size > following:
            return _("the part {part} overlaps with another.").format(part=info.filename)
    return ""
