"""Write the pictures of the README: ``python -m tools.make_pictures`` (needs LibreOffice).

Each is the first page of a document type, made from the sample unit and framed by a thin line.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

from tools.look import draw

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
# The branch whose page shows most of a type.
SHOWN = {
    "self-check": "第一党支部",
    "problem-list": "第二党支部",
    "satisfaction-survey": "第一党支部",
    "work-plan": "第一党支部",
    "year-end-summary": "第一党支部",
}


def main() -> None:
    """Render, draw the first pages and keep them in 64 greys: an official page has no colour."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        for document_type, branch in SHOWN.items():
            out = Path(work) / document_type
            command = [sys.executable, "-m", "docsmith", "render", document_type, "--branch", branch]
            subprocess.run([*command, "--out", str(out)], cwd=ROOT, check=True, capture_output=True)
            first = draw(list(out.rglob("*.docx")), out / "pages")[0]
            page = ImageOps.expand(Image.open(first).convert("L"), border=1, fill=160)
            page.quantize(64).save(PICTURES / f"{document_type}.png", optimize=True)


if __name__ == "__main__":
    main()
