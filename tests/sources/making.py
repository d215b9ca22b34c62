"""Files that the tests of this layer read: made on the spot, as people and other systems make them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from docsmith.model.dataset import Dataset
from docsmith.model.findings import Finding, Severity
from docsmith.model.schema import Schema
from docsmith.sources import ImportRules, load
from docsmith.sources.export import check_target, write_gathered
from docsmith.sources.export_rows import Gathered

Rows = Sequence[Sequence[Any]]

UNIT: Rows = [("项目", "内容"), ("单位名称", "云屏县科技馆"), ("年度", 2026)]
BRANCHES: Rows = [("支部编码", "支部名称"), ("0201", "第一党支部"), ("0202", "第二党支部")]


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write an xlsx with these sheets."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def read(path: Path, imports: ImportRules | None = None, **options: Any) -> Dataset:
    """Load one path with the built-in sheets."""
    return load([path], Schema.built_in(), imports or ImportRules(), **options)


def read_sheets(folder: Path, sheets: Mapping[str, Rows], **options: Any) -> Dataset:
    """Load a workbook of these sheets, with a unit and two branches unless they are given."""
    return read(workbook(folder / "数据.xlsx", {"单位": UNIT, "支部": BRANCHES, **sheets}), **options)


def found(dataset: Dataset, *severities: Severity) -> list[tuple[str, str]]:
    """Return the code and cell of each error and warning."""
    wanted = severities or (Severity.ERROR, Severity.WARNING)
    return [(f.code, f.place.cell) for f in dataset.findings if f.severity in wanted]


def by_code(findings: Iterable[Finding], code: str) -> list[Finding]:
    """Return the findings of one kind."""
    return [finding for finding in findings if finding.code == code]


def write_dataset(dataset: Dataset, path: Path, *, sources: Sequence[Path] = ()) -> None:
    """Write a whole dataset in the form that the suffix of ``path`` names, as ``docsmith convert`` does."""
    check_target(path, sources)
    with Gathered(dataset.schema) as gathered:
        gathered.add_shared(dataset)
        gathered.add_branches(dataset)
        write_gathered(gathered, path)
