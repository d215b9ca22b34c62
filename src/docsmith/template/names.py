"""Which names of the data a template uses, nested: what the data must have, read from the template alone.

``{{ 支部.书记 }}`` uses 支部 with 书记 in it; ``{% for r in 活动 %}{{ r.主题 }}`` uses a list 活动, with 主题
in each item. Every way through the template counts, also those that a document does not take.
:func:`docsmith.template.compiling.tracking.fields_of` finds them; what is here needs no Jinja.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple


class Field(NamedTuple):
    """A name of the data: what the template uses of it.

    ``repeated``: the template takes items out of it; then ``fields`` are those of an item (of a mapping that
    is looped over: of its values), however deep lists lie in lists. Fields stand in the order of first use.
    A part of a date, such as ``year``, is a field too: from the template alone it looks like one.
    """

    name: str
    repeated: bool = False
    fields: Mapping[str, Field] = MappingProxyType({})


Fields = Mapping[str, Field]


def merged(*parts: Fields) -> dict[str, Field]:
    """Return the fields of several parts together."""
    together: dict[str, Field] = {}
    for part in parts:
        for name, new in part.items():
            old = together.get(name, Field(name))
            together[name] = Field(name, old.repeated or new.repeated, merged(old.fields, new.fields))
    return together


def to_plain(fields: Fields) -> tuple[Any, ...]:
    """Return fields as nested tuples of text and truth values, which ``marshal`` can hold."""
    return tuple((one.name, one.repeated, to_plain(one.fields)) for one in fields.values())


def from_plain(plain: tuple[Any, ...]) -> dict[str, Field]:
    """Return the fields that :func:`to_plain` was given."""
    return {name: Field(name, repeated, from_plain(inner)) for name, repeated, inner in plain}
