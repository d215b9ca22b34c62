"""Whose Python may run: that of plugins which came as programs do, and that which a person has allowed.

A plugin with Python is a program. One that is bundled, or that somebody installed with pip, was trusted when
it was installed. A folder may come from anybody; its Python runs when

* the command names the plugin (``--trust``),
* the person has allowed this very code before (``docsmith plugin trust``), which the digest of all its
  Python files tells, or
* the workspace lists it (``trust`` in ``docsmith.toml``), *and* the person has said that this workspace is
  to be believed: for a workspace may come from anybody, too.

What needs no Python needs no trust.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.errors import PluginError, UntrustedError
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.files import content_of, is_inside, own_files
from docsmith.plugin.origins import INSTALLED, Origin


class Trust(NamedTuple):
    """What a person has allowed.

    ``named`` are the ids that the command names. ``allowed`` are ids with the digests of their code, from
    the person's own list. ``listed`` are the ids that the workspace lists, and ``believed`` says whether
    the person believes this workspace.
    """

    named: frozenset[str] = frozenset()
    allowed: frozenset[tuple[str, str]] = frozenset()
    listed: frozenset[str] = frozenset()
    believed: bool = False

    def code_of(self, document_type: DocumentType) -> Mapping[str, bytes] | None:
        """Return the Python files that a type may run, by their paths; ``None`` for an installed one: all.

        Raises :class:`UntrustedError` where nobody has allowed it.
        """
        if document_type.kind in INSTALLED:
            return None
        code = code_of(document_type)
        if self._allows(document_type, code):
            return code
        raise untrusted(document_type, self._is_only_listed(document_type))

    def refusal(self, document_type: DocumentType) -> PluginError | None:
        """Return why the Python of a type does not run; ``None`` where it may, or where there is none."""
        if document_type.manifest.python is None:
            return None
        try:
            self.code_of(document_type)
        except PluginError as error:
            return error
        return None

    def _allows(self, document_type: DocumentType, code: Mapping[str, bytes]) -> bool:
        own = document_type.id
        if own in self.named or (own, digest_of_code(code)) in self.allowed:
            return True
        return self.believed and self._is_only_listed(document_type)

    def _is_only_listed(self, document_type: DocumentType) -> bool:
        """Say whether the workspace lists a plugin: its word counts for its own plugins alone."""
        return document_type.kind is Origin.WORKSPACE and document_type.id in self.listed


NOBODY = Trust()


def code_of(document_type: DocumentType) -> dict[str, bytes]:
    """Return all Python files in a plugin's folder, by their paths, the one of the manifest first.

    Raises :class:`PluginError` where they cannot be read.
    """
    folder, entry = document_type.folder, document_type.manifest.python or ""
    names = {name: path for name, path in own_files(folder).items() if name.endswith(".py")}
    if entry in names or is_inside(folder, folder / entry):
        names = {entry: folder / entry, **names}
    return {name: content_of(folder, path) for name, path in names.items()}


def digest_of_code(code: Mapping[str, bytes]) -> str:
    """Return the digest by which code is known again: the name of the first file, all names, all contents."""
    digest = hashlib.sha256(next(iter(code), "").encode(errors="surrogateescape"))
    for name, content in sorted(code.items()):
        digest.update(f"\0{name}\0{len(content)}\0".encode(errors="surrogateescape") + content)
    return digest.hexdigest()


def untrusted(document_type: DocumentType, is_listed: bool) -> UntrustedError:
    """Return the error for a plugin whose Python nobody has allowed, with what a person may do."""
    if is_listed:
        hint = _(
            "This workspace trusts it, but a workspace may come from anybody. If it is yours:"
            " docsmith plugin trust --workspace. If not, read {file} first; then docsmith plugin trust {id}."
        )
    else:
        hint = _(
            "It could do whatever you can do. Read {file}, or ask whoever sent it; then:"
            " docsmith plugin trust {id} (until the file changes), or --trust {id} for one command."
        )
    file = document_type.folder / (document_type.manifest.python or "")
    return UntrustedError(
        _("The plugin {id} contains Python, which does not run unless you allow it.").format(
            id=document_type.id
        ),
        hint=hint.format(file=file, id=document_type.id),
    )
