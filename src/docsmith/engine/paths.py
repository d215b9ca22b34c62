"""Where each document goes: ``<out>/<year>/<branch>/<name>.docx``, or as the workspace has it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from docsmith.engine.context import naming_context
from docsmith.engine.names import MOST_BYTES, collision_key, safe_name
from docsmith.engine.path_pattern import PathPattern
from docsmith.errors import DocsmithError
from docsmith.model.dossier import Dossier
from docsmith.model.schema import Schema
from docsmith.plugin.document_type import DocumentType
from docsmith.template import render_text

SUFFIX = ".docx"
# The ending, and （新99）: what may still come behind a document's name.
MOST_BYTES_OF_STEM = MOST_BYTES - len(f"（新99）{SUFFIX}".encode())
# The fixed text at the end of a pattern, of characters that stand in a name as they are.
_END = re.compile(r"[\u4e00-\u9fff-]+$")


class Paths(NamedTuple):
    """The paths of documents within the output folder.

    They depend on all document types, never on those that one run asks for: a document has the same name
    whether it is made alone or with others. ``folders`` are those of types that a branch has several
    documents of.
    """

    pattern: PathPattern
    for_rows: PathPattern
    document_types: tuple[DocumentType, ...]
    rivals: Mapping[str, tuple[DocumentType, ...]]
    folders: Mapping[str, str]
    schema: Schema

    @classmethod
    def of(cls, pattern: str, document_types: Iterable[DocumentType], schema: Schema) -> Paths:
        """Return the paths by a pattern; raises :class:`UsageError` for one that is none."""
        types = tuple(document_types)
        # Documents for rows are in folders of their own, and those of the unit in that of no branch.
        of_branches = tuple(one for one in types if one.manifest.per == "branch")
        rivals = {
            one.id: tuple(other for other in of_branches if other.id != one.id and _may_be_alike(one, other))
            for one in types
        }
        parsed = PathPattern.parse(pattern)
        titles = Counter(collision_key(one.title) for one in types)
        folders = {
            one.id: one.title if titles[collision_key(one.title)] == 1 else f"{one.title}-{one.id}"
            for one in types
        }
        return cls(parsed, parsed.for_rows(), types, rivals, folders, schema)

    @property
    def most_branches_in_folder(self) -> int:
        """How many branches may share a folder, so that it has no more than 2,000 files or folders."""
        return self.pattern.most_branches_in_folder(len(self.document_types))

    def path_of(self, document_type: DocumentType, dossier: Dossier, folder: str) -> PurePosixPath:
        """Return the path of a document; ``folder`` is that of its branch (:mod:`docsmith.engine.folders`).

        Raises :class:`docsmith.errors.TemplateError` for a pattern that names what it cannot have.
        """
        own = self.name_of(document_type, dossier)
        # A name that is long may have been cut, and its end with it.
        is_long = len(own.encode()) > MOST_BYTES_OF_STEM // 2
        others = self._of_branches() if is_long else self.rivals[document_type.id]
        if any(self._may_be_called(one, dossier, own) for one in others if one.id != document_type.id):
            own = safe_name(own, MOST_BYTES_OF_STEM - len(document_type.id) - 1) + f"-{document_type.id}"
        fields = self._values(document_type, dossier, folder) | {"文件名": own}
        told_apart_by = {
            "支部名称": dossier.branch.name,
            "文种": document_type.id,
            "文件名": document_type.id,
        }
        *folders, stem = self._filled(self.pattern, fields, told_apart_by, folder)
        return PurePosixPath(*folders, stem + SUFFIX)

    def path_of_copy(
        self, document_type: DocumentType, dossier: Dossier, folder: str, copy: str
    ) -> PurePosixPath:
        """Return the path of one of several documents of a type for a branch.

        ``copy`` is its name, with a folder before it where the branch has very many.
        """
        group, _slash, own = copy.rpartition("/")
        fields = self._values(document_type, dossier, folder)
        fields |= {"文件名": own, "文种": self.folders[document_type.id]}
        told_apart_by = {"支部名称": dossier.branch.name, "文种": document_type.id, "文件名": own}
        *folders, stem = self._filled(self.for_rows, fields, told_apart_by, folder)
        return PurePosixPath(*folders, group, stem + SUFFIX)

    def _of_branches(self) -> Iterable[DocumentType]:
        return (one for one in self.document_types if one.manifest.per == "branch")

    def _values(self, document_type: DocumentType, dossier: Dossier, folder: str) -> dict[str, str]:
        """Return what the fields of a pattern stand for, but for the name of the document."""
        branch, unit = dossier.branch, dossier.unit
        return {
            "年度": str(dossier.year),
            "单位名称": str(unit.name),
            "上级党组织": branch.superior or str(unit.name),
            "支部名称": folder.rpartition("/")[2],
            "支部编码": branch.code or "",
            "支部类别": branch.kind,
            "所在单位": branch.based_at or "",
            "文种": document_type.title,
        }

    def _filled(
        self, pattern: PathPattern, fields: Mapping[str, str], own: Mapping[str, str], folder: str
    ) -> tuple[str, ...]:
        return pattern.filled(fields, own, folder.rpartition("/")[0], MOST_BYTES_OF_STEM)

    def _may_be_called(self, other: DocumentType, dossier: Dossier, name: str) -> bool:
        """Say whether another type's document has that name too; one whose pattern is wrong has none."""
        try:
            return collision_key(self.name_of(other, dossier)) == collision_key(name)
        except DocsmithError:  # told when a document of that type is asked for
            return False

    def name_of(self, document_type: DocumentType, dossier: Dossier) -> str:
        """Return what the document type calls a document; several may be called alike.

        Raises :class:`docsmith.errors.TemplateError` for a pattern that names what it cannot have.
        """
        pattern, where = document_type.manifest.output, f"{document_type.id} output"
        context = naming_context(dossier, document_type, self.schema)
        # To look through all that a name may be made from took longer than to make the name.
        named = {name: context[name] for name in context if name in pattern}
        try:
            text = render_text(pattern, named, where)
        except DocsmithError:
            text = render_text(pattern, context, where)  # raises it again, and suggests the right name
        return safe_name(text, MOST_BYTES_OF_STEM)


def _may_be_alike(one: DocumentType, other: DocumentType) -> bool:
    """Say whether two types may give one name to a document: not where their patterns end differently.

    To make the names of all types took longer than to make a document.
    """
    ends = [_END.search(document_type.manifest.output) for document_type in (one, other)]
    first, second = (end[0] if end else "" for end in ends)
    return first.endswith(second) or second.endswith(first)
