"""How long a workbook of many members takes to load and validate: whole, and in shares as a batch does.

Run: python benchmarks/load_members.py [ROWS]. Prints seconds of processor time, and for shares microseconds a
row: what the parent does, what a ticket costs on its way, and what the worker does.
"""

from __future__ import annotations

import datetime as dt
import gc
import pickle
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook

from docsmith.model.schema import Schema
from docsmith.sources import ImportRules, load
from docsmith.sources.identity import check_character
from docsmith.sources.opening import open_source

T = TypeVar("T")

BRANCHES = 1000
PER_TICKET = 25
HEADER = (
    "支部",
    "姓名",
    "性别",
    "民族",
    "出生日期",
    "身份证号",
    "学历",
    "党籍状态",
    "入党时间",
    "转正时间",
    "手机",
)


def _id_number(born: dt.date, serial: int) -> str:
    """Return a valid number (GB 11643-1999) that nobody else in the workbook has."""
    digits = f"{110101 + serial // 1000}{born:%Y%m%d}{serial % 1000:03d}"
    return digits + check_character(digits)


def write_workbook(path: Path, rows: int) -> None:
    """Write a workbook of 1000 branches and ``rows`` members, in the shapes that offices write."""
    workbook = Workbook(write_only=True)
    unit = workbook.create_sheet("单位")
    for pair in (("项目", "内容"), ("单位名称", "示例研究所"), ("年度", 2026)):
        unit.append(pair)
    branches = workbook.create_sheet("支部")
    branches.append(("支部编码", "支部名称"))
    for number in range(BRANCHES):
        branches.append((f"0201{number:05d}", f"第{number}党支部"))
    members = workbook.create_sheet("党员")
    members.append(HEADER)
    for number in range(rows):
        born = dt.date(1950, 1, 1) + dt.timedelta(days=number * 7 % 18000)
        joined = born.replace(year=born.year + 22, day=min(born.day, 28))
        members.append(
            (
                f"第{number % BRANCHES}党支部",
                f"张{chr(0x4E00 + number % 2000)}",
                "男" if number % 2 else "女",
                "汉族",
                born,
                _id_number(born, number),
                "研究生" if number % 3 else "大学",
                "正式党员",
                f"{joined:%Y.%m}",
                f"{joined.year + 1}-{joined.month:02d}-{joined.day:02d}",
                f"138{number:08d}",
            )
        )
    workbook.save(path)


def measure_shares(path: Path, rows: int) -> None:
    """Print what each step of reading in shares takes, and how large a branch is on its way to a worker."""

    def timed(what: str, step: Callable[[], T]) -> T:
        start = time.process_time()
        result = step()
        print(f"  {what}: {(time.process_time() - start) / rows * 1e6:.2f} µs/row")
        return result

    source = timed(
        "opened and sorted by branch", lambda: open_source([path], Schema.built_in(), ImportRules())
    )
    names = list(source.names())
    sent = timed("pickled", lambda: [pickle.dumps(ticket) for ticket in source.tickets(names, PER_TICKET)])
    reader = pickle.loads(pickle.dumps(source.reader()))  # noqa: S301 - our own, of a moment ago
    portions = timed("unpickled", lambda: [reader.read(pickle.loads(ticket)) for ticket in sent])  # noqa: S301
    timed("digested", lambda: [portion.digest(name) for portion in portions for name in portion.branches])
    for what in ("bound", "bound, values known"):
        timed(what, lambda: [len(portion.dataset(portion.branches).tables) for portion in portions])
    print(f"  {sum(map(len, sent)) / len(names):.0f} bytes for a branch of {rows / len(names):.0f} rows")


def main() -> None:
    """Write the workbook into a temporary folder, load it, and print the figures."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    gc.set_threshold(100_000)  # as the command line does
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "党员.xlsx"
        write_workbook(path, rows)
        start = time.process_time()
        dataset = load([path], Schema.built_in())
        seconds = time.process_time() - start
        print(f"{len(dataset.tables['members'])} members of {rows} rows, {len(dataset.findings)} findings")
        print(f"{seconds:.2f} s, {rows / seconds:.0f} rows/s")
        del dataset
        measure_shares(path, rows)


if __name__ == "__main__":
    main()
