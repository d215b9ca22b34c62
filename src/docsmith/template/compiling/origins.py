"""Where in the data a value of a template may come from: what :mod:`.tracking` works with.

A value is a tuple of origins, one for each place that it may come from (``{{ a or b }}`` has two); the empty
tuple is a value that was computed, about which nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from docsmith.template.values import MAX_NESTING

_MOST_ORIGINS = 16  # {% set a = a.x or a.y %} doubles them each time


class Origin(Protocol):
    """Something that a value may be."""

    def member(self, key: str | int) -> Value:
        """Return what ``value.key`` or ``value[key]`` may be."""

    def each(self) -> Value:
        """Return what a loop over the value gives."""


Value = tuple[Origin, ...]


def either(*values: Value) -> Value:
    """Return what may be any of these."""
    found = {id(origin): origin for value in values for origin in value}
    return tuple(found.values())[:_MOST_ORIGINS]


def member(value: Value, key: str | int) -> Value:
    """Return what ``value.key`` or ``value[key]`` may be."""
    return either(*(origin.member(key) for origin in value))


def each(value: Value) -> Value:
    """Return what a loop over a value gives."""
    return either(*(origin.each() for origin in value))


@dataclass(eq=False, slots=True)
class Place:
    """A place in the data. A list and its items are one place, and so are a mapping's values."""

    depth: int = 0
    used: bool = False
    repeated: bool = False
    members: dict[str, Place] = field(default_factory=dict)

    def at(self, key: str) -> Place:
        """Return the place of a member, made when it is asked for first."""
        return self.members.setdefault(key, Place(self.depth + 1))

    def member(self, key: str | int) -> Value:
        """Return the place of a member; nothing that lies deeper than data can."""
        if isinstance(key, int):
            return (Item(self),)
        if self.depth >= MAX_NESTING:
            return ()
        place = self.at(key)
        place.used = True
        return (place,)

    def each(self) -> Value:
        """Return the items, which are at the same place."""
        self.repeated = True
        return (self,)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a place that is a list, or one letter: ``x[0]`` alone tells of no list, ``x[0].y`` does."""

    place: Place

    def member(self, key: str | int) -> Value:
        """Return a member of the item."""
        self.place.repeated = True
        return self.place.member(key)

    def each(self) -> Value:
        """Return what is in the item."""
        return self.place.each()


@dataclass(frozen=True, eq=False, slots=True)
class Made:
    """A list, tuple or mapping that the template makes: its members by key, and what is in it."""

    members: Mapping[str | int, Value] = field(default_factory=dict)
    items: Value = ()

    def member(self, key: str | int) -> Value:
        """Return a member; for a number that is not known, any item."""
        return self.members.get(key, self.items if isinstance(key, int) else ())

    def each(self) -> Value:
        """Return the items."""
        return self.items


def listed(*items: Value) -> Value:
    """Return a list or tuple of these items."""
    return (Made(dict(enumerate(items)), either(*items)),)


def many(item: Value) -> Value:
    """Return a list of such items."""
    return (Made({}, item),)
