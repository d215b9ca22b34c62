"""The heart-to-heart talks (谈心谈话) of a branch in numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from docsmith.model.dataset import Dossier
from docsmith.model.figures.members import party_members
from docsmith.model.records import Talk

_SEPARATORS = re.compile(r"[、，,;；/\s]+")
_EVERYBODY = frozenset(("全体党员", "全体", "全体支部党员"))


@dataclass(frozen=True, slots=True)
class TalkFigures:
    """Talks of the year up to the report date; all ``None`` where there is no record of one.

    ``people`` counts the members who took part on either side, for a talk is between two; ``uncovered``
    names the others. Members are told apart by name.
    """

    count: int | None = field(metadata={"title": "次数"})
    people: int | None = field(metadata={"title": "覆盖人数"})
    uncovered: tuple[str, ...] | None = field(metadata={"title": "未覆盖党员"})


def people_named(cell: str) -> tuple[str, ...]:
    """Return the names in a cell that may hold several: ``李四、王五`` (names have no blanks inside)."""
    return tuple(part for part in _SEPARATORS.split(cell) if part)


def talks_by_person(talks: Iterable[Talk], everybody: Iterable[str]) -> Mapping[str, int]:
    """Return how many talks each person took part in; 全体党员 stands for ``everybody``."""
    counts: Counter[str] = Counter()
    names = tuple(everybody)
    for talk in talks:
        named = {*people_named(talk.talker), *people_named(talk.listener)}
        counts.update(named.union(names) if named & _EVERYBODY else named)
    return counts


def count_talks(dossier: Dossier) -> TalkFigures:
    """Return the figures of the sheet 谈心谈话."""
    if not dossier.talks:
        return TalkFigures(None, None, None)
    names = tuple(dict.fromkeys(member.name for member in party_members(dossier)))
    counts = talks_by_person(dossier.talks, names)
    if not names:
        return TalkFigures(len(dossier.talks), None, None)
    uncovered = tuple(name for name in names if not counts.get(name))
    return TalkFigures(len(dossier.talks), len(names) - len(uncovered), uncovered)
