"""What compiling a template leaves: plain data, which a disk can keep and documents are written from."""

from __future__ import annotations

from collections.abc import Mapping
from types import CodeType
from typing import Any, NamedTuple, Self, cast

from docsmith.template.language.journal import LineTable
from docsmith.template.names import Fields, from_plain, to_plain
from docsmith.template.package.archive import Entry
from docsmith.template.problems import Spot

Slot = tuple[object, ...]
"""What a slot does and what it needs to know: its kind and constants (:mod:`docsmith.template.slots`)."""


class Program(NamedTuple):
    """The code of one part and its slots.

    ``lines`` are pairs of a line of the code and the line of the Jinja source that it does. ``needs_jinja``
    says that the code does not run without Jinja, and writes text and not bytes: macros and stored blocks
    need both.
    """

    code: CodeType
    slots: tuple[Slot, ...]
    lines: tuple[tuple[int, int], ...]
    needs_jinja: bool


class CompiledPart(NamedTuple):
    """The program of a part. ``fields`` are the names of the data that it uses.

    ``unproven`` says, for developers, why the part has to be parsed after each rendering; empty if it need
    not be.
    """

    name: str
    program: Program
    lines: LineTable
    fields: Fields
    unproven: str = ""

    def plain(self) -> tuple[object, ...]:
        """Return the part as what ``marshal`` can hold."""
        spots = tuple((spot.where, spot.text) for spot in self.lines.spots)
        lines = (self.lines.starts, spots, (self.lines.default.where, self.lines.default.text))
        return self.name, tuple(self.program), lines, to_plain(self.fields), self.unproven

    @classmethod
    def from_plain(cls, plain: Any) -> Self:
        """Return the part that :meth:`plain` was made from."""
        name, program, (starts, spots, default), names, unproven = plain
        lines = LineTable(starts, tuple(Spot(*spot) for spot in spots), Spot(*default))
        return cls(name, Program(*program), lines, from_plain(names), unproven)


class CompiledTemplate(NamedTuple):
    """All parts of a template that are written for each document, and those that never change, packed.

    ``properties`` are the patterns of the core properties that have tags, compiled, by their elements.
    """

    parts: tuple[CompiledPart, ...]
    fixed: tuple[Entry, ...]
    properties: Mapping[str, CompiledPart]

    def plain(self) -> tuple[object, ...]:
        """Return the template as what ``marshal`` can hold."""
        properties = {name: part.plain() for name, part in self.properties.items()}
        return tuple(part.plain() for part in self.parts), tuple(map(tuple, self.fixed)), properties

    @classmethod
    def from_plain(cls, plain: object) -> Self:
        """Return the template that :meth:`plain` was made from."""
        parts, fixed, properties = cast(Any, plain)
        return cls(
            tuple(map(CompiledPart.from_plain, parts)),
            tuple(Entry(*entry) for entry in fixed),
            {name: CompiledPart.from_plain(part) for name, part in properties.items()},
        )
