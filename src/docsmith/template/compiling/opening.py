"""From the bytes of a .docx to a compiled template: read, admitted, compiled part by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docsmith._i18n import gettext as _
from docsmith.template.compiled import CompiledPart, CompiledTemplate
from docsmith.template.compiling.complexity import Allowance
from docsmith.template.compiling.parts import compile_line, compile_part
from docsmith.template.package.admission import admit
from docsmith.template.package.archive import Entry
from docsmith.template.package.facts import PackageFacts
from docsmith.template.package.old_properties import property_patterns, property_place, without_old_properties
from docsmith.template.package.oxml import Element
from docsmith.template.package.reading import read_package
from docsmith.template.package.relations import main_part, relations_of
from docsmith.template.problems import Problem, raise_problems


def compiled_template(data: bytes, name: str) -> CompiledTemplate:
    """Compile every part of a .docx that can hold tags; ``name`` is how messages call it.

    Raises :class:`docsmith.errors.TemplateError` for what is no .docx, holds what no template may hold, or
    has mistakes in its tags: all of those at once, each with its place.
    """
    parts = read_package(data, name)
    xml = admit(parts, name)
    compiled, problems = _compiled_parts(xml, name)
    properties, more_problems = compiled_properties(xml)
    raise_problems(name, [*problems, *more_problems])
    dropped, rewritten = without_old_properties(xml)
    changed = dropped | {part.name for part in compiled}
    fixed = {part: content for part, content in parts.items() if part not in changed} | rewritten
    entries = tuple(Entry.once(part, content) for part, content in fixed.items())
    return CompiledTemplate(compiled, entries, properties)


def package_facts(data: bytes, name: str, rendered: Iterable[str]) -> PackageFacts:
    """Return what additions have to know of a package that was compiled before."""
    parts = read_package(data, name)
    xml = admit(parts, name)
    without_old_properties(xml)
    return PackageFacts.of(parts, xml, rendered)


def _compiled_parts(xml: Mapping[str, Element], name: str) -> tuple[tuple[CompiledPart, ...], list[Problem]]:
    compiled: list[CompiledPart] = []
    problems: list[Problem] = []
    allowance = Allowance()
    for part, label in parts_with_text(xml, name):
        program, mistakes = compile_part(part, label, xml[part], allowance)
        problems.extend(mistakes)
        if program:
            compiled.append(program)
    return tuple(compiled), problems


def compiled_properties(xml: Mapping[str, Element]) -> tuple[dict[str, CompiledPart], list[Problem]]:
    """Compile the template's own properties that have tags, by element; returns what is wrong, too."""
    compiled: dict[str, CompiledPart] = {}
    problems: list[Problem] = []
    for element, pattern in property_patterns(xml).items():
        program, mistakes = compile_line(pattern, property_place(element))
        problems.extend(mistakes)
        if program:
            compiled[element] = program
    return compiled, problems


def parts_with_text(xml: Mapping[str, Element], name: str) -> Iterator[tuple[str, str]]:
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
