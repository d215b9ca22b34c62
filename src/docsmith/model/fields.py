"""What a template may name: each name in English and in Chinese, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

ANY = "*"
"""The name of a field that stands for all names which cannot be known beforehand."""


class FieldKind(StrEnum):
    """What a name stands for.

    A ``CHOICE`` is one of a few words, a ``FLAG`` true or false, a ``LIST`` one value after another (names,
    months), ``ROWS`` one record after another, a ``PICTURE`` the path of one. Of what is ``UNKNOWN``, any
    part may be named.
    """

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    FLAG = "flag"
    PICTURE = "picture"
    LIST = "list"
    RECORD = "record"
    ROWS = "rows"
    UNKNOWN = "unknown"


class Field(NamedTuple):
    """One name: ``name`` in English, ``title`` in Chinese (empty where there is none), and its ``kind``.

    ``fields`` are the parts of a record, or of each of some rows. Among them, as among the names at the top,
    one called :data:`ANY` says that there may be others: the grades of a survey, or what the Python of a
    plugin adds and ``plugin.toml`` does not tell.
    """

    name: str
    title: str
    kind: str
    example: str = ""
    note: str = ""
    fields: tuple[Field, ...] = ()


def find_field(fields: Iterable[Field], name: str) -> Field | None:
    """Return the field of that English or Chinese name, else the one called :data:`ANY`, else ``None``."""
    other = None
    for field in fields:
        if name in (field.name, field.title) and name:
            return field
        if field.name == ANY:
            other = field
    return other
