"""A template: opened and compiled once, rendered for any number of contexts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from docsmith._files import reason_of
from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.model.missing import Missing
from docsmith.template.admission import admit
from docsmith.template.archive import Entry, FixedBlock, write_package
from docsmith.template.breaks import write_breaks
from docsmith.template.compile import CompiledPart, compile_line, compile_part
from docsmith.template.ids import UniqueIds
from docsmith.template.journal import Journal
from docsmith.template.oxml import Element, parse, serialise
from docsmith.template.package import MAX_TOTAL, read_package
from docsmith.template.problems import Problem, Spot, raise_problems
from docsmith.template.properties import CORE_PART, Properties, core_properties, without_old_properties
from docsmith.template.relations import main_part, relations_of
from docsmith.template.tables import end_with_paragraphs, mend_tables, order_cell_properties
from docsmith.template.values import plain_context


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished document: the bytes of the .docx, and the marks of missing values that stand in it."""

    data: bytes
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template. It never changes, and any number of threads may render it at once.

    ``fields`` are the top-level names that it uses.
    """

    name: str
    fields: frozenset[str]
    _parts: tuple[CompiledPart, ...]
    _fixed: FixedBlock

    @classmethod
    def open(cls, source: Path | bytes, name: str = "") -> Template:
        """Read a .docx safely and compile every part that can hold tags.

        ``name`` is how messages call it; a path's own name by default. Raises
        :class:`docsmith.errors.TemplateError` for a file that cannot be read, is no .docx, holds what no
        template may hold, or has mistakes in its tags: all of those at once, each with its place.
        """
        shown = name or (source.name if isinstance(source, Path) else _("template"))
        parts = read_package(_bytes_of(source, shown), shown)
        xml = admit(parts, shown)
        compiled, problems = _compile_parts(xml, shown)
        raise_problems(shown, problems)
        dropped, rewritten = without_old_properties(xml)
        names = {part.name for part in compiled}
        fixed = {part: data for part, data in parts.items() if part not in dropped | names} | rewritten
        fields = frozenset[str]().union(*(part.fields for part in compiled))
        block = FixedBlock.of(Entry.once(part, data) for part, data in fixed.items())
        return cls(shown, fields, compiled, block)

    def render(self, context: Mapping[str, Any], properties: Properties) -> Rendered:
        """Return the document for a context of plain values (:func:`docsmith.template.values.plain_context`).

        Names that the template does not use are not looked at.

        Raises :class:`docsmith.errors.TemplateError` that lists every name that the context does not have
        and everything else that went wrong, each with its place in Word.
        """
        # Most of a branch's records are in no way part of most documents; copying them takes the longest.
        values = plain_context({name: context[name] for name in context if name in self.fields})
        journal = Journal(context)
        written = [(part, part.fill(values, journal)) for part in self._parts]
        raise_problems(self.name, journal.problems)
        ids = UniqueIds()
        entries = [Entry.of(part.name, self._finish(part, text, ids)) for part, text in written]
        entries.append(Entry.of(CORE_PART, core_properties(properties)))
        return Rendered(write_package(self._fixed, entries), journal.missing)

    def _finish(self, part: CompiledPart, text: str, ids: UniqueIds) -> bytes:
        try:
            root = parse(text)
        except etree.XMLSyntaxError as error:
            raise_problems(self.name, [_broken(part, text, error)])
            raise  # never reached: there is a problem
        write_breaks(root)
        mend_tables(root)
        order_cell_properties(root)
        end_with_paragraphs(root)
        ids.mend(root)
        return serialise(root)


def render_text(pattern: str, context: Mapping[str, Any], where: str) -> str:
    """Return a pattern of one line, such as a file name, filled like a template but not escaped.

    ``where`` is how messages call it (``plugin.toml, output``). Raises
    :class:`docsmith.errors.TemplateError` for mistakes in the pattern and for names that are not there.
    """
    part, problems = compile_line(pattern, where)
    values = plain_context(context)
    journal = Journal(values)
    text = part.fill(values, journal) if part else ""
    raise_problems(where, [*problems, *journal.problems])
    return " ".join(text.split("\n"))


def _bytes_of(source: Path | bytes, name: str) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        if source.stat().st_size > MAX_TOTAL:
            raise TemplateError(
                _("{name}: the file is larger than {limit} MB.").format(name=name, limit=MAX_TOTAL >> 20)
            )
        return source.read_bytes()
    except OSError as error:
        raise TemplateError(
            _("{name}: the file cannot be read: {reason}").format(name=name, reason=reason_of(error)),
            hint=str(source),
        ) from error


def _compile_parts(xml: Mapping[str, Element], name: str) -> tuple[tuple[CompiledPart, ...], list[Problem]]:
    compiled: list[CompiledPart] = []
    problems: list[Problem] = []
    for part, label in _parts_with_text(xml, name):
        program, mistakes = compile_part(part, label, xml[part])
        problems.extend(mistakes)
        if program:
            compiled.append(program)
    return tuple(compiled), problems


def _parts_with_text(xml: Mapping[str, Element], name: str) -> Iterator[tuple[str, str]]:
    """Yield the name of every part that can hold tags, and how messages call it."""
    main = main_part(xml, name)
    labels = {
        "header": _("header {number}"),
        "footer": _("footer {number}"),
        "footnotes": _("footnotes"),
        "endnotes": _("endnotes"),
    }
    yield main, _("body")
    found: dict[str, list[str]] = {kind: [] for kind in labels}
    for relation in relations_of(main, xml):
        targets = found.get(relation.kind)
        if targets is None or relation.target not in xml or relation.target in targets:
            continue
        targets.append(relation.target)
        yield relation.target, labels[relation.kind].format(number=len(targets))


def _broken(part: CompiledPart, text: str, error: etree.XMLSyntaxError) -> Problem:
    line, column = error.position
    lines = text.split("\n")[:line]
    before = "\n".join([*lines[:-1], lines[-1][:column]])
    visible = re.sub(r"<[^>]*>?", "", before)[-30:]
    return Problem(
        Spot(part.lines.default.where, visible),
        _("after this text the document is broken."),
        _("An {% if %} or {% for %} opens and closes in one cell, or has rows or paragraphs of its own."),
    )
