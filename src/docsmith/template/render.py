"""A template: opened and compiled once, rendered for any number of contexts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from docsmith._files import reason_of
from docsmith._i18n import gettext as _
from docsmith.errors import BudgetError, TemplateError
from docsmith.model.missing import Missing
from docsmith.template import cache
from docsmith.template.compiled import CompiledPart, CompiledTemplate
from docsmith.template.language.journal import NOTHING_BESIDE, Beside, Journal
from docsmith.template.names import Field, merged
from docsmith.template.package.archive import Entry, FixedBlock, write_package
from docsmith.template.package.properties import CORE_PART, Properties, core_properties
from docsmith.template.package.reading import MAX_TOTAL
from docsmith.template.problems import placed, raise_problems
from docsmith.template.slots.columns import Detour
from docsmith.template.values import plain_context
from docsmith.template.writing import PartWriter

if TYPE_CHECKING:
    from docsmith.template.package.additions import Additions
    from docsmith.template.package.facts import PackageFacts


class Rendered(NamedTuple):
    """A finished document: the bytes of the .docx, and the marks of missing values that stand in it.

    ``absent`` are the pictures that could not be used, each with the reason.
    """

    data: bytes
    missing: tuple[Missing, ...]
    absent: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Template:
    """A compiled template. It never changes, and any number of threads may render it at once.

    ``fields`` are the names of the data that it uses, nested.
    """

    name: str
    fields: Mapping[str, Field]
    _source: bytes = field(repr=False)
    _parts: tuple[PartWriter, ...] = field(repr=False)
    _properties: Mapping[str, PartWriter] = field(repr=False)
    _fixed: FixedBlock = field(repr=False)

    @classmethod
    def open(cls, source: str | PathLike[str] | bytes, name: str = "") -> Template:
        """Read a .docx safely and compile every part that can hold tags.

        ``name`` is how messages call it; a path's own name by default. Raises
        :class:`docsmith.errors.TemplateError` for a file that cannot be read, is no .docx, holds what no
        template may hold, or has mistakes in its tags: all of those at once, each with its place.
        """
        if isinstance(source, bytes):
            data, shown = source, name or _("template")
        else:
            path = Path(source)
            shown = name or path.name or str(path)
            data = _content(path, shown)
        compiled = _compiled(data, shown)
        parts = tuple(map(PartWriter, compiled.parts))
        properties = {name: PartWriter(part, is_line=True) for name, part in compiled.properties.items()}
        fields = merged(*(part.fields for part in (*compiled.parts, *compiled.properties.values())))
        return cls(shown, MappingProxyType(fields), data, parts, properties, FixedBlock.of(compiled.fixed))

    def render(self, context: Mapping[str, Any], properties: Properties | None = None) -> bytes:
        """Return the document for a context of plain values (:func:`docsmith.template.values.plain_context`).

        Names that the template does not use are not looked at.

        Raises :class:`docsmith.errors.TemplateError` that lists every name that the context does not have
        and everything else that went wrong, each with its place in Word.
        """
        return self.make(context, properties or Properties()).data

    def make(
        self, context: Mapping[str, Any], properties: Properties, beside: Beside = NOTHING_BESIDE
    ) -> Rendered:
        """Return the document as :meth:`render` does, with the marks of missing values that stand in it.

        ``beside`` is what filters may ask for.
        """
        if not isinstance(context, Mapping):
            raise TemplateError(placed(self.name, _("a context is a mapping of names to values.")))
        # Most of a branch's records are in no way part of most documents; checking them takes the longest.
        try:
            values = plain_context({name: context[name] for name in context if name in self.fields})
        except TemplateError as error:
            raise TemplateError(placed(self.name, error.message), hint=error.hint) from error
        try:
            return self._made(values, Journal(context, self._additions, beside), properties, parsed=False)
        except Detour:
            return self._made(values, Journal(context, self._additions, beside), properties, parsed=True)

    def _made(
        self, values: Mapping[str, Any], journal: Journal, properties: Properties, *, parsed: bool
    ) -> Rendered:
        entries = [part.write(values, journal, parsed=parsed) for part in self._parts]
        own = {element: part.text(values, journal) for element, part in self._properties.items()}
        raise_problems(self.name, journal.problems, BudgetError if journal.spent else TemplateError)
        entries.append(Entry.of(CORE_PART, core_properties(properties, own)))
        if journal.additions:
            entries += [Entry.of(name, data) for name, data in journal.additions.changed().items()]
        return Rendered(write_package(self._fixed, entries), journal.missing, tuple(journal.absent.items()))

    def _additions(self) -> Additions:
        from docsmith.template.package.additions import Additions

        return Additions(_facts(self._source, self.name, tuple(part.compiled.name for part in self._parts)))


def render_text(pattern: str, context: Mapping[str, Any], where: str) -> str:
    """Return a pattern of one line, such as a file name, filled like a template but not escaped.

    ``where`` is how messages call it (``plugin.toml, output``). Raises
    :class:`docsmith.errors.TemplateError` for mistakes in the pattern and for names that are not there.
    """
    line = _line(pattern, where)
    values = plain_context(context)
    journal = Journal(values)
    text = line.text(values, journal)
    raise_problems(where, journal.problems)
    return " ".join(text.split("\n"))


@lru_cache(maxsize=256)  # a file name is made from the same pattern for every branch
def _line(pattern: str, where: str) -> PartWriter:
    """Compile a pattern of one line, or take what an earlier run has left of it."""
    key = cache.key_of(f"line\0{where}\0{pattern}".encode(errors="surrogatepass"))
    if (kept := cache.load(key)) is not None:
        return PartWriter(CompiledPart.from_plain(kept), is_line=True)
    from docsmith.template.compiling.parts import compile_line

    part, problems = compile_line(pattern, where)
    raise_problems(where, problems)
    assert part is not None  # noqa: S101  # it has no problems
    cache.store(key, part.plain())
    return PartWriter(part, is_line=True)


def _compiled(data: bytes, name: str) -> CompiledTemplate:
    """Compile a template, or take what an earlier run has left of it."""
    key = cache.key_of(data)
    if (kept := cache.load(key)) is not None:
        return CompiledTemplate.from_plain(kept)
    # What compiles takes 100 ms to load.
    from docsmith.template.compiling.opening import compiled_template

    compiled = compiled_template(data, name)
    cache.store(key, compiled.plain())
    return compiled


@lru_cache(maxsize=32)
def _facts(data: bytes, name: str, rendered: tuple[str, ...]) -> PackageFacts:
    """Return what values with pictures or links have to know of the package; few templates have any."""
    from docsmith.template.compiling.opening import package_facts

    return package_facts(data, name, rendered)


def _content(path: Path, name: str) -> bytes:
    try:
        if path.stat().st_size > MAX_TOTAL:
            raise TemplateError(
                _("{name}: the file is larger than {limit} MB.").format(name=name, limit=MAX_TOTAL >> 20)
            )
        return path.read_bytes()
    except OSError as error:
        raise TemplateError(
            _("{name}: the file cannot be read: {reason}").format(name=name, reason=reason_of(error)),
            hint=str(path),
        ) from error
