"""A party office with as many branches as a test needs, in files of their own, and docsmith as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from docsmith.model.schema import Schema
from docsmith.sources.fill_in import write_blank

KINDS = ("支部党员大会", "支委会", "党课", "主题党日")


def rows_of(number: int) -> dict[str, list[dict[str, Any]]]:
    """Return what a branch says of itself, a little of everything, by the English names of the sheets."""
    name = f"第{number}党支部"
    return {
        "branches": [{"name": name, "code": f"{number:06}", "secretary": f"张{number}", "term_years": "3"}],
        "members": [
            {
                "branch": name,
                "name": f"李{number}之{one}",
                "gender": "男",
                "born_on": f"198{one}-05-0{one + 1}",
            }
            for one in range(3)
        ],
        "activities": [
            {"branch": name, "kind": KINDS[month % 4], "date": f"2026-{month + 1:02}-1{number % 10}"}
            for month in range(8)
        ],
        "problems": [{"branch": name, "problem": f"问题{number}", "status": "正在整改"}],
        "self_checks": [{"branch": name, "item": "1", "answer": "是"}],
    }


def tables_of(number: int) -> dict[str, list[dict[str, Any]]]:
    """Return the tables of an office of so many branches, with its unit."""
    tables: dict[str, list[dict[str, Any]]] = {"unit": [{"name": "示例市直机关工委", "year": "2026"}]}
    for one in range(number):
        for sheet, rows in rows_of(one).items():
            tables.setdefault(sheet, []).extend(rows)
    return tables


def write_workbook(path: Path, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Write tables as the workbook that an office fills in."""
    path.unlink(missing_ok=True)
    write_blank(
        path, Schema.built_in(), rows={sheet: list(map(dict, rows)) for sheet, rows in tables.items()}
    )


def spoil(path: Path, sheet: str, column: str, values: Mapping[str, str]) -> dict[str, str]:
    """Write a value into a column of the first row that each of some branches has; return their cells.

    Sheet and column go by their titles.
    """
    book = load_workbook(path)
    rows = list(book[sheet].iter_rows())
    titles = [str(cell.value).lstrip("*") for cell in rows[0]]
    of, at = titles.index("支部名称" if sheet == "支部" else "支部"), titles.index(column)
    cells = {branch: next(row[at] for row in rows if row[of].value == branch) for branch in values}
    for branch, cell in cells.items():
        cell.value = values[branch]
    book.save(path)
    return {branch: str(cell.coordinate) for branch, cell in cells.items()}


def command(*args: str | Path) -> list[str]:
    """Return the command line that starts docsmith as a process of its own."""
    return [sys.executable, "-m", "docsmith", *map(str, args)]


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in English, without anything of the machine's, that keeps compiled templates."""
    return {
        **os.environ,
        "DOCSMITH_LANG": "en",
        "DOCSMITH_CACHE": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }


def run(folder: Path, *args: str | Path) -> subprocess.CompletedProcess[str]:
    """Run docsmith in a folder, and wait for it."""
    return subprocess.run(
        command(*args),
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def documents(out: Path) -> dict[str, bytes]:
    """Return all documents of an output folder by their paths within it, unfinished files too."""
    found = (path for path in out.rglob("*") if path.is_file() and ".docsmith" not in path.parts)
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in found
        if path.relative_to(out).parts[0] != "批量报告"
    }
