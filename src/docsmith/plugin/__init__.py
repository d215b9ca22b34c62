"""All that a plugin author imports: the hook marker, the hooks, and what they are called with."""

from docsmith._i18n import gettext
from docsmith.model.dossier import Dossier
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.hookspecs import hookimpl

__all__ = ["DocumentType", "Dossier", "gettext", "hookimpl"]
