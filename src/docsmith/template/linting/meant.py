"""Which name was meant by one that is not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from docsmith._i18n import gettext as _
from docsmith.model.fields import ANY, Field, FieldKind, find_field
from docsmith.model.nearest import nearest, spelling_key

_ALIKE = 0.65
_NUMBERS = ("序号", "编号", "number")


def hint_for_name(name: str, fields: Sequence[Field], rows: Mapping[str, Sequence[Field]]) -> str:
    """Return a hint for a name at the top: the same in a row, a record or a list, else the nearest there.

    ``rows`` are the fields of the rows of the loops around, by what these loops call them.
    """
    inside = {f"{row}.{part}": part for row, parts in rows.items() for part in _names_of(parts)}
    inside |= {
        f"{_named(record, part)}.{part}": part
        for record in fields
        if record.kind == FieldKind.RECORD
        for part in _names_of(record.fields)
    }
    key = spelling_key(name)
    same = next((path for path, part in inside.items() if spelling_key(part) == key), None)
    if same is None and rows and name in _NUMBERS:
        return _numbered()
    close = same or _near(name, _names_of(fields))
    owner = next((one for one in fields if one.kind == FieldKind.ROWS and find_field(one.fields, name)), None)
    return hint_for_row(name, _named(owner, name)) if owner and not close else _did_you_mean(close)


def hint_for_part(name: str, fields: Sequence[Field], *, in_loop: bool) -> str:
    """Return a hint for a part of a record, or ``in_loop`` of a row, that has these fields."""
    close = _near(name, _names_of(fields))
    return _numbered() if in_loop and not close and name in _NUMBERS else _did_you_mean(close)


def hint_for_row(name: str, rows: str) -> str:
    """Return a hint for a name of each row of a list, called outside of any loop over it."""
    hint = _("Write {{%tr for 行 in {owner} %}}, and {{{{ 行.{name} }}}} in the row below.")
    return hint.format(owner=rows, name=name)


def _numbered() -> str:
    return _("Write {{ loop.index }}: it numbers the rows of a loop.")


def _named(field: Field, part: str) -> str:
    """Return the name of a field in the language of one of its parts."""
    return field.name if part.isascii() else field.title or field.name


def _near(name: str, known: Iterable[str]) -> str | None:
    """Return the nearest of some names; half of the letters alike are many in Chinese, and few in English."""
    close = nearest(name, known)
    if close is None or not name.isascii():
        return close
    return close if SequenceMatcher(None, name, close).ratio() >= _ALIKE else None


def _names_of(fields: Iterable[Field]) -> list[str]:
    return [name for one in fields for name in (one.name, one.title) if name and name != ANY]


def _did_you_mean(name: str | None) -> str:
    return _("Did you mean {name}?").format(name=name) if name else ""
