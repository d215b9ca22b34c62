"""A compiled part at work: from the values of one document to the bytes of the part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.template.compiled import CompiledPart, Program
from docsmith.template.language.journal import LINES, Journal
from docsmith.template.language.runtime import Runtime
from docsmith.template.limits import MAX_MENDED
from docsmith.template.package.archive import Entry, Packing
from docsmith.template.problems import Problem, Spot
from docsmith.template.slots.columns import Detour
from docsmith.template.slots.kinds import HOLES, Writer, writers

_DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
# So many steps of a program are done before the limits are looked at; a value that is written in one without
# being counted by itself has a few kilobytes at most.
_STEPS = 32
_DOCUMENT, _LINE = Runtime(autoescape=True), Runtime(autoescape=False)


class PartWriter:
    """Writes one part for any number of documents, from any number of threads; it never changes.

    ``is_line`` for a line, which is no XML.
    """

    def __init__(self, compiled: CompiledPart, *, is_line: bool = False) -> None:
        self.compiled = compiled
        program = compiled.program
        self._environment = _environment(program, is_line=is_line)
        self._careful = writers(program.slots, parsed=True, is_text=program.needs_jinja)
        self._fast = self._careful if compiled.unproven else writers(program.slots, parsed=False)
        self._has_holes = not compiled.unproven and any(slot[0] in HOLES for slot in program.slots)
        names: dict[str, Any] = {
            "environment": self._environment,
            "member": self._environment.member,
            LINES: program.lines,
        }
        exec(program.code, names)  # noqa: S102  # this is how Jinja runs a template, too
        self._root: Callable[[Any], Iterable[Any]] = names["root"]

    def write(self, values: Mapping[str, Any], journal: Journal, *, parsed: bool) -> Entry:
        """Return the part, packed; mistakes go to the journal, and the part is then not complete.

        ``parsed`` where every part of the document is to be parsed and mended. Raises :class:`Detour` where
        this document needs that and was not asked for it.
        """
        name = self.compiled.name
        if parsed or self.compiled.unproven:
            return Entry.of(
                name, self._mended(b"".join(self._written(values, journal, self._careful)), journal)
            )
        packing = Packing(name)
        packing.add(_DECLARATION)
        for written in self._written(values, journal, self._fast):
            packing.add(written)
        return packing.entry()

    def text(self, values: Mapping[str, Any], journal: Journal) -> str:
        """Return what is written as text: for a line, which is no XML."""
        return b"".join(self._written(values, journal, self._careful)).decode()

    def _written(
        self, values: Mapping[str, Any], journal: Journal, slots: tuple[Writer, ...]
    ) -> Iterator[bytes]:
        """Yield the part, some thousand values at a time, as far as it can be written."""
        context = self._environment.context(values, slots)
        is_text = self.compiled.program.needs_jinja
        with_holes: list[Any] = []
        with journal.recording(self.compiled.lines, self.compiled.name):
            try:
                writing = iter(self._root(context))
                while steps := list(islice(writing, _STEPS)):
                    pieces = chain.from_iterable(steps)
                    if self._has_holes:
                        batch = list(pieces)
                        journal.wrote(sum(map(len, batch)))
                        with_holes += batch
                        continue
                    written = "".join(pieces).encode() if is_text else b"".join(pieces)
                    journal.wrote(len(written))
                    yield written
            except Detour:
                raise
            except Exception as error:  # a template may fail in every way that Python has
                journal.report_exception(error)
                return
        yield from _filled(with_holes)

    def _mended(self, source: bytes, journal: Journal) -> bytes:
        if journal.problems:
            return b""
        if source.count(b"<") > MAX_MENDED:
            message = _("the document has more than {limit} elements.").format(limit=MAX_MENDED)
            journal.problems.append(Problem(self.compiled.lines.default, message))
            return b""
        # The parser takes its time to load, and few documents need it.
        from lxml import etree

        from docsmith.template.mending import mended

        try:
            return mended(source, journal.ids)
        except etree.XMLSyntaxError as error:
            journal.problems.append(_broken(self.compiled, source.decode(), error.position))
            return b""


def _environment(program: Program, *, is_line: bool) -> Any:
    if not program.needs_jinja:
        return _LINE if is_line else _DOCUMENT
    from docsmith.template.language.environment import DOCUMENT, LINE

    return LINE if is_line else DOCUMENT


def _filled(pieces: Iterable[Any]) -> Iterator[bytes]:
    """Yield pieces with their holes filled in."""
    before = b""
    for piece in pieces:
        written = piece if type(piece) is bytes else piece.filled(before)
        if written:
            before = written
            yield written


def _broken(part: CompiledPart, text: str, position: tuple[int, int]) -> Problem:
    line, column = position
    lines = text.split("\n")[:line]
    before = "\n".join([*lines[:-1], lines[-1][:column]])
    visible = re.sub(r"<[^>]*>?", "", before)[-30:]
    return Problem(
        Spot(part.lines.default.where, visible),
        _("after this text the document is broken."),
        _("An {% if %} or {% for %} opens and closes in one cell, or has rows or paragraphs of its own."),
    )
