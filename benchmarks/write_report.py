"""How long the report of a large batch takes to write, and how much memory.

Run: python benchmarks/write_report.py [DOCUMENTS] [--openpyxl]. One document in a hundred failed, and one has
fields to fill in. Prints seconds of the processor, peak memory and the size of the file; with ``--openpyxl``
the cells of the largest sheet are written by openpyxl's write-only mode instead, for comparison.
"""

from __future__ import annotations

import datetime as dt
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment

from docsmith.engine.ledger import ResultRow, Status
from docsmith.engine.report.contents import Report
from docsmith.engine.report.page import write_page
from docsmith.engine.report.workbook import write_workbook
from docsmith.model.findings import Finding, Place, Severity

FAILED_OF = 100


def _results(documents: int, wanted: Status | None) -> Iterator[ResultRow]:
    """Yield the results of a batch in which every hundredth document has failed."""
    for number in range(documents):
        status = Status.WRITTEN if number % FAILED_OF else Status.FAILED
        if wanted not in (None, status):
            continue
        branch = f"云屏县第{number}联合党支部"
        findings = (_finding(number),) if status is Status.FAILED else ()
        path = f"2026/{number // 2000}/{branch}/自检自查表.docx"
        yield ResultRow(number, "self-check", branch, status, path, "", 3 * (number % 100 == 1), findings)


def _finding(number: int) -> Finding:
    return Finding(
        Severity.ERROR,
        "出生日期是“1960-02-30”：历法中没有这一天",
        "应为日期，如2026-03-05；只知道年月的，写1993-10。",
        Place("数据.xlsx", "党员", f"D{number + 2}"),
    )


def _report(documents: int, out: Path) -> Report:
    failed = -(-documents // FAILED_OF)
    return Report(
        unit="云屏县",
        year=2026,
        finished=dt.datetime(2026, 11, 22, 21, 30),
        interrupted=False,
        titles={"self-check": "自检自查表"},
        counts={
            ("self-check", Status.WRITTEN): documents - failed,
            ("self-check", Status.FAILED): failed,
        },
        results=lambda status: _results(documents, status),
        findings=(),
        retry=out / "失败支部.xlsx",
        out=out,
    )


def _with_openpyxl(documents: int, path: Path) -> None:
    """Write the sheet of all documents as openpyxl does it: a cell object for each cell with a look."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("全部")
    centred = Alignment(vertical="center")
    for result in _results(documents, None):
        row = []
        for value in ("自检自查表", result.branch, "已生成", result.to_fill_in, result.path):
            cell = WriteOnlyCell(sheet, value)
            cell.alignment = centred
            row.append(cell)
        sheet.append(row)
    book.save(path)


def main() -> None:
    """Write a report and print what it took."""
    documents = int(next((word for word in sys.argv[1:] if word.isdigit()), "100000"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "报告.xlsx"
        started = time.process_time()
        if "--openpyxl" in sys.argv:
            _with_openpyxl(documents, path)
        else:
            write_workbook(_report(documents, Path(folder)), path)
        took = time.process_time() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = path.stat().st_size / 2**20
        print(
            f"workbook of {documents:,} documents: {took:.1f} s, {peak:.0f} MB at most, {size:.1f} MB on disk"
        )
        if "--openpyxl" not in sys.argv:
            started = time.process_time()
            write_page(_report(documents, Path(folder)), path.with_suffix(".html"))
            print(f"page: {time.process_time() - started:.1f} s")


if __name__ == "__main__":
    main()
