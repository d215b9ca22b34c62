"""The dates of one record: each after the one that must come before it, and none still to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import TypeVar

from docsmith._i18n import gettext as _
from docsmith.model.rows import Record
from docsmith.rules.judgement import Objection

R = TypeVar("R", bound=Record)


def chronological(
    record: R, titles: Mapping[str, str], last: dt.date, called: Callable[[R], str]
) -> Iterator[Objection]:
    """Object to dates that contradict each other, and to those after the ``last`` day of the data.

    ``titles`` are those of the fields, in the order that the dates must have; ``called`` says what the record
    is called.
    """
    known = [(name, date) for name in titles if (date := getattr(record, name)) is not None]
    for (earlier, first), (later, second) in pairwise(known):
        if second.last < first.first:
            message = _("{name}: {later} {second} is before {earlier} {first}").format(
                name=called(record), later=titles[later], second=second, earlier=titles[earlier], first=first
            )
            hint = _("Expected in this order: {dates}.").format(dates="、".join(titles.values()))
            yield Objection(message, hint, record.where(later))
    for name, date in known:
        if date.first > last:
            message = _("{name}: {title} {date} is after the report date").format(
                name=called(record), title=titles[name], date=date
            )
            hint = _("Correct the date, or the 填报日期 in the sheet 单位.")
            yield Objection(message, hint, record.where(name))
