"""Readers of what the keys of ``plugin.toml`` hold: names, titles, paths."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Any

from docsmith._files import RESERVED_NAME
from docsmith._i18n import gettext as _
from docsmith.plugin.tables import Wrong, text, unfit

_MOST_CHARACTERS = 64
_LONGEST_PATH = 200
# Controls, marks that turn the direction or take no room, halves of surrogate pairs.
_UNSEEN = frozenset(("Cc", "Cf", "Cs"))
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*")
_RULE = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")


def identifier(value: Any, at: str, mistakes: list[Wrong]) -> str | None:
    """Read the id of a document type."""
    expected = _("lower-case letters, digits and hyphens are expected, such as work-plan")
    if isinstance(value, str) and RESERVED_NAME.match(value):
        unfit(value, at, mistakes, _("Windows has a device of that name, and no folder may be called so"))
        return None
    return _matching(_IDENTIFIER, value, at, mistakes, expected)


def field_name(value: Any, at: str, mistakes: list[Wrong]) -> str | None:
    """Read the English name of something that templates name."""
    expected = _("lower-case letters, digits and _ are expected, such as meeting_room")
    return _matching(_FIELD_NAME, value, at, mistakes, expected)


def rule_id(value: Any, at: str, mistakes: list[Wrong]) -> str | None:
    """Read the id of a rule."""
    expected = _("letters, digits and hyphens are expected, such as T-01")
    return _matching(_RULE, value, at, mistakes, expected)


def _matching(
    pattern: re.Pattern[str], value: Any, at: str, mistakes: list[Wrong], expected: str
) -> str | None:
    if isinstance(value, str) and not pattern.fullmatch(value):
        unfit(value, at, mistakes, expected)
        return None
    return _short(value, at, mistakes)


def title(value: Any, at: str, mistakes: list[Wrong]) -> str | None:
    """Read what people call something: one line, not too long."""
    return _line(_short(value, at, mistakes), at, mistakes)


def sentence(value: Any, at: str, mistakes: list[Wrong]) -> str | None:
    """Read one line of any length."""
    return _line(text(value, at, mistakes), at, mistakes)


def _line(value: str | None, at: str, mistakes: list[Wrong]) -> str | None:
    if value == "":
        unfit(value, at, mistakes, _("it is empty"))
        return None
    if value and ("\n" in value or "\r" in value):
        unfit(value, at, mistakes, _("one line is expected"))
        return None
    if value and any(unicodedata.category(character) in _UNSEEN for character in value):
        unfit(value, at, mistakes, _("it has characters that nobody sees"))
        return None
    return value


def _short(value: Any, at: str, mistakes: list[Wrong]) -> str | None:
    if isinstance(value, str) and len(value) > _MOST_CHARACTERS:
        unfit(value, at, mistakes, _("at most 64 characters are expected"))
        return None
    return text(value, at, mistakes)


def inner_path(value: Any, at: str, mistakes: list[Wrong]) -> str | None:
    """Read a plain path below the plugin's folder, written with slashes."""
    name = text(value, at, mistakes)
    if name is None:
        return None
    path = PurePosixPath(name)
    is_odd = len(name) > _LONGEST_PATH or not name.strip() or {*name} & {*"\\:\0"}
    if path.is_absolute() or ".." in path.parts or is_odd:
        expected = _("a path inside the plugin's folder is expected, such as template.docx")
        unfit(value, at, mistakes, expected)
        return None
    return name
