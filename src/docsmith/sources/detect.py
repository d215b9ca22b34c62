"""What a file really is, told from its bytes: endings lie."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from docsmith import _zips
from docsmith._i18n import gettext as _
from docsmith.errors import SourceError

# A workbook of 100,000 members takes some 10 MB.
MAX_FILE_BYTES = 200 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?"
    rb"(?:<!doctype html|<html|<table|<meta|<head|<style|<body|<div|MIME-Version:)",
    re.IGNORECASE | re.DOTALL,
)
_YAML_START = re.compile(r"(?:\s*#[^\n]*\n|\s*\n)*(?:---|%YAML|- |[^,\t\n\"']{1,64}:(?: |\n|\r|$))")


class Format(StrEnum):
    """The formats that docsmith reads; an ``.et`` of WPS is either an ``xls`` or an ``xlsx`` inside."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    YAML = "yaml"
    JSON = "json"


def read_bytes(path: Path, name: str) -> bytes:
    """Return what is in a file; raises :class:`SourceError` if it is not there, empty or too large."""
    try:
        if not path.is_file():
            raise SourceError(
                _("There is no file {file}.").format(file=name),
                hint=_("Give the path of a workbook, or of the folder that holds it."),
            )
        if path.stat().st_size > MAX_FILE_BYTES:
            raise SourceError(
                _("{file} is larger than {limit} MB.").format(file=name, limit=MAX_FILE_BYTES >> 20),
                hint=_("Split it into several workbooks in one folder."),
            )
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(
            _("{file} cannot be opened: {reason}.").format(file=name, reason=error.strerror),
            hint=_("Close it in other programs, and check that you may read it."),
        ) from None
    if not data.strip(b"\0 \r\n\t"):
        raise SourceError(_("{file} is empty.").format(file=name), hint=_("Ask for the file again."))
    return data


def format_of(data: bytes, name: str) -> Format:
    """Return the format of a file's bytes; raises :class:`SourceError` for what is no data file."""
    if data.startswith(b"PK"):
        return _format_of_zip(data, name)
    if data.startswith(_OLE):
        return _format_of_ole(data, name)
    for starts, what in _foreign():
        if data.startswith(starts):
            raise not_a_workbook(name, what)
    if _WEB_PAGE.match(data[:1024]):
        raise not_a_workbook(name, _("a web page"))
    if b"urn:schemas-microsoft-com:office:spreadsheet" in data[:4096]:
        raise not_a_workbook(name, _("an XML spreadsheet of 2003"))
    return _format_of_text(data, name)


def not_a_workbook(name: str, what: str) -> SourceError:
    """Return the error for a file that is something else, whatever its ending says."""
    return SourceError(
        _("{file} is not a workbook but {what}.").format(file=name, what=what),
        hint=_("Open it in Excel or WPS, save it as .xlsx, and use that file."),
    )


def damaged(name: str) -> SourceError:
    """Return the error for a file that breaks off or does not hold together."""
    return SourceError(
        _("{file} is damaged or incomplete.").format(file=name),
        hint=_("Open it in Excel or WPS and save it again, or ask for the file again."),
    )


def encrypted(name: str) -> SourceError:
    """Return the error for a file that is protected by a password."""
    return SourceError(
        _("{file} is protected by a password.").format(file=name),
        hint=_("Open it, remove the password (File > Info > Protect), and save it."),
    )


def _foreign() -> tuple[tuple[tuple[bytes, ...], str], ...]:
    """Return how the files begin that people send by mistake, and what to call them."""
    return (
        ((b"%PDF",), _("a PDF")),
        ((b"{\\rtf",), _("a Word document (RTF)")),
        ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), _("a picture")),
        ((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"), _("an archive")),
        ((b"\x09\x08", b"\x09\x04"), _("a workbook of Excel 5 or older")),
    )


def _format_of_zip(data: bytes, name: str) -> Format:
    try:
        with _zips.open_zip(data) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return Format.XLSX
            if "content.xml" in names and "mimetype" in names:
                entry = archive.getinfo("mimetype")
                kind = _zips.read_entry(archive, entry) if entry.file_size < 128 else b""
                if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                    return Format.ODS
    except _zips.UnsafeZipError:
        raise damaged(name) from None
    if "xl/workbook.bin" in names:
        raise not_a_workbook(name, _("a binary workbook (.xlsb)"))
    if "word/document.xml" in names:
        raise not_a_workbook(name, _("a Word document"))
    raise not_a_workbook(name, _("an archive"))


def _format_of_ole(data: bytes, name: str) -> Format:
    """Tell the compound files apart by the streams that their directory names (MS-CFB 2.6.1)."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\0\0" in data

    if has("EncryptedPackage"):
        raise encrypted(name)
    if has("Workbook") or has("Book"):
        return Format.XLS
    if has("WordDocument"):
        raise not_a_workbook(name, _("a Word document"))
    if has("PowerPoint Document"):
        raise not_a_workbook(name, _("a presentation"))
    raise damaged(name)


def _format_of_text(data: bytes, name: str) -> Format:
    """Tell JSON, YAML and csv apart: a bracket opens JSON, then the ending counts, then the first line."""
    text = decode(data, name)
    if text.lstrip()[:1] in ("{", "["):
        return Format.JSON
    ending = Path(name).suffix.lower()
    if ending in (".yaml", ".yml") or (ending not in (".csv", ".tsv") and _YAML_START.match(text[:4096])):
        return Format.YAML
    return Format.CSV


def decode(data: bytes, name: str) -> str:
    """Return the text of a file in UTF-8, UTF-16 or GB18030; raises :class:`SourceError` for others."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SourceError(
        _("{file} is neither a workbook nor a text in UTF-8 or GB18030.").format(file=name),
        hint=_("Open it in Excel or WPS, save it as .xlsx, and use that file."),
    )


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    start = data[:1024]
    if b"\0" in start:  # no text of one byte a letter has a zero: UTF-16 without its mark
        little = start[1::2].count(0) > start[::2].count(0)
        return ("utf-16-le",) if little else ("utf-16-be",)
    return ("utf-8-sig", "gb18030")
