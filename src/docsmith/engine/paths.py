"""Where each document goes: ``<out>/<year>/<branch>/<name>.docx``, or as the workspace has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.engine.context import naming_context
from docsmith.engine.folders import MOST_IN_FOLDER
from docsmith.engine.names import MOST_BYTES, collision_key, safe_name
from docsmith.errors import DocsmithError, UsageError
from docsmith.model.dataset import Dossier
from docsmith.model.nearest import suggestion
from docsmith.model.schema import Schema
from docsmith.plugin.document_type import DocumentType
from docsmith.template import render_text

SUFFIX = ".docx"
DEFAULT_PATTERN = "{年度}/{支部名称}/{文件名}"
# The ending, and （新99）: what may still come behind a document's name.
_MOST_BYTES_OF_STEM = MOST_BYTES - len(f"（新99）{SUFFIX}".encode())
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_ENGLISH = {
    "year": "年度",
    "unit": "单位名称",
    "superior": "上级党组织",
    "branch": "支部名称",
    "code": "支部编码",
    "kind": "支部类别",
    "based_at": "所在单位",
    "type": "文种",
    "name": "文件名",
}
# Where branches are told apart by the name of the file, a folder has a quarter of the branches: beside each
# document there may be a PDF, and a new version of either.
_FILES_OF_A_DOCUMENT = 4


class PathPattern(NamedTuple):
    """The folders and the name of a document, with fields in braces: ``{年度}/{支部名称}/{文件名}``.

    ``{文件名}`` is what the document type calls its file, ``{文种}`` its title.
    """

    segments: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> PathPattern:
        """Read a pattern; raises :class:`UsageError` for what does not tell all documents apart."""
        segments = tuple(_PLACEHOLDER.sub(_in_chinese, part.strip()) for part in text.split("/"))
        known = (*_ENGLISH.values(),)
        fields = [name for segment in segments for name in _PLACEHOLDER.findall(segment)]
        for name in fields:
            if name not in known:
                raise _wrong(text, _("there is no field {name}.").format(name=name), suggestion(name, known))
        bare = [_PLACEHOLDER.sub("", segment) for segment in segments]
        if not all(segments) or any(set(part) & set("{}\\") or ".." in part for part in bare):
            raise _wrong(text, _("it is no path below the output folder."), DEFAULT_PATTERN)
        if "支部名称" not in fields or not {"文种", "文件名"} & {*fields}:
            message = _("{branch}, and {name} or {type}, must be in it: they tell documents apart.")
            raise _wrong(
                text, message.format(branch="{支部名称}", name="{文件名}", type="{文种}"), DEFAULT_PATTERN
            )
        return cls(segments)

    @property
    def most_branches_in_folder(self) -> int:
        """How many branches may share a folder, so that it has no more than 2,000 files or folders."""
        in_file_name = "{支部名称}" in self.segments[-1]
        return MOST_IN_FOLDER // _FILES_OF_A_DOCUMENT if in_file_name else MOST_IN_FOLDER

    def filled(self, fields: Mapping[str, str], group: str) -> PurePosixPath:
        """Return the path; ``group`` is a folder, if any, that goes before that of the branch."""
        parts: list[str] = []
        for segment in self.segments:
            if group and "{支部名称}" in segment:
                parts.append(group)
            parts.append(_PLACEHOLDER.sub(lambda found: fields[found[1]], segment))
        return PurePosixPath(*(safe_name(part) for part in parts[:-1]), safe_name(parts[-1], MOST_BYTES))


def _in_chinese(found: re.Match[str]) -> str:
    name = found[1].strip()
    return f"{{{_ENGLISH.get(name, name)}}}"


def _wrong(pattern: str, message: str, hint: str) -> UsageError:
    return UsageError(_("path = '{pattern}': {message}").format(pattern=pattern, message=message), hint=hint)


class Paths(NamedTuple):
    """The paths of documents within the output folder.

    They depend on all document types, never on those that one run asks for: a document has the same name
    whether it is made alone or with others.
    """

    pattern: PathPattern
    document_types: tuple[DocumentType, ...]
    schema: Schema

    @classmethod
    def of(cls, pattern: str, document_types: Iterable[DocumentType], schema: Schema) -> Paths:
        """Return the paths by a pattern; raises :class:`UsageError` for one that is none."""
        return cls(PathPattern.parse(pattern), tuple(document_types), schema)

    def path_of(self, document_type: DocumentType, dossier: Dossier, folder: str) -> PurePosixPath:
        """Return the path of a document; ``folder`` is that of its branch (:mod:`docsmith.engine.folders`).

        Raises :class:`docsmith.errors.TemplateError` for a pattern that names what it cannot have.
        """
        own = self._name(document_type, dossier)
        key = collision_key(own)
        others = (one for one in self.document_types if one.id != document_type.id)
        if any(self._may_be_called(other, dossier, key) for other in others):
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
        path = self.pattern.filled(fields, group)
        return path.with_name(safe_name(path.name, _MOST_BYTES_OF_STEM) + SUFFIX)

    def _may_be_called(self, other: DocumentType, dossier: Dossier, key: str) -> bool:
        """Say whether another type's document has that name too; one whose pattern is wrong has none."""
        try:
            return collision_key(self._name(other, dossier)) == key
        except DocsmithError:  # told when a document of that type is asked for
            return False

    def _name(self, document_type: DocumentType, dossier: Dossier) -> str:
        context = naming_context(dossier, document_type, self.schema)
        text = render_text(document_type.manifest.output, context, f"{document_type.id} output")
        return safe_name(text, _MOST_BYTES_OF_STEM)
