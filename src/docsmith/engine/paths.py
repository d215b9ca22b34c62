"""Where each document goes: ``<out>/<year>/<branch>/<name>.docx``, or as the workspace has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from docsmith.engine.context import naming_context
from docsmith.engine.names import MOST_BYTES, collision_key, safe_name
from docsmith.engine.path_pattern import PathPattern
from docsmith.errors import DocsmithError
from docsmith.model.dataset import Dossier
from docsmith.model.schema import Schema
from docsmith.plugin.document_type import DocumentType
from docsmith.template import render_text

SUFFIX = ".docx"
# The ending, and （新99）: what may still come behind a document's name.
_MOST_BYTES_OF_STEM = MOST_BYTES - len(f"（新99）{SUFFIX}".encode())
# The fixed text at the end of a pattern, of characters that stand in a name as they are.
_END = re.compile(r"[\u4e00-\u9fff-]+$")


class Paths(NamedTuple):
    """The paths of documents within the output folder.

    They depend on all document types, never on those that one run asks for: a document has the same name
    whether it is made alone or with others.
    """

    pattern: PathPattern
    document_types: tuple[DocumentType, ...]
    rivals: Mapping[str, tuple[DocumentType, ...]]
    schema: Schema

    @classmethod
    def of(cls, pattern: str, document_types: Iterable[DocumentType], schema: Schema) -> Paths:
        """Return the paths by a pattern; raises :class:`UsageError` for one that is none."""
        types = tuple(document_types)
        rivals = {
            one.id: tuple(other for other in types if other.id != one.id and _may_be_alike(one, other))
            for one in types
        }
        return cls(PathPattern.parse(pattern), types, rivals, schema)

    @property
    def most_branches_in_folder(self) -> int:
        """How many branches may share a folder, so that it has no more than 2,000 files or folders."""
        return self.pattern.most_branches_in_folder(len(self.document_types))

    def path_of(self, document_type: DocumentType, dossier: Dossier, folder: str) -> PurePosixPath:
        """Return the path of a document; ``folder`` is that of its branch (:mod:`docsmith.engine.folders`).

        Raises :class:`docsmith.errors.TemplateError` for a pattern that names what it cannot have.
        """
        own = self._name(document_type, dossier)
        # A name that is long may have been cut, and its end with it.
        is_long = len(own.encode()) > _MOST_BYTES_OF_STEM // 2
        others = self.document_types if is_long else self.rivals[document_type.id]
        if any(self._may_be_called(one, dossier, own) for one in others if one.id != document_type.id):
            own = safe_name(own, _MOST_BYTES_OF_STEM - len(document_type.id) - 1) + f"-{document_type.id}"
        group, _slash, name = folder.rpartition("/")
        branch, unit = dossier.branch, dossier.unit
        fields = {
            "年度": str(dossier.year),
            "单位名称": str(unit.name),
            "上级党组织": branch.superior or str(unit.name),
            "支部名称": name,
            "支部编码": branch.code or "",
            "支部类别": branch.kind,
            "所在单位": branch.based_at or "",
            "文种": document_type.title,
            "文件名": own,
        }
        told_apart_by = {"支部名称": branch.name, "文种": document_type.id, "文件名": document_type.id}
        *folders, stem = self.pattern.filled(fields, told_apart_by, group, _MOST_BYTES_OF_STEM)
        return PurePosixPath(*folders, stem + SUFFIX)

    def _may_be_called(self, other: DocumentType, dossier: Dossier, name: str) -> bool:
        """Say whether another type's document has that name too; one whose pattern is wrong has none."""
        try:
            return collision_key(self._name(other, dossier)) == collision_key(name)
        except DocsmithError:  # told when a document of that type is asked for
            return False

    def _name(self, document_type: DocumentType, dossier: Dossier) -> str:
        pattern, where = document_type.manifest.output, f"{document_type.id} output"
        context = naming_context(dossier, document_type, self.schema)
        # To look through all that a name may be made from took longer than to make the name.
        named = {name: context[name] for name in context if name in pattern}
        try:
            text = render_text(pattern, named, where)
        except DocsmithError:
            text = render_text(pattern, context, where)  # raises it again, and suggests the right name
        return safe_name(text, _MOST_BYTES_OF_STEM)


def _may_be_alike(one: DocumentType, other: DocumentType) -> bool:
    """Say whether two types may give one name to a document: not where their patterns end differently.

    To make the names of all types took longer than to make a document.
    """
    ends = [_END.search(document_type.manifest.output) for document_type in (one, other)]
    first, second = (end[0] if end else "" for end in ends)
    return first.endswith(second) or second.endswith(first)
