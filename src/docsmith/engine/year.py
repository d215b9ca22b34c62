"""Which year the data is of, and which year the documents are for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.dataset import Dataset
from docsmith.model.findings import Finding, Severity
from docsmith.model.rows import Record

_EVENTS = ("activities", "talks")


def other_year(dataset: Dataset, year: int) -> Iterator[Finding]:
    """Yield a warning where documents for ``year`` are made from the data of another."""
    if year != dataset.unit.year:
        yield Finding(
            Severity.WARNING,
            _("the data is that of {data_year}, the documents are for {year}").format(
                data_year=dataset.unit.year, year=year
            ),
            _(
                "Left out: the report date, the sheets 自查, 测评 and 总结, and plans and problems dated in"
                " other years. The members are those of the data. Better: data of {year}, with 年度 {year}."
            ).format(year=year),
            dataset.unit.where("year"),
            "other-year",
        )


class OtherYears:
    """Counts the events of other years than the documents are for: no document shows them.

    The branches may come portion by portion.
    """

    def __init__(self, year: int) -> None:
        self._year = year
        self._number: Counter[str] = Counter()
        self._first: dict[str, Record] = {}

    def add(self, dataset: Dataset) -> None:
        """Count the events of some branches."""
        for sheet in _EVENTS:
            events: Iterable[Any] = dataset.tables.get(sheet, ())
            for event in (one for one in events if one.date.year != self._year):
                self._number[sheet] += 1
                self._first[sheet] = _earlier(self._first.get(sheet, event), event)

    def findings(self) -> Iterator[Finding]:
        """Yield a note for each sheet that has such events, at the first of them."""
        for sheet in _EVENTS:
            if sheet in self._number:
                yield Finding(
                    Severity.INFO,
                    _("{number} rows are of another year than {year}, and are not counted").format(
                        number=self._number[sheet], year=self._year
                    ),
                    _("If that is wrong, correct their dates, or 年度 in the sheet 单位."),
                    self._first[sheet].where("date"),
                    "rows-of-other-years",
                )


def _earlier(first: Record, other: Record) -> Record:
    """Return the one of two rows that stands above the other, or else the first."""
    here, there = first.origin, other.origin
    above = (here.file, here.sheet) == (there.file, there.sheet) and there.row < here.row
    return other if above else first
