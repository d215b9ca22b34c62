"""LibreOffice, which turns documents into PDFs: where it is, and which one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.errors import UsageError

NAMED_BY = "DOCSMITH_SOFFICE"
"""The environment variable that names the program where it is in no usual place."""
_SECONDS_FOR_VERSION = 60  # 0.1 s; more when it comes from a slow disk for the first time
# A setting of the terminal or of Python is none of LibreOffice's, which brings a Python of its own.
_NOT_HANDED_ON = (
    "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "SESSION_MANAGER", "PYTHONHOME", "PYTHONPATH",
)  # fmt: skip


class Soffice(NamedTuple):
    """A LibreOffice that answers: its program and the version that it says it has."""

    program: Path
    version: str


def find_soffice() -> Soffice:
    """Return the LibreOffice of this machine; raises :class:`UsageError`, with what to install."""
    if named := os.environ.get(NAMED_BY):
        hint = _("The environment variable {variable} names it: correct that, or unset it.")
        return Soffice(Path(named), _version(Path(named), hint.format(variable=NAMED_BY)))
    for program in _places():
        hint = _("Start LibreOffice once by hand, or name its program soffice in {variable}.")
        return Soffice(program, _version(program, hint.format(variable=NAMED_BY)))
    raise UsageError(
        _("LibreOffice, which makes the PDFs, is not installed."),
        hint=_("{install} If it is somewhere else, name its program soffice in {variable}.").format(
            install=_how_to_install(), variable=NAMED_BY
        ),
    )


def environment() -> dict[str, str]:
    """Return the environment that LibreOffice runs in: no screen, and the home with the person's fonts."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_HANDED_ON}
    return {**kept, "SAL_USE_VCLPLUGIN": "svp"}


def _places() -> Iterator[Path]:
    """Yield every LibreOffice that is found, the one on the PATH first."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            yield Path(found)
    yield from filter(Path.is_file, _usual_places())


def _usual_places() -> Iterator[Path]:
    if sys.platform == "win32":
        for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
            if folder := os.environ.get(variable):
                yield Path(folder, "LibreOffice", "program", "soffice.com")
    elif sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield folder / "LibreOffice.app" / "Contents" / "MacOS" / "soffice"
    else:
        for pattern in ("usr/lib/libreoffice", "usr/lib64/libreoffice", "opt/libreoffice*"):
            yield from sorted(Path("/").glob(f"{pattern}/program/soffice"), reverse=True)


def _how_to_install() -> str:
    if sys.platform == "win32":
        return _("Install it from libreoffice.org, or with: winget install TheDocumentFoundation.LibreOffice")
    if sys.platform == "darwin":
        return _("Install it from libreoffice.org, or with: brew install --cask libreoffice")
    return _(
        "Install it, for example with: apt-get install libreoffice-writer, or dnf install libreoffice-writer."
    )


def _version(program: Path, hint: str) -> str:
    """Return what a LibreOffice says it is; raises :class:`UsageError` where it does not say so."""
    try:
        answer = subprocess.run(  # noqa: S603 - the program that the person has installed or named
            [program, "--version"],
            capture_output=True,
            env=environment(),
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS_FOR_VERSION,
            check=False,
        ).stdout.decode(errors="replace")
    except (OSError, subprocess.TimeoutExpired):
        answer = ""
    if found := re.search(r"LibreOffice\S* \d[\w.]*", answer):
        return found[0]
    raise UsageError(_("{program} does not answer as LibreOffice does.").format(program=program), hint=hint)
