"""Plugins made on the spot: the least that works, and what a test changes in it."""

from __future__ import annotations

from pathlib import Path

import docx

from docsmith.plugin.discovery import Candidate
from docsmith.plugin.manager import Manager
from docsmith.plugin.origins import Origin

MANIFEST = """\
schema = 1
id = "{id}"
title = "{title}"
version = "1.0"
template = "template.docx"
output = "{{{{ branch.name }}}}-{title}"
"""


def make_plugin(
    parent: Path,
    plugin_id: str = "notice",
    title: str = "通知",
    more: str = "",
    python: str = "",
    text: str = "",
) -> Path:
    """Make a plugin's folder in ``parent`` and return it.

    ``more`` goes to the end of plugin.toml; ``text`` is what the template says, one paragraph.
    """
    folder = parent / plugin_id
    folder.mkdir(parents=True)
    manifest = MANIFEST.format(id=plugin_id, title=title)
    if python:
        (folder / "plugin.py").write_text(python, encoding="utf-8")
        manifest += 'python = "plugin.py"\n'
    (folder / "plugin.toml").write_text(manifest + more, encoding="utf-8")
    template = docx.Document()
    template.add_paragraph(text)
    template.save(str(folder / "template.docx"))
    return folder


def candidate(folder: Path, origin: str = "a test") -> Candidate:
    """Return a plugin as somebody has installed it: its Python may run."""
    return Candidate(folder, folder, origin, Origin.PACKAGE)


def manager_of(*folders: Path) -> Manager:
    """Return a manager of these plugins alone: nothing of the machine's."""
    return Manager(candidate(folder) for folder in folders)
