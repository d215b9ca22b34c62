"""A workspace's own types: their folder, listed in ``docsmith.toml`` without touching anything else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

OWN_FOLDER = "文种"
"""Where the types of a workspace lie."""
_ENTRY = re.compile(r"^plugins[ \t]*=[ \t]*", re.MULTILINE)
_COMMENTED = re.compile(r"^#[ \t]*plugins[ \t]*=.*$", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_ONE = re.compile(r"'[^'\n]*'|\"(?:[^\"\\\n]|\\.)*\"")


def with_folder_listed(text: str, folder: str) -> str | None:
    """Return a ``docsmith.toml`` that lists a folder under ``plugins``, all else as it was.

    ``text`` itself where it is listed already; ``None`` where the file is written in a way that should better
    be changed by hand.
    """
    before = _parsed(text)
    if before is None:
        return None
    listed = before.get("plugins", [])
    wanted = [*(listed if isinstance(listed, list) else [listed]), folder]
    if folder in wanted[:-1]:
        return text
    changed = _with_entry(text, folder) if "plugins" in before else _with_line(text, folder)
    return changed if changed and _parsed(changed) == {**before, "plugins": wanted} else None


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _with_entry(text: str, folder: str) -> str | None:
    """Add a folder to the value of ``plugins``: a text, or a list that may go over several lines."""
    entry = _ENTRY.search(text)
    if entry is None:
        return None
    start = entry.end()
    if single := _ONE.match(text, start):
        return f"{text[:start]}[{single[0]}, '{folder}']{text[single.end() :]}"
    end = text.find("]", start)
    if not text.startswith("[", start) or end < 0:
        return None
    inside = text[start + 1 : end].rstrip()
    comma = "" if not inside.strip() or inside.endswith(",") else ", "
    rest = text[start + 1 + len(inside) : end]
    space = " " if inside.endswith(",") else ""
    return f"{text[: start + 1]}{inside}{comma}{space}'{folder}'{rest}{text[end:]}"


def _with_line(text: str, folder: str) -> str:
    """Add a line: in the place of the very line behind a #, below another, else before the first table."""
    newline = "\r\n" if "\r\n" in text else "\n"
    entry = f"plugins = ['{folder}']"
    line = f"{entry}{newline}"
    first_table = _TABLE.search(text)
    limit = first_table.start() if first_table else len(text)
    shown = _COMMENTED.search(text, 0, limit)
    if shown and shown[0].strip("# \t\r") == entry:
        return f"{text[: shown.start()]}{entry}{text[shown.start() + len(shown[0].rstrip(chr(13))) :]}"
    if shown:
        at = text.find("\n", shown.start()) + 1 or len(text)
    else:
        at = limit
        line = line + newline if first_table else line
    before = text[:at]
    return f"{before}{'' if not before or before.endswith(chr(10)) else newline}{line}{text[at:]}"


def list_folder(settings: Path, folder: str) -> bool | None:
    """List a folder in a ``docsmith.toml``: ``True`` if it was written, ``False`` if that was not needed.

    ``None`` where a person should better do it. Raises :class:`docsmith.errors.OutputError`.
    """
    from docsmith._files import write_atomically

    data = settings.read_bytes()
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text = data[len(mark) :].decode()
    changed = with_folder_listed(text, folder)
    if changed is None or changed == text:
        return None if changed is None else False
    write_atomically(settings, mark + changed.encode())
    return True
