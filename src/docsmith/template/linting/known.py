"""Values of which it is known what they are, as the walk through a template's tags meets them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from docsmith.model.fields import Field, FieldKind, find_field
from docsmith.template.compiling.origins import Value

_OF_DATES = ("year", "month", "day")
_PLAIN = frozenset((FieldKind.TEXT, FieldKind.NUMBER, FieldKind.DATE, FieldKind.CHOICE, FieldKind.FLAG))
_SINGLE = frozenset((FieldKind.NUMBER, FieldKind.DATE, FieldKind.FLAG))
_OF_OTHERS = frozenset((FieldKind.RECORD, FieldKind.ROWS, FieldKind.LIST))
_NAME = Field("name", "", FieldKind.TEXT)


class Names(Protocol):
    """What a value asks of the walk that it is met on."""

    def known(self, found: Field, path: str, owner: str = "") -> Value:
        """Return the value of a field."""

    def report_part(self, owner: Known, name: str) -> None:
        """Report that a value has no part of that name."""


@dataclass(frozen=True, eq=False, slots=True)
class Known:
    """A value of which is known what it is; ``item`` for one of some rows."""

    field: Field
    names: Names
    path: str
    key: str
    item: bool = False

    @property
    def _kind(self) -> str:
        return FieldKind.RECORD if self.item else self.field.kind

    def is_plain(self) -> bool:
        """Whether it prints as a text without a format of its own."""
        return not self.item and self.field.kind in _PLAIN

    def is_single(self) -> bool:
        """Whether there is nothing in it to loop over."""
        return not self.item and self.field.kind in _SINGLE

    def holds_others(self) -> bool:
        """Whether it cannot be printed as a whole."""
        return self._kind in _OF_OTHERS

    def member(self, key: str | int) -> Value:
        """Return a part of the value; one that cannot be there is reported."""
        if isinstance(key, int):
            return self.each()
        if self._kind == FieldKind.UNKNOWN or (self._kind == FieldKind.DATE and key in _OF_DATES):
            return ()
        if self._kind == FieldKind.RECORD:
            found = find_field(self.field.fields, key)
            if found is None:
                self.names.report_part(self, key)
            return self.names.known(found, f"{self.path}.{key}", f"{self.key}.") if found else ()
        self.names.report_part(self, key)
        return ()

    def each(self) -> Value:
        """Return one of its rows, or a name of its parts; of the items of a plain list nothing is known."""
        if self._kind == FieldKind.RECORD and self.field.fields:
            return (Known(_NAME, self.names, self.path, self.key),)
        if self._kind != FieldKind.ROWS:
            return ()
        return (Known(self.field, self.names, self.path, self.key, item=True),)

    def parts(self) -> tuple[Field, ...]:
        """Return its parts, where it has any that are known."""
        return self.field.fields if self._kind in (FieldKind.RECORD, FieldKind.ROWS) else ()


def all_are(value: Value, is_so: Callable[[Known], bool]) -> bool:
    """Return whether it is known of a value that it is so, wherever it comes from."""
    return bool(value) and all(isinstance(one, Known) and is_so(one) for one in value)
