"""Write the pictures of the pages: ``python -m tools.make_pictures [first_pages|tutorial|forms|broken ...]``.

It needs LibreOffice.
Those of the README are the first page of each document type, made from the sample unit and framed by a thin
line; those of the tutorial show a form on its way to a document type.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tools.form_samples import SAMPLES
from tools.look import draw
from tools.pictures import PICTURES, ROOT, cropped, docsmith, keep
from tools.tutorial_pictures import tutorial

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
_BROKEN = ROOT / "docs" / "有错的签到表.docx"


def first_pages(work: Path) -> None:
    """Keep the first page of each document type; of several documents, the one that says most."""
    for document_type, branch in SHOWN.items():
        out = work / document_type
        docsmith(ROOT, "render", document_type, "--branch", branch, "--out", str(out))
        fullest = max(sorted(out.rglob("*.docx")), key=lambda file: file.stat().st_size)
        first = draw([fullest], out / "pages")[0]
        keep(Image.open(first).convert("L"), document_type)


def forms(work: Path) -> None:
    """Keep each example of docs/forms.md: the template, and below it the document that comes of it."""
    for name, make in SAMPLES.items():
        sample = make()
        files = [work / f"{name}-template.docx", work / f"{name}-document.docx"]
        for file, data in zip(files, (sample.template(), sample.document()), strict=True):
            file.write_bytes(data)
        pages = {page.stem: cropped(Image.open(page).convert("L")) for page in draw(files, work / name)}
        upper, lower = (pages[f"{file.stem}-1"] for file in files)
        both = Image.new("L", (max(upper.width, lower.width), upper.height + lower.height), 255)
        both.paste(upper, (0, 0))
        both.paste(lower, (0, upper.height))
        keep(both, f"form-{name}")


def broken(work: Path) -> None:
    """Keep the template with mistakes that the page about the linter begins with."""
    page = draw([Path(shutil.copy(_BROKEN, work / "broken.docx"))], work)[0]
    keep(cropped(Image.open(page).convert("L")), "linter")


def main() -> None:
    """Draw all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    wanted = {make.__name__: make for make in (first_pages, tutorial, forms, broken)}
    for make in [wanted[name] for name in sys.argv[1:]] or wanted.values():
        with tempfile.TemporaryDirectory() as work:
            make(Path(work))


if __name__ == "__main__":
    main()
