"""Which name was meant by one that is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from docsmith._i18n import gettext as _
from docsmith.model.fields import ANY, Field, FieldKind
from docsmith.model.nearest import nearest, spelling_key

_ALIKE = 0.65


def hint_for_name(name: str, fields: Sequence[Field]) -> str:
    """Return a hint for a name at the top: the same name inside a record, else the nearest at the top."""
    inside = {
        f"{record.name if part.isascii() else record.title or record.name}.{part}": part
        for record in fields
        if record.kind == FieldKind.RECORD
        for part in _names_of(record.fields)
    }
    key = spelling_key(name)
    same = next((path for path, part in inside.items() if spelling_key(part) == key), None)
    return _did_you_mean(same or _near(name, _names_of(fields)))


def hint_for_part(name: str, fields: Sequence[Field]) -> str:
    """Return a hint for a part of a record that has these fields."""
    return _did_you_mean(_near(name, _names_of(fields)))


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
