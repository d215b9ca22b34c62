"""A plugin as one zip to hand on: its own files only, and the same bytes on every machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docsmith.engine.names import safe_name
from docsmith.engine.plugins.installing import files_of
from docsmith.plugin.document_type import DocumentType

ENDING = ".zip"
_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


def pack(document_type: DocumentType) -> bytes:
    """Return a zip with the plugin's folder, called by its id; raises ``PluginError``."""
    return zipped(files_of(document_type), document_type.id)


def name_of(document_type: DocumentType) -> str:
    """Return what the zip is called: ``talk-record-1.0.zip``."""
    return safe_name(f"{document_type.id}-{document_type.manifest.version}") + ENDING


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """Return a zip of files below a folder.

    They are stored, not packed: templates, most of it, are packed already, and two versions of zlib pack the
    rest into different bytes.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files.items()):
            info = zipfile.ZipInfo(f"{folder}/{name}", _TIME)
            info.create_system, info.external_attr = _UNIX, _PLAIN_FILE
            archive.writestr(info, content)
    return buffer.getvalue()
