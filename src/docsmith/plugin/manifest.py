"""``plugin.toml``: what a document type says of itself, checked key by key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Literal

from docsmith._i18n import gettext as _
from docsmith.model.columns import Kind
from docsmith.plugin.tables import (
    Table,
    anything,
    by_name,
    choice,
    flag,
    key,
    many,
    member,
    table,
    text,
    text_or_number,
    unfit,
)

_MOST_CHARACTERS = 64
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*")


def _identifier(value: Any, at: str, mistakes: list[str]) -> str | None:
    expected = _("lower-case letters, digits and hyphens are expected, such as work-plan")
    return _matching(_IDENTIFIER, value, at, mistakes, expected)


def _field_name(value: Any, at: str, mistakes: list[str]) -> str | None:
    expected = _("lower-case letters, digits and _ are expected, such as meeting_room")
    return _matching(_FIELD_NAME, value, at, mistakes, expected)


def _matching(
    pattern: re.Pattern[str], value: Any, at: str, mistakes: list[str], expected: str
) -> str | None:
    if isinstance(value, str) and not pattern.fullmatch(value):
        unfit(value, at, mistakes, expected)
        return None
    return _short(value, at, mistakes)


def _title(value: Any, at: str, mistakes: list[str]) -> str | None:
    if value == "":
        unfit(value, at, mistakes, _("it is empty"))
        return None
    if isinstance(value, str) and ("\n" in value or "\r" in value):
        unfit(value, at, mistakes, _("one line is expected"))
        return None
    return _short(value, at, mistakes)


def _short(value: Any, at: str, mistakes: list[str]) -> str | None:
    if isinstance(value, str) and len(value) > _MOST_CHARACTERS:
        unfit(value, at, mistakes, _("at most 64 characters are expected"))
        return None
    return text(value, at, mistakes)


def _inner_path(value: Any, at: str, mistakes: list[str]) -> str | None:
    """Accept a plain path below the plugin's folder, written with slashes."""
    name = text(value, at, mistakes)
    if name is None:
        return None
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not name.strip():
        expected = _("a path inside the plugin's folder is expected, such as template.docx")
        unfit(value, at, mistakes, expected)
        return None
    return name


class ColumnTable(Table):
    """A further column: of a sheet of the contract, or of a sheet that the plugin declares."""

    name: str = key(_field_name)
    title: str = key(_title)
    kind: Kind = key(member(Kind), default=Kind.TEXT)
    required: bool = key(flag, default=False)
    choices: tuple[str, ...] = key(many(text), default=())
    default: str | int | None = key(text_or_number, default=None)
    example: str = key(text, default="")
    note: str = key(text, default="")
    synonyms: tuple[str, ...] = key(many(text), default=())


class SheetTable(Table):
    """A sheet of the plugin's own.

    ``rows`` names a csv file: the rows that apply where a unit has none. ``note`` tells a person in the
    fill-in workbook what belongs in the sheet.
    """

    name: str = key(_field_name)
    title: str = key(_title)
    columns: tuple[ColumnTable, ...] = key(many(table(ColumnTable)))
    scope: Literal["unit", "branch"] = key(choice("unit", "branch"), default="branch")
    rows: str | None = key(_inner_path, default=None)
    synonyms: tuple[str, ...] = key(many(text), default=())
    note: str = key(text, default="")


class Manifest(Table):
    """The whole of ``plugin.toml``.

    ``uses`` names the sheets (English names) that the document needs: a row of them that cannot be read
    stops the document. ``columns`` adds columns to sheets of the contract, by the sheet's English name.
    ``options`` are settings with their defaults; a workspace changes them under ``[types.<id>]``. ``context``
    has an example of what the plugin's Python adds for the template, by its names.
    """

    schema: Literal[1] = key(choice(1))
    id: str = key(_identifier)
    title: str = key(_title)
    version: str = key(text)
    output: str = key(text)
    template: str = key(_inner_path, default="template.docx")
    python: str | None = key(_inner_path, default=None)
    synonyms: tuple[str, ...] = key(many(text), default=())
    uses: tuple[str, ...] = key(many(text), default=("unit", "branches"))
    columns: Mapping[str, tuple[ColumnTable, ...]] = key(
        by_name(many(table(ColumnTable))), default=MappingProxyType({})
    )
    sheets: tuple[SheetTable, ...] = key(many(table(SheetTable)), default=())
    options: Mapping[str, Any] = key(by_name(anything), default=MappingProxyType({}))
    context: Mapping[str, Any] = key(by_name(anything), default=MappingProxyType({}))
    overrides: bool = key(flag, default=False)
