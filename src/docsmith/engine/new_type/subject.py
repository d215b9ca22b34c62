"""What one document of a form is about: a member, a talk, a meeting, or the branch."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from docsmith.engine.new_type.meanings import BRANCH, UNIT, Meanings
from docsmith.model.columns import Kind
from docsmith.sources.keys import header_key

# What the title of a form says of its subject.
_TITLE_WORDS: Mapping[str, str] = {
    "talks": r"谈心|谈话",
    "activities": r"会议|党课|主题党日|组织生活|集体学习|三会一课|活动记录",
    "members": r"党员|个人|承诺|保证书|请战书|登记卡|审批表",
    "problems": r"问题|整改|销号",
    "plans": r"计划|任务",
}
_FOR_EVERY_MEMBER = re.compile(r"承诺|保证书|请战书")
# What says that the people of a list are not the members.
_OTHERS = re.compile(r"称谓|关系|家庭|亲属|群众|来宾|学员|学生")
_BESIDE_NUMBERS = re.compile(r"(比例|标准|基数|备注|说明)$")
_ENOUGH = 2


class Subject(NamedTuple):
    """The sheet whose rows get a document each, ``None`` for the branch; ``labels`` are those that say so.

    ``rivals`` are the other sheets that fit as well.
    """

    sheet: str | None
    labels: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


def subject_of(
    labels: Iterable[str], tags: Iterable[str], title: str, meanings: Meanings, *, lists_members: bool
) -> Subject:
    """Return what the labels of a form are about; those that the branch or the unit knows say nothing.

    ``tags`` are the labels that somebody has put into braces: {{ 姓名 }} alone asks for a document for each.
    A form that lists the members is about one of them only where it asks for a name outside of the list.
    """
    once = {header_key(label): label for label in labels if label}
    said = {name: _said(once.values(), name, meanings) for name in _TITLE_WORDS}
    points = Counter({name: len(found) for name, found in said.items()})
    for name, words in _TITLE_WORDS.items():
        if re.search(words, title):
            points[name] += 1
    if any(_is_name(tag, meanings) for tag in tags):
        points["members"] += 1
    if lists_members and not any(_is_name(label, meanings) for label in once.values()):
        points["members"] = 0
    ranked = points.most_common()
    (best, most), (second, other) = ranked[0], ranked[1]
    if _FOR_EVERY_MEMBER.search(title) and points["members"] == most:
        return Subject("members", said["members"])
    if most < _ENOUGH or not said[best]:
        return Subject(None)
    if most == other:
        return Subject(None, rivals=(best, second))
    return Subject(best, said[best])


def _is_name(label: str, meanings: Meanings) -> bool:
    """Tell whether a label asks for the name of a member."""
    found = meanings.in_sheet(label, "members")
    return found is not None and found.column.name == "name"


def _said(labels: Iterable[str], sheet: str, meanings: Meanings) -> tuple[str, ...]:
    return tuple(
        label
        for label in labels
        if meanings.in_sheet(label, sheet)
        and not any(meanings.in_sheet(label, around) for around in (BRANCH, UNIT))
    )


def _is_of_others(labels: Iterable[str]) -> bool:
    return any(_OTHERS.search(label) for label in labels)


def sheet_of_list(labels: Sequence[str], sheets: Iterable[str], meanings: Meanings) -> str | None:
    """Return the sheet that the header of a list means: more than half of it, and more than any other.

    A list of relatives has the columns of members, and none of them.
    """
    sheets = [one for one in sheets if one != "members" or not _is_of_others(labels)]
    points = Counter({name: sum(1 for one in labels if meanings.in_sheet(one, name)) for name in sheets})
    ranked = [*points.most_common(2), ("", 0)]
    (best, most), (_second, other) = ranked[0], ranked[1]
    return best if most >= _ENOUGH and most > other and 2 * most > len(labels) else None


def names_members(labels: Sequence[str], kinds: Sequence[Kind], title: str, meanings: Meanings) -> bool:
    """Tell whether a list has a row for each member: their names, what the data know, and else numbers.

    ``kinds`` are those of new columns of these labels. A list with days or words of its own has a row for
    each thing that happened, and is no list of all members.
    """
    found = [meanings.in_sheet(label, "members") for label in labels]
    names = any(_is_name(label, meanings) for label in labels)
    fits = [
        one is not None or kind in (Kind.NUMBER, Kind.COUNT) or _BESIDE_NUMBERS.search(label) is not None
        for one, kind, label in zip(found, kinds, labels, strict=True)
    ]
    return names and all(fits) and not _is_of_others((*labels, title))
