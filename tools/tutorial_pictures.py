"""The pictures of the tutorial for authors of templates: what they have in hand at each step."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from PIL import Image, ImageChops, ImageDraw

from docsmith.official.document import Part, build
from docsmith.official.page import FORM
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Cell, Row, Table, header_row
from tools.look import draw
from tools.pictures import ROOT, cropped, docsmith, keep

_FORM = ROOT / "docs" / "tutorial" / "会议签到表.docx"
_EXAMPLE = ROOT / "examples" / "meeting-sign-in"
_SAMPLE = ROOT / "fixtures" / "示例单位"
_MEMBERS = ROOT / "tools" / "fixtures_source" / "示例单位" / "党员.csv"
_BRANCH = "第一党支部"
_SHOWN = 6  # people of the list that the picture of its sheet shows
_ROOM = 10  # pixels around a place that is marked


def tutorial(work: Path) -> None:
    """Keep a picture of each step."""
    files = dict(_files(work))
    copies = [Path(shutil.copy(file, work / f"step-{step}.docx")) for step, file in files.items()]
    pages = {page.stem: Image.open(page).convert("L") for page in draw(copies, work / "pages")}
    shown = {step: pages[f"step-{step}-1"] for step in files}
    shown["5"] = _marked(shown["2"], shown.pop("renamed"))
    for step, page in shown.items():
        keep(cropped(page), f"tutorial-{step}")


def _files(work: Path) -> Iterator[tuple[str, Path]]:
    """Do what the tutorial says, and yield what there is to see at its steps."""
    docsmith(work, "init", "unit")
    unit = work / "unit"
    folder = unit / "文种" / "meeting-sign-in"
    yield "1", _FORM
    docsmith(unit, "plugin", "new", folder.name, "--title", "会议签到表", "--from", str(_FORM))
    adopted = Path(shutil.copy(folder / "template.docx", work / "adopted.docx"))
    yield "2", adopted
    yield "3", _made(unit, work / "first")
    yield "renamed", _renamed(adopted, work / "renamed.docx")
    shutil.copytree(_EXAMPLE, folder, dirs_exist_ok=True)
    yield "6", _EXAMPLE / "template.docx"
    finished = _made(unit, work / "second")
    yield "7", finished
    yield "4", _written(work / "sheet.docx", _sheet(finished))
    docsmith(unit, "plugin", "pack", str(folder))
    yield "8", _written(work / "zip.docx", _contents(next(unit.glob("*.zip"))))


def _made(unit: Path, out: Path) -> Path:
    """Make the sheets of a branch, and return that of a general meeting."""
    docsmith(
        unit, "render", "meeting-sign-in", "--data", str(_SAMPLE), "--branch", _BRANCH, "--out", str(out)
    )
    return next(out.rglob("*12月4日-支部党员大会-*.docx"))


def _renamed(template: Path, target: Path) -> Path:
    """Return a copy of a template with another name for its list, as wide as the first: the place to mark."""
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(target, "w") as copy:
        for entry in source.infolist():
            copy.writestr(entry, source.read(entry).replace("清单.行".encode(), "名册.行".encode()))
    return target


def _marked(page: Image.Image, other: Image.Image) -> Image.Image:
    """Return a page with a box around what differs in another."""
    left, top, right, bottom = ImageChops.difference(page, other).getbbox() or (0, 0, *page.size)
    marked = page.copy()
    box = (left - _ROOM, top - _ROOM, right + _ROOM, bottom + _ROOM)
    ImageDraw.Draw(marked).rectangle(box, outline=90, width=4)
    return marked


def _sheet(finished: Path) -> Table:
    """Return rows of the sheet 党员, and the number that each has on the finished list, if it has one."""
    listed = {
        row.cells[1].text.replace("\u3000", ""): row.cells[0].text
        for row in docx.Document(str(finished)).tables[1].rows
    }
    with _MEMBERS.open(encoding="utf-8") as file:
        people = [row for row in csv.DictReader(file) if row["支部"] == _BRANCH]
    widths = {"姓名": 35.0, "党籍状态": 30.0, "党小组": 35.0, "加入党组织日期": 40.0, "名单 · list": 25.0}
    rows = []
    for person in people:
        number = listed.get(person["姓名"], "—")
        if number == "—" or int(number) <= _SHOWN:
            texts = [*(person[title] for title in list(widths)[:4]), number]
            rows.append(Row([Cell(text, "TableCentred") for text in texts]))
    return Table(list(widths.values()), [header_row(list(widths)), *rows])


def _contents(archive: Path) -> Table:
    """Return what is in a zip, one file in each row."""
    with zipfile.ZipFile(archive) as opened:
        names = [entry.filename for entry in opened.infolist() if not entry.is_dir()]
    widths = {archive.name: 165.0}
    return Table(list(widths.values()), [header_row(list(widths)), *(Row([Cell(name)]) for name in names)])


def _written(target: Path, table: Table) -> Path:
    target.write_bytes(build([Part(Section(FORM, PageNumbers.NONE), [table.element()])], "示例"))
    return target
