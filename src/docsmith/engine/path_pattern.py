"""How a workspace wants its documents to be called: ``path`` in ``docsmith.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.engine.folders import MOST_IN_FOLDER
from docsmith.engine.names import MOST_BYTES, safe_name, short_name
from docsmith.errors import UsageError
from docsmith.model.nearest import suggestion

DEFAULT_PATTERN = "{年度}/{支部名称}/{文件名}"
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
        if "年度" not in fields:
            message = _("{year} must be in it: the documents of one year never take the place of another's.")
            raise _wrong(text, message.format(year="{年度}"), DEFAULT_PATTERN)
        if "支部名称" not in fields or not {"文种", "文件名"} & {*fields}:
            message = _("{branch}, and {name} or {type}, must be in it: they tell documents apart.")
            raise _wrong(
                text, message.format(branch="{支部名称}", name="{文件名}", type="{文种}"), DEFAULT_PATTERN
            )
        return cls(segments)

    def most_branches_in_folder(self, types: int) -> int:
        """Return how many branches may share a folder, so that it has no more than 2,000 files or folders.

        ``types`` is the number of document types there are.
        """
        segment = next(one for one in self.segments if "{支部名称}" in one)
        files = _FILES_OF_A_DOCUMENT if segment == self.segments[-1] else 1
        of_a_branch = types if "{文种}" in segment or "{文件名}" in segment else 1
        return max(1, MOST_IN_FOLDER // (files * max(1, of_a_branch)))

    def for_rows(self) -> PathPattern:
        """Return the pattern of documents that a branch has several of: in a folder that is theirs alone.

        ``{年度}/{支部名称}/{文件名}`` becomes ``{年度}/{支部名称}/{文种}/{文件名}``.
        """
        *folders, last = self.segments
        if "{文件名}" not in last or "{支部名称}" in last:
            last = "{文件名}"
        above = [segment.replace("{文件名}", "{文种}") for segment in folders]
        if "{年度}" not in "".join((*above, last)):
            above.insert(0, "{年度}")
        above += [field for field in ("{支部名称}", "{文种}") if field not in "".join(above)]
        return PathPattern((*above, last))

    def filled(
        self, fields: Mapping[str, str], own: Mapping[str, str], group: str, most_bytes: int
    ) -> tuple[str, ...]:
        """Return the parts of the path, all safe; the last, without its ending, has so many bytes at most.

        ``own`` is what tells documents apart, for each field that does: a part that is cut ends with a digest
        of it. ``group`` is a folder, if any, that goes before the branch's.
        """
        parts: list[str] = []
        for number, segment in enumerate(self.segments, 1):
            names = _PLACEHOLDER.findall(segment)
            if group and "支部名称" in names:
                parts.append(safe_name(group))
            text = _PLACEHOLDER.sub(lambda found: fields[found[1]], segment)
            most = most_bytes if number == len(self.segments) else MOST_BYTES
            parts.append(short_name(text, "\0".join(own[name] for name in names if name in own), most))
        return tuple(parts)


def _in_chinese(found: re.Match[str]) -> str:
    name = found[1].strip()
    return f"{{{_ENGLISH.get(name, name)}}}"


def _wrong(pattern: str, message: str, hint: str) -> UsageError:
    return UsageError(_("path = '{pattern}': {message}").format(pattern=pattern, message=message), hint=hint)
