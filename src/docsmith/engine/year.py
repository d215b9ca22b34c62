"""A run for another year than that of the data."""

from __future__ import annotations

from collections.abc import Iterator

from docsmith._i18n import gettext as _
from docsmith.model.dataset import Dataset
from docsmith.model.findings import Finding, Severity


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
