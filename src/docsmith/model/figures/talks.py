"""The heart-to-heart talks (谈心谈话) of a branch in numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from docsmith.model.dossier import Dossier
from docsmith.model.figures.group import FigureGroup, figure
from docsmith.model.figures.members import party_members
from docsmith.model.once import once_per_dossier
from docsmith.model.records import Talk

_SEPARATORS = re.compile(r"[、，,;；/\s]+")
# Who is meant is not said: 全体党员, 每名党员, 李四等5人.
_COLLECTIVE = re.compile(r"全体|全部|所有|各位|大家|每[名位个]|等?\d+[名人位]")
# One name, without anything that either of them could find: nearly every cell.
_NAME = re.compile(r"[^、，,;；/\s全所各大每\d]+")


class TalkFigures(FigureGroup):
    """Talks of the year up to the report date; all ``None`` where there is no record of one.

    ``people`` counts the members who took part on either side, for a talk is between two; ``uncovered``
    names the others. Members are told apart by name.
    """

    count: int | None = figure("次数")
    people: int | None = figure("覆盖人数")
    uncovered: tuple[str, ...] | None = figure("未覆盖党员")


def people_named(cell: str) -> tuple[str, ...]:
    """Return the names in a cell that may hold several: ``李四、王五`` (names have no blanks inside).

    全体党员 and its like name nobody.
    """
    if _NAME.fullmatch(cell):
        return (cell,)
    return tuple(part for part in _SEPARATORS.split(cell) if part and not _COLLECTIVE.search(part))


def unnamed_in(cell: str) -> str:
    """Return what stands for people without their names, such as 全体党员; empty where all are named."""
    return next((part for part in _SEPARATORS.split(cell) if _COLLECTIVE.search(part)), "")


def talks_by_person(talks: Iterable[Talk]) -> Mapping[str, int]:
    """Return how many talks each person took part in by name."""
    counts: defaultdict[str, int] = defaultdict(int)
    for talk in talks:
        for name in {*people_named(talk.talker), *people_named(talk.listener)}:
            counts[name] += 1
    return counts


@once_per_dossier
def count_talks(dossier: Dossier) -> TalkFigures:
    """Return the figures of the sheet 谈心谈话."""
    if not dossier.talks:
        return TalkFigures(None, None, None)
    names = tuple(dict.fromkeys(member.name for member in party_members(dossier)))
    counts = talks_by_person(dossier.talks)
    if not names:
        return TalkFigures(len(dossier.talks), None, None)
    uncovered = tuple(name for name in names if not counts.get(name))
    return TalkFigures(len(dossier.talks), len(names) - len(uncovered), uncovered)
