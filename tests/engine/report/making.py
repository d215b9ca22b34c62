"""Reports to write: what became of some documents, made up."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from docsmith.engine.ledger import ResultRow, Status
from docsmith.engine.report.contents import Report
from docsmith.model.findings import Finding, Place, Severity

TITLES = {"self-check": "自检自查表", "annual-summary": "年终总结"}
BAD_DATE = Finding(
    Severity.ERROR,
    "出生日期是“1960-02-30”：历法中没有这一天",
    "应为日期，如2026-03-05。",
    Place("数据.xlsx", "党员", "D5"),
    "date-impossible",
    "第一党支部",
)


def result(position: int, status: Status = Status.WRITTEN, **changes: Any) -> ResultRow:
    """Return what became of a document; a failed one has a bad date."""
    branch = f"第{position}党支部"
    findings = (BAD_DATE._replace(branch=branch),) if status is Status.FAILED else ()
    row = ResultRow(position, "self-check", branch, status, f"2026/{branch}/自检自查表.docx", "", 0, findings)
    return row._replace(**changes)


def report(results: Sequence[ResultRow], out: Path, **changes: Any) -> Report:
    """Return a report of these results in an output folder."""

    def select(status: Status | None) -> Iterator[ResultRow]:
        return (row for row in results if status in (None, row.status))

    made = Report(
        unit="云屏县科技馆",
        year=2026,
        finished=dt.datetime(2026, 11, 22, 21, 30),
        interrupted=False,
        titles=TITLES,
        counts=Counter((row.document_type, row.status) for row in results),
        results=select,
        findings=(),
        retry=None,
        out=out,
    )
    return made._replace(**changes)
