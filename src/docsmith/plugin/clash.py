"""Two plugins of one id: neither is used, and both are named."""

from __future__ import annotations

from docsmith._i18n import gettext as _
from docsmith.errors import PluginError
from docsmith.plugin.document_type import DocumentType


def clash(first: DocumentType, second: DocumentType) -> PluginError:
    """Return the error for two plugins of one id, the second of which does not say that it overrides."""
    return PluginError(
        _("Two plugins have the id {id}: {first} and {second}.").format(
            id=second.id, first=_whereabouts(first), second=_whereabouts(second)
        ),
        hint=_("Remove one, or write overrides = true in the second one's plugin.toml."),
    )


def _whereabouts(document_type: DocumentType) -> str:
    """Return who brought a plugin and where it lies; the origin of one from a folder says both."""
    origin, folder = document_type.origin, str(document_type.folder)
    return origin if folder in origin else f"{origin} ({folder})"
