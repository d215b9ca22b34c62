"""What several checks ask of the records."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from docsmith.model.dossier import Dossier
from docsmith.model.figures.members import formal_members
from docsmith.model.findings import Place
from docsmith.model.records import Activity, Branch
from docsmith.model.rows import Record
from docsmith.model.schema import BUILT_IN

R = TypeVar("R", bound=Record)

# The posts of a committee beside its secretary, by the fields of the sheet 支部.
POSTS: Mapping[str, str] = {
    "organisation_member": "组织委员",
    "publicity_member": "宣传委员",
    "discipline_member": "纪检委员",
}
_SMALLEST = 3
_NUMBER = re.compile(r"\s*(\d{1,9}(?:\.\d{1,4})?)\s*(?:元|学时|小时|课时)?\s*")
_SHEET_TITLES = {sheet.name: sheet.title for sheet in BUILT_IN}


def sheet_place(dossier: Dossier, sheet: str) -> Place:
    """Return the sheet itself, for what is missing in it; with its file where the branch has rows there."""
    rows: Sequence[Record] = dossier.rows(sheet)
    origin = rows[0].where() if rows else Place()
    return Place(origin.file, origin.sheet or _SHEET_TITLES[sheet])


def held(dossier: Dossier, kind: str) -> tuple[Activity, ...]:
    """Return the activities of a kind in the year, up to the report date."""
    return dossier.activities_by_kind.get(kind, ())


def has_committee(dossier: Dossier, min_formal: int) -> bool | None:
    """Tell whether the branch has a committee, by the number of its full members.

    Without a roster three people named, or a meeting of the committee, show it; else ``None``.
    """
    if dossier.members:
        return len(formal_members(dossier)) >= min_formal
    return True if len(dossier.branch.committee) >= _SMALLEST or held(dossier, "支委会") else None


def empty_posts(branch: Branch) -> dict[str, str]:
    """Return the posts that the sheet 支部 names nobody for; one person may hold two of them."""
    return {name: title for name, title in POSTS.items() if getattr(branch, name) is None}


def stating(records: Sequence[R], *titles: str) -> Sequence[R]:
    """Return the records that may have a value in a further column of one of these titles.

    Most units have no such column, and this finds out without a look at each cell of each record.
    """
    if any(_declares(kind, titles) for kind in set(map(type, records))):
        return records
    return [record for record in records if record.extra]


@lru_cache(maxsize=256)  # a handful of classes, and the titles that rules name
def _declares(kind: type[Record], titles: tuple[str, ...]) -> bool:
    """Tell whether the records of a class have a field of one of these titles."""
    return any(column.title in titles for column in kind.columns.values())


def stated(record: Record, *titles: str) -> str | None:
    """Return what a further column says: the first of ``titles`` that the record has a value for.

    A column that nobody declared is in ``extra``; one that a document type declares is a field.
    """
    value = record.stated(titles)
    return None if value is None else str(value)


def stated_number(record: Record, *titles: str) -> Decimal | None:
    """Return the number in a further column, without its unit; ``None`` where there is none to read."""
    text = stated(record, *titles)
    match = _NUMBER.fullmatch(text.replace(",", "").replace("，", "")) if text else None
    return Decimal(match[1]) if match else None


def last_day(dossier: Dossier) -> dt.date:
    """Return the last day that the data can speak of: the report date, else the end of the unit's year."""
    report_date = dossier.unit.report_date
    return report_date.last if report_date else dt.date(dossier.unit.year, 12, 31)
