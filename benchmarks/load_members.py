"""How long a workbook of many members takes to load and validate.

Run: python benchmarks/load_members.py [ROWS]. Prints seconds and rows a second.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

from openpyxl import Workbook

from docsmith.model.schema import Schema
from docsmith.sources import load
from docsmith.sources.identity import check_character

BRANCHES = 1000
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


def main() -> None:
    """Write the workbook into a temporary folder, load it, and print the figures."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "党员.xlsx"
        write_workbook(path, rows)
        start = time.perf_counter()
        dataset = load([path], Schema.built_in())
        seconds = time.perf_counter() - start
    print(f"{len(dataset.tables['members'])} members of {rows} rows, {len(dataset.findings)} findings")
    print(f"{seconds:.2f} s, {rows / seconds:.0f} rows/s")


if __name__ == "__main__":
    main()
