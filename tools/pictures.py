"""What the pictures of the pages have in common: a page of a document, cut and framed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
_ROOM = 40  # pixels left around what a page shows


def docsmith(folder: Path, *args: str) -> None:
    """Run a command of docsmith in a folder."""
    command = [sys.executable, "-m", "docsmith", *args]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def keep(page: Image.Image, name: str) -> None:
    """Keep a page in 64 greys: an official page has no colour."""
    framed = ImageOps.expand(page, border=1, fill=160)
    framed.quantize(64).save(PICTURES / f"{name}.png", optimize=True)


def cropped(page: Image.Image) -> Image.Image:
    """Return a page without its empty margins."""
    left, top, right, bottom = ImageChops.invert(page).getbbox() or (0, 0, *page.size)
    return page.crop((left - _ROOM, max(0, top - _ROOM), right + _ROOM, bottom + _ROOM))
