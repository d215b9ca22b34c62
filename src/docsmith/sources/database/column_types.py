"""What the type of a column means for looking its rows up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine


def is_text(kind: TypeEngine[Any], dialect: str) -> bool:
    """Tell whether a column can be compared with a text; in SQLite every column can."""
    from sqlalchemy import Enum, String

    base = _base(kind)
    return dialect == "sqlite" or (isinstance(base, String) and not isinstance(base, Enum))


def is_caseless(kind: TypeEngine[Any]) -> bool:
    """Tell whether PostgreSQL takes two texts for one that differ in capitals alone (citext)."""
    from sqlalchemy.dialects.postgresql import CITEXT

    return isinstance(_base(kind), CITEXT)


def _base(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return what a domain of PostgreSQL is over."""
    from sqlalchemy.dialects.postgresql import DOMAIN

    while isinstance(kind, DOMAIN):
        kind = kind.data_type
    return kind
