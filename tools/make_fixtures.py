"""Make the workbooks of ``fixtures/`` from the readable tables in ``tools/fixtures_source/``.

    python -m tools.make_fixtures

The same tables give the same workbooks, byte for byte (with the same openpyxl).
"""

from __future__ import annotations

import csv
from pathlib import Path

from docsmith.model.columns import Sheet
from docsmith.plugin.discovery import bundled
from docsmith.plugin.manager import Manager
from docsmith.sources.fill_in import Row, write_blank
from tools.messy_fixture import make_messy

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "tools" / "fixtures_source"
FIXTURES = ROOT / "fixtures"
SAMPLE_UNIT = "示例单位"


def main() -> None:
    make_sample_unit(FIXTURES / SAMPLE_UNIT / "数据.xlsx")
    make_messy(FIXTURES / "messy" / "数据")


def make_sample_unit(path: Path) -> None:
    """Write the sample unit's workbook: a fill-in workbook that somebody has filled in.

    Of the sheets that document types declare it has those that there is a table for.
    """
    schema = Manager(bundled()).schema
    sheets = [sheet for sheet in schema.sheets.values() if _table(sheet).exists()]
    rows = {sheet.name: _rows(sheet) for sheet in sheets}
    write_blank(path, schema, list(rows), rows=rows)


def _table(sheet: Sheet) -> Path:
    return TABLES / SAMPLE_UNIT / f"{sheet.title}.csv"


def _rows(sheet: Sheet) -> list[Row]:
    """Return the rows of a table by the English names of its columns."""
    names = {column.title: column.name for column in sheet.columns}
    with _table(sheet).open(encoding="utf-8", newline="") as stream:
        if sheet.paired:
            return [{names[line["项目"]]: line["内容"] for line in csv.DictReader(stream)}]
        return [{names[title]: text for title, text in line.items()} for line in csv.DictReader(stream)]


if __name__ == "__main__":
    main()
