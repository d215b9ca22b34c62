"""How a template says each field: the whole path to it, with the loops around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from docsmith.model.fields import Field, FieldKind

# What a row is called in a loop, and a row inside a row: in Chinese and in English.
_ROWS = (("行", "row"), ("项", "item"), ("目", "entry"), ("点", "part"))
_GROUPS = (("组", "group"), ("小组", "subgroup"), *_ROWS)


class Said(NamedTuple):
    """A field as templates say it in Chinese and in English; the same twice where it has one name."""

    chinese: str
    english: str
    field: Field


class Group(NamedTuple):
    """The fields of one record, or of each of some rows; ``loop`` goes around a table row for each.

    The group of what stands alone at the top has no names.
    """

    chinese: str = ""
    english: str = ""
    loop: str = ""
    fields: tuple[Said, ...] = ()


class _Path(NamedTuple):
    """How a record is said inside loops that call their rows ``taken``."""

    chinese: str = ""
    english: str = ""
    taken: tuple[str, ...] = ()

    def to(self, field: Field) -> _Path:
        chinese = _joined(self.chinese, field.title or field.name)
        return self._replace(chinese=chinese, english=_joined(self.english, field.name))

    def of_a_row(self, field: Field) -> _Path:
        names = _GROUPS if field.name == "groups" else _ROWS
        chinese, english = next((pair for pair in names if pair[0] not in self.taken), _ROWS[-1])
        return _Path(chinese, english, (*self.taken, chinese))


def said(fields: Iterable[Field]) -> Iterator[Group]:
    """Yield what stands alone, then each record and table, what is inside of one right behind it."""
    yield from _groups(Group(), _Path(), fields)


def _groups(group: Group, at: _Path, fields: Iterable[Field]) -> Iterator[Group]:
    alone, inside = [], []
    for field in fields:
        if field.fields:
            inside.append(field)
        elif field.kind != FieldKind.RECORD:
            alone.append(Said(*at.to(field)[:2], field))
    if alone:
        yield group._replace(fields=tuple(alone))
    for field in inside:
        path = at.to(field)
        head = Group(path.chinese, path.english)
        if field.kind == FieldKind.ROWS:
            path = path.of_a_row(field)
            head = head._replace(loop=f"{{%tr for {path.chinese} in {head.chinese} %}} … {{%tr endfor %}}")
        yield from _groups(head, path, field.fields)


def _joined(path: str, name: str) -> str:
    """Return a name behind a path as templates write it: 35岁以下党员 needs quotation marks, 书记 none."""
    if not path:
        return name
    return f"{path}.{name}" if name.isidentifier() else f'{path}["{name}"]'
