"""Which year the data is of, and which year the documents are for."""

from __future__ import annotations

from collections.abc import Iterator

from docsmith._i18n import gettext as _
from docsmith.model.dataset import Dataset
from docsmith.model.findings import Finding, Severity

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


def of_other_years(dataset: Dataset, year: int) -> Iterator[Finding]:
    """Yield a note for each sheet of events that has rows of other years: no document shows them."""
    for sheet in _EVENTS:
        others = [event for event in dataset.tables.get(sheet, ()) if event.date.year != year]  # type: ignore[attr-defined]
        if others:
            yield Finding(
                Severity.INFO,
                _("{number} rows are of another year than {year}, and are not counted").format(
                    number=len(others), year=year
                ),
                _("If that is wrong, correct their dates, or 年度 in the sheet 单位."),
                others[0].where("date"),
                "rows-of-other-years",
            )
