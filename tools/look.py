"""Draw Word files as PNG pages: ``python -m tools.look FILE.docx... [-o FOLDER]`` (needs LibreOffice).

The typefaces of official documents are commercial. Where they are missing, free ones stand in, and the tool
says which: judge layout, merging, borders and overflow by such a picture, not the exact line breaks.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from pathlib import Path

import pypdfium2

# Each official typeface, and what may stand in for it, the best first.
STAND_INS = {
    "方正小标宋简体": ("Noto Serif CJK SC:bold", "Source Han Serif SC:bold"),
    "仿宋": ("FandolFang R", "LXGW WenKai", "Noto Serif CJK SC"),
    "楷体": ("LXGW WenKai", "AR PL KaitiM GB", "Noto Serif CJK SC"),
    "黑体": ("Noto Sans CJK SC", "WenQuanYi Zen Hei"),
    "宋体": ("Noto Serif CJK SC", "AR PL SungtiL GB"),
    "Times New Roman": ("Liberation Serif", "Tinos"),
}
_DOTS_PER_INCH = 96


def installed_families() -> set[str]:
    """Return the names of the font families of this machine."""
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True).stdout
    return {name.strip() for line in listed.splitlines() for name in line.split(",")}


def font_configuration(families: set[str]) -> str:
    """Return a fontconfig file that names a stand-in for each official typeface that is missing."""
    rules = []
    for wanted, candidates in STAND_INS.items():
        usable = (name for name in candidates if name.split(":")[0] in families)
        chosen = None if wanted in families else next(usable, None)
        if chosen is None:
            continue
        family, _, weight = chosen.partition(":")
        bold = '<edit name="weight" mode="assign"><const>bold</const></edit>' if weight else ""
        print(f"{wanted} -> {family}")
        rules.append(
            f'<match target="pattern"><test name="family"><string>{wanted}</string></test>'
            f'<edit name="family" mode="assign" binding="same"><string>{family}</string></edit>{bold}</match>'
        )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        "<dir>/usr/share/fonts</dir><dir prefix='xdg'>fonts</dir>"
        f"<cachedir prefix='xdg'>docsmith-look</cachedir>{''.join(rules)}</fontconfig>"
    )


def draw(files: list[Path], folder: Path) -> list[Path]:
    """Write one PNG a page and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        configuration = Path(work) / "fonts.conf"
        configuration.write_text(font_configuration(installed_families()), encoding="utf-8")
        profile = f"-env:UserInstallation=file://{work}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", work]
        subprocess.run(
            [*command, *(str(file.resolve()) for file in files)],
            env=os.environ | {"FONTCONFIG_FILE": str(configuration)},
            capture_output=True,
            timeout=300,
            check=True,
        )
        return [page for file in files for page in _pages(Path(work) / f"{file.stem}.pdf", folder)]


def _pages(pdf: Path, folder: Path) -> list[Path]:
    paths = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
        path = folder / f"{pdf.stem}-{number}.png"
        page.render(scale=_DOTS_PER_INCH / 72).to_pil().save(path, optimize=True)
        paths.append(path)
    return paths


def main() -> None:
    """Draw the files that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("look-out"))
    arguments = parser.parse_args()
    for path in draw(arguments.files, arguments.output):
        print(path)


if __name__ == "__main__":
    main()
