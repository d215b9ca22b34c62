"""Programs in a plugin's folder that docsmith never runs, and nobody else should by mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from docsmith._i18n import gettext as _
from docsmith.model.findings import Finding, Place, Severity

_PYTHON = frozenset((".py", ".pyw", ".pyd", ".pyz"))
# What a double click runs on some system, and what Office runs once it is opened.
_PROGRAMS = frozenset(
    (
        ".app", ".bat", ".bin", ".chm", ".cmd", ".com", ".command", ".cpl", ".desktop", ".dll", ".dylib",
        ".exe", ".hta", ".inf", ".jar", ".js", ".jse", ".lnk", ".msc", ".msi", ".pif", ".ps1", ".psm1",
        ".reg", ".scr", ".sh", ".so", ".url", ".vb", ".vbe", ".vbs", ".ws", ".wsf", ".wsh",
    )
)  # fmt: skip
_MACROS = frozenset((".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".potm", ".ppam", ".xll", ".wll"))


def programs_in(names: Iterable[str], python: str | None) -> Iterator[Finding]:
    """Yield a warning for each file, by its path in the folder, that could run and is not meant to.

    ``python`` is the file that the manifest names: with one, all Python is the plugin's own.
    """
    for name in names:
        ending = PurePosixPath(name).suffix.lower()
        hint = _("Take it out, and do not open it unless you know who made it.")
        if ending in _MACROS:
            message = _("{file} may hold macros; docsmith does not use it.").format(file=name)
        elif ending in _PROGRAMS:
            message = _("{file} is a program; docsmith never runs it.").format(file=name)
        elif ending in _PYTHON and python is None:
            message = _("{file} never runs: plugin.toml names no Python.").format(file=name)
            hint = _("Take it out, or name the file with the hooks: {line}").format(line=f'python = "{name}"')
        else:
            continue
        yield Finding(Severity.WARNING, message, hint, Place(name), "plugin-program")
