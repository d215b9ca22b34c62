"""Which answer belongs to which item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from docsmith.model.columns import Column
from docsmith.model.conditions import as_typed
from docsmith.model.nearest import spelling_key
from docsmith.model.records import BranchRecord
from docsmith.model.rows import Record
from docsmith.plugin.plan import JoinPlan


class Matching(NamedTuple):
    """The answer to each item, by its position; the answers that came ``again``, and those to ``nothing``."""

    answers: Mapping[int, Record]
    again: tuple[Record, ...]
    nothing: tuple[Record, ...]


def matched(items: Sequence[Record], answers: Sequence[Record], join: JoinPlan) -> Matching:
    """Match answers with items by the columns that must agree, and by branch where both have one."""
    by_branch = all(isinstance(one, BranchRecord) for one in (*items[:1], *answers[:1]))
    positions: dict[tuple[str, str], int] = {}
    for position, item in enumerate(items):
        positions.setdefault(_key(item, join.item, by_branch=by_branch), position)
    found: dict[int, Record] = {}
    again, nothing = [], []
    for answer in answers:
        key = _key(answer, join.answer, by_branch=by_branch)
        item_at = positions.get(key) if key[1] else None
        if item_at is None:
            nothing.append(answer)
        elif found.setdefault(item_at, answer) is not answer:
            again.append(answer)
    return Matching(found, tuple(again), tuple(nothing))


def _key(record: Any, column: Column, *, by_branch: bool) -> tuple[str, str]:
    return record.branch if by_branch else "", spelling_key(as_typed(getattr(record, column.name)))
