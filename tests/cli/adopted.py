"""Forms as offices make them, built in a few words, and what ``docsmith plugin new --from`` makes of them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.table import Table

from tests.cli.conftest import Answer, Docsmith

MEMBERS = (
    "支部,姓名,党内职务,第一季度,缴纳金额\n"
    "第一党支部,陆承安,书记,100,12.5\n第一党支部,闻人静,,200,7\n第一党支部,乔喆,,300,1\n"
)
Merged = tuple[int, int, int, int]


def with_people(workspace: Path) -> Path:
    """Give a workspace three members and an activity."""
    (workspace / "数据" / "党员.csv").write_text(MEMBERS, encoding="utf-8")
    (workspace / "数据" / "组织生活.csv").write_text(
        "支部,类型,日期,主题,地点\n第一党支部,主题党日,2026-10-09,走访,会议室\n", encoding="utf-8"
    )
    return workspace


def form(
    office: Path, rows: Sequence[Sequence[str]] = (), merged: Sequence[Merged] = (), lines: Sequence[str] = ()
) -> Path:
    """Save a form with these lines, and below them a table; ``merged`` are the corners of merged cells."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for cells, words in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, words, strict=True):
                cell.text = text
        for top, left, bottom, right in merged:
            whole = table.cell(top, left).merge(table.cell(bottom, right))
            whole.text = whole.text.strip()
    document.save(str(office / "原表.docx"))
    return office / "原表.docx"


def adopt(docsmith: Docsmith, file: Path, title: str) -> Answer:
    done = docsmith("plugin", "new", "own", "--title", title, "--from", str(file), "--json")
    assert done.code == 0, done.err
    checked = docsmith("plugin", "check", str(file.parent / "文种" / "own"))
    assert checked.code == 0, checked.out + checked.err
    return done


def tags(done: Answer, kind: str = "filled_in") -> dict[str, str]:
    return {one["label"]: one["tag"] for one in done.json[kind]}


def manifest(office: Path) -> dict[str, Any]:
    return tomllib.loads((office / "文种" / "own" / "plugin.toml").read_text(encoding="utf-8"))


def template(office: Path) -> Table:
    return docx.Document(str(office / "文种" / "own" / "template.docx")).tables[0]


def made(docsmith: Docsmith, office: Path) -> list[list[str]]:
    """Render the first document, and return the cells of its table."""
    done = docsmith("render", "own", "--branch", "第一党支部")
    assert done.code == 0, done.out + done.err
    document = min((office / "输出").rglob("*.docx"))
    return [[cell.text for cell in row.cells] for row in docx.Document(str(document)).tables[0].rows]
