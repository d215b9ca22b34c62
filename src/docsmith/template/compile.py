"""One part of a template, compiled once: its Jinja program and the way back to the places in Word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Template as Program
from jinja2 import TemplateSyntaxError, meta, nodes
from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.template.dialect import jinja_source
from docsmith.template.environment import TemplateEnvironment
from docsmith.template.journal import Journal, LineTable
from docsmith.template.oxml import Element
from docsmith.template.problems import Problem, Spot
from docsmith.template.syntax import problem_of, unreadable
from docsmith.template.tags import mark_tags

# Other files, and switches of the escaping, are not there for a template.
_REFUSED: Mapping[type[nodes.Node], str] = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "import",
    nodes.Extends: "extends",
    nodes.ScopedEvalContextModifier: "autoescape",
}
_DOCUMENT = TemplateEnvironment(autoescape=True)
_LINE = TemplateEnvironment(autoescape=False)


@dataclass(frozen=True, slots=True)
class CompiledPart:
    """A program that writes a part. ``fields`` are the top-level names that it uses. Safe for threads."""

    name: str
    program: Program
    lines: LineTable
    fields: frozenset[str]

    def fill(self, values: Mapping[str, Any], journal: Journal) -> str:
        """Return the text that the program writes; mistakes go to the journal, and nothing is raised."""
        written: list[str] = []
        with journal.recording(self.lines):
            context = self.program.new_context(dict(values))
            try:
                for piece in self.program.root_render_func(context):
                    journal.wrote(len(piece))
                    written.append(piece)
            except Exception as error:  # a template may fail in every way that Python has
                journal.report_exception(error)
        return "".join(written)


def compile_part(name: str, label: str, root: Element) -> tuple[CompiledPart | None, list[Problem]]:
    """Compile a part, called ``label`` in messages; returns no part for one without tags or with problems.

    ``root`` is changed: its tags are marked.
    """
    source = etree.tostring(root, encoding="unicode")
    if not any(brace in source for brace in "{}｛｝"):
        return None, []
    scan = mark_tags(root, label)
    if scan.problems:
        return None, [*scan.problems, *unreadable(scan.expressions, _DOCUMENT)]
    source, lines = jinja_source(root, scan)
    part, problems = _compile(name, source, lines, _DOCUMENT)
    if part:
        return part, []
    # Jinja stops at the first mistake; each tag that prints something can be looked at alone.
    return None, list(unreadable(scan.expressions, _DOCUMENT)) or problems


@lru_cache(maxsize=256)  # a file name is made from the same pattern for every branch
def compile_line(pattern: str, where: str) -> tuple[CompiledPart | None, Sequence[Problem]]:
    """Compile a pattern of one line, such as a file name; nothing in it is escaped."""
    return _compile(where, pattern, LineTable((), (), Spot("", pattern)), _LINE)


def _compile(
    name: str, source: str, lines: LineTable, environment: TemplateEnvironment
) -> tuple[CompiledPart | None, list[Problem]]:
    try:
        tree, program = environment.compile_source(source)
    except TemplateSyntaxError as error:
        return None, [problem_of(error, lines.spot(error.lineno))]
    problems = [
        Problem(
            lines.spot(node.lineno),
            _("{name} is not available in a template.").format(name=_REFUSED[type(node)]),
        )
        for node in tree.find_all(tuple(_REFUSED))
    ]
    if problems:
        return None, problems
    return CompiledPart(name, program, lines, frozenset(meta.find_undeclared_variables(tree))), []
