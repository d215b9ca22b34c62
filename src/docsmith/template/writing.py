"""A compiled part at work: from the values of one document to the bytes of the part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from jinja2.runtime import Context

from docsmith._i18n import gettext as _
from docsmith.template.columns import Detour
from docsmith.template.compiled import CompiledPart
from docsmith.template.environment import DOCUMENT, TemplateEnvironment
from docsmith.template.journal import LINES, Journal
from docsmith.template.problems import Problem, Spot
from docsmith.template.slots import HOLES, Writer, writers

_DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
# So many steps of a program are done before the limits are looked at; a value that is written in one without
# being counted by itself has a few kilobytes at most.
_STEPS = 32


class PartContext(Context):
    """Jinja's context of a part, and the functions of its slots."""

    slots: tuple[Writer, ...] = ()


@dataclass(frozen=True, slots=True)
class PartWriter:
    """Writes one part for any number of documents, from any number of threads."""

    compiled: CompiledPart
    _root: Callable[[PartContext], Iterable[Any]]
    _environment: TemplateEnvironment
    _fast: tuple[Writer, ...]
    _careful: tuple[Writer, ...]
    _has_holes: bool

    @classmethod
    def of(cls, compiled: CompiledPart, environment: TemplateEnvironment = DOCUMENT) -> PartWriter:
        """Make the part ready to write."""
        program = compiled.program
        careful = writers(program.slots, parsed=True, is_text=program.is_text)
        fast = careful if compiled.unproven else writers(program.slots, parsed=False)
        names: dict[str, Any] = {"environment": environment, "member": environment.member, LINES: program.lines}
        exec(program.code, names)  # noqa: S102  # this is how Jinja runs a template, too
        has_holes = any(slot[0] in HOLES for slot in program.slots)
        return cls(compiled, names["root"], environment, fast, careful, has_holes)

    def write(self, values: Mapping[str, Any], journal: Journal, *, parsed: bool) -> bytes:
        """Return the part; mistakes go to the journal, and the part is then not complete.

        ``parsed`` where every part of the document is to be parsed and mended. Raises :class:`Detour` where
        this document needs that and was not asked for it.
        """
        if parsed or self.compiled.unproven:
            return self._mended(self._filled(values, journal, self._careful), journal)
        return self._filled(values, journal, self._fast, _DECLARATION)

    def text(self, values: Mapping[str, Any], journal: Journal) -> str:
        """Return what is written as text: for a line, which is no XML."""
        return self._filled(values, journal, self._careful).decode()

    def _filled(
        self, values: Mapping[str, Any], journal: Journal, slots: tuple[Writer, ...], head: bytes = b""
    ) -> bytes:
        context = PartContext(self._environment, {**self._environment.globals, **values}, None, {})
        context.slots = slots
        written: list[Any] = [head]
        with journal.recording(self.compiled.lines, self.compiled.name):
            try:
                writing = iter(self._root(context))
                while steps := list(islice(writing, _STEPS)):
                    batch = self._batch(chain.from_iterable(steps))
                    journal.wrote(sum(map(len, batch)))
                    written += batch
            except Detour:
                raise
            except Exception as error:  # a template may fail in every way that Python has
                journal.report_exception(error)
                return b""
        return b"".join(_filled(written) if self._has_holes else written)

    def _batch(self, pieces: Iterable[Any]) -> list[Any]:
        """Return pieces in one, where nothing has to be filled in between them later."""
        if self._has_holes:
            return list(pieces)
        return ["".join(pieces).encode() if self.compiled.program.is_text else b"".join(pieces)]

    def _mended(self, source: bytes, journal: Journal) -> bytes:
        if journal.problems:
            return b""
        # The parser takes its time to load, and few documents need it.
        from lxml import etree

        from docsmith.template.mending import mended

        try:
            return mended(source, journal.ids)
        except etree.XMLSyntaxError as error:
            journal.problems.append(_broken(self.compiled, source.decode(), error.position))
            return b""


def _filled(pieces: Iterable[Any]) -> Iterable[bytes]:
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
