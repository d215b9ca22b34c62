"""What a file really is that was given as a .docx."""

from __future__ import annotations

from typing import NamedTuple

from docsmith._i18n import gettext as _

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class WrongKind(NamedTuple):
    """A sentence that says what a file is, and one that says what to do."""

    message: str
    hint: str


def describe_wrong_kind(data: bytes) -> WrongKind | None:
    """Say what a file is that cannot be a .docx; ``None`` for a zip file."""
    if data[:2] == b"PK":
        return None
    save_as = _("Open it in Word or WPS and save it as .docx.")
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data:
        return WrongKind(_("the file is empty."), _("Copy it again, or make a new one in Word or WPS."))
    if data.startswith(_OLE) and _ENCRYPTED in data:
        return WrongKind(
            _("the file is encrypted with a password."),
            _("Open it in Word or WPS, take the password off and save it as .docx."),
        )
    if data.startswith(_OLE):
        return WrongKind(_("this is a file of the old kind (.doc or .wps)."), save_as)
    if start.startswith(b"{\\rtf"):
        return WrongKind(_("this is an RTF file."), save_as)
    if start.startswith((b"<!doctype html", b"<html")):
        return WrongKind(_("this is a web page (HTML)."), save_as)
    if start.startswith(b"<?xml"):
        return WrongKind(_("this is a single XML file."), save_as)
    if start.startswith(b"%pdf"):
        return WrongKind(_("this is a PDF file."), _("Use the Word file that it was made from."))
    return WrongKind(_("this is not a Word document."), _("Give a .docx file made in Word or WPS."))
