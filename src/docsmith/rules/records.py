"""What several checks ask of the records."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from docsmith.model.columns import columns_of
from docsmith.model.dataset import Dossier
from docsmith.model.findings import Place
from docsmith.model.records import Activity, Record
from docsmith.model.schema import BUILT_IN

_SHEET_TITLES = {sheet.name: sheet.title for sheet in BUILT_IN}
# A meeting that only gets another one ready is not that other one.
_PREPARES = re.compile("部署|筹备|准备|方案|动员|征求|酝酿")


def sheet_place(dossier: Dossier, sheet: str) -> Place:
    """Return the sheet itself, for what is missing in it; with its file where the branch has rows there."""
    rows: Sequence[Record] = dossier.rows(sheet)
    origin = rows[0].where() if rows else Place()
    return Place(origin.file, origin.sheet or _SHEET_TITLES[sheet])


def held(dossier: Dossier, kind: str, word: str = "") -> tuple[Activity, ...]:
    """Return the activities of a kind in the year, and those of another kind whose topic says ``word``.

    An 组织生活会 may be held as a general meeting; one that only prepares it does not count.
    """
    return tuple(
        activity for activity in dossier.activities if activity.kind == kind or is_about(activity, word)
    )


def is_about(activity: Activity, word: str) -> bool:
    """Tell whether the topic says ``word`` (a regular expression), and not only as something to prepare."""
    topic = activity.topic or ""
    return bool(word and re.search(word, topic) and not _PREPARES.search(topic))


def stated(record: Record, *titles: str) -> str | None:
    """Return what a further column says: the first of ``titles`` that the record has a value for.

    A column that nobody declared is in ``extra``; one that a document type declares is a field.
    """
    fields = {column.title: column.name for column in columns_of(type(record))}
    for title in titles:
        value = getattr(record, fields[title]) if title in fields else record.extra.get(title)
        if value not in (None, ""):
            return str(value)
    return None


def stated_number(record: Record, *titles: str) -> Decimal | None:
    """Return the number in a further column, without its unit; ``None`` where there is none to read."""
    text = (stated(record, *titles) or "").replace(",", "").replace("，", "")
    match = re.fullmatch(r"\s*(\d{1,9}(?:\.\d{1,4})?)\s*(?:元|学时|小时|课时)?\s*", text)
    return Decimal(match[1]) if match else None


def last_day(dossier: Dossier) -> dt.date:
    """Return the last day that the data can speak of: the report date, else the end of the unit's year."""
    report_date = dossier.unit.report_date
    return report_date.last if report_date else dt.date(dossier.unit.year, 12, 31)
