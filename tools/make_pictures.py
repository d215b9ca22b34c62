"""Write the pictures of the pages: ``python -m tools.make_pictures [first_pages|tutorial|forms|broken ...]``.

It needs LibreOffice.
Those of the README are the first page of each document type, made from the sample unit and framed by a thin
line; those of the tutorial show a form on its way to a document type.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

from tools.form_samples import SAMPLES
from tools.look import draw

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SAMPLE = ROOT / "fixtures" / "示例单位"
# The branch whose page shows most of a type.
SHOWN = {
    "self-check": "第一党支部",
    "problem-list": "第二党支部",
    "satisfaction-survey": "第一党支部",
    "work-plan": "第一党支部",
    "year-end-summary": "第一党支部",
    "member-roster": "第一党支部",
    "talk-record": "第一党支部",
    "meeting-record": "第一党支部",
    "integrity-pledge": "第一党支部",
    "duty-rota": "第一党支部",
    "acceptance-score": "第一党支部",
}
_FORM = ROOT / "docs" / "tutorial" / "会议签到表.docx"
_BROKEN = ROOT / "docs" / "有错的签到表.docx"
_EXAMPLE = ROOT / "examples" / "meeting-sign-in"
_ROOM = 40  # pixels left around what a page shows


def docsmith(folder: Path, *args: str) -> None:
    """Run a command of docsmith in a folder."""
    command = [sys.executable, "-m", "docsmith", *args]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def keep(page: Image.Image, name: str) -> None:
    """Keep a page in 64 greys: an official page has no colour."""
    framed = ImageOps.expand(page, border=1, fill=160)
    framed.quantize(64).save(PICTURES / f"{name}.png", optimize=True)


def first_pages(work: Path) -> None:
    """Keep the first page of each document type; of several documents, the one that says most."""
    for document_type, branch in SHOWN.items():
        out = work / document_type
        docsmith(ROOT, "render", document_type, "--branch", branch, "--out", str(out))
        fullest = max(sorted(out.rglob("*.docx")), key=lambda file: file.stat().st_size)
        first = draw([fullest], out / "pages")[0]
        keep(Image.open(first).convert("L"), document_type)


def tutorial(work: Path) -> None:
    """Keep what the author of a template has in hand at each step, without the empty part of the page."""
    steps = {f"tutorial-{number}": file for number, file in enumerate(_steps(work).values(), 1)}
    copies = [Path(shutil.copy(file, work / f"{name}.docx")) for name, file in steps.items()]
    for page in draw(copies, work / "pages"):
        if page.stem.endswith("-1"):
            keep(_cropped(Image.open(page).convert("L")), page.stem.removesuffix("-1"))


def _steps(work: Path) -> Mapping[str, Path]:
    """Make what there is at each step: the form, what docsmith makes of it, the template, a document."""
    docsmith(work, "init", "unit")
    unit = work / "unit"
    docsmith(unit, "plugin", "new", "meeting-sign-in", "--title", "会议签到表", "--from", str(_FORM))
    adopted = Path(shutil.copy(unit / "文种" / "meeting-sign-in" / "template.docx", work / "adopted.docx"))
    shutil.copytree(_EXAMPLE, unit / "文种" / "meeting-sign-in", dirs_exist_ok=True)
    docsmith(unit, "render", "meeting-sign-in", "--data", str(SAMPLE), "--branch", "第一党支部")
    made = min(unit.rglob("*支部党员大会-会议签到表.docx"))
    return {"form": _FORM, "adopted": adopted, "template": _EXAMPLE / "template.docx", "document": made}


def forms(work: Path) -> None:
    """Keep each example of docs/forms.md: the template, and below it the document that comes of it."""
    for name, make in SAMPLES.items():
        sample = make()
        files = [work / f"{name}-template.docx", work / f"{name}-document.docx"]
        for file, data in zip(files, (sample.template(), sample.document()), strict=True):
            file.write_bytes(data)
        pages = {page.stem: _cropped(Image.open(page).convert("L")) for page in draw(files, work / name)}
        upper, lower = (pages[f"{file.stem}-1"] for file in files)
        both = Image.new("L", (max(upper.width, lower.width), upper.height + lower.height), 255)
        both.paste(upper, (0, 0))
        both.paste(lower, (0, upper.height))
        keep(both, f"form-{name}")


def broken(work: Path) -> None:
    """Keep the template with mistakes that the page about the linter begins with."""
    page = draw([Path(shutil.copy(_BROKEN, work / "broken.docx"))], work)[0]
    keep(_cropped(Image.open(page).convert("L")), "linter")


def _cropped(page: Image.Image) -> Image.Image:
    box = ImageChops.invert(page).getbbox() or (0, 0, *page.size)
    left, top, right, bottom = box
    return page.crop((left - _ROOM, max(0, top - _ROOM), right + _ROOM, bottom + _ROOM))


def main() -> None:
    """Draw all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    wanted = {make.__name__: make for make in (first_pages, tutorial, forms, broken)}
    for make in [wanted[name] for name in sys.argv[1:]] or wanted.values():
        with tempfile.TemporaryDirectory() as work:
            make(Path(work))


if __name__ == "__main__":
    main()
