"""The package: a .docx is a zip file, and one from anywhere is looked at before anything in it is read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from docsmith import _zips
from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.template.package.kinds import describe_wrong_kind
from docsmith.template.problems import placed

MAX_PART = 64 << 20
"""Bytes of one part, unpacked: a picture, most often."""
MAX_TOTAL = 128 << 20
"""Bytes of a package, unpacked; to open a template takes three times as much memory."""


def read_package(data: bytes, name: str) -> Mapping[str, bytes]:
    """Return the parts of a .docx by their names, in the order of the file.

    Raises :class:`TemplateError`, in one sentence, for what is no .docx, is damaged, or is made to harm:
    too many or too large entries, names that lead elsewhere, entries that overlap.
    """
    if wrong := describe_wrong_kind(data):
        raise TemplateError(placed(name, wrong.message), hint=wrong.hint)
    try:
        with _zips.open_zip(data) as archive:
            entries = _zips.entries_of(archive, _zips.Limits(MAX_PART, MAX_TOTAL))
            return MappingProxyType({part: _zips.read_entry(archive, info) for part, info in entries.items()})
    except _zips.UnsafeZipError as error:
        raise _refused(error, name) from error


def _refused(error: _zips.UnsafeZipError, name: str) -> TemplateError:
    if error.fault is _zips.Fault.DAMAGED:
        return TemplateError(
            _("{name}: the file is damaged or was cut off.").format(name=name),
            hint=_("Copy it again, or open it in Word or WPS and save it as .docx."),
        )
    return TemplateError(
        placed(name, _("the file is not opened: {reason}.").format(reason=error.reason)),
        hint=_("Do not use a template of unknown origin; make a new one in Word or WPS."),
    )
