"""One part of a template, compiled once: its program and the way back to the places in Word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from jinja2 import TemplateSyntaxError, nodes
from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.template.compiled import CompiledPart
from docsmith.template.compiling.complexity import Allowance, check_tree
from docsmith.template.compiling.lexer import Unprovable
from docsmith.template.compiling.pieces import Piece
from docsmith.template.compiling.program import needs_jinja, program_of
from docsmith.template.compiling.proof import Woven, prove
from docsmith.template.compiling.tracking import fields_of
from docsmith.template.dialect.source import Source, jinja_source
from docsmith.template.dialect.syntax import problem_of, unreadable
from docsmith.template.dialect.tags import mark_tags
from docsmith.template.language import metering
from docsmith.template.language.environment import DOCUMENT, LINE
from docsmith.template.language.journal import LineTable
from docsmith.template.limits import MAX_LINE
from docsmith.template.package.oxml import Element
from docsmith.template.problems import Problem, Spot

# Other files, and switches of the escaping, are not there for a template.
_REFUSED: Mapping[type[nodes.Node], str] = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "import",
    nodes.Extends: "extends",
    nodes.ScopedEvalContextModifier: "autoescape",
}


def compile_part(
    name: str, label: str, root: Element, allowance: Allowance
) -> tuple[CompiledPart | None, list[Problem]]:
    """Compile a part, called ``label`` in messages; returns no part for one without tags or with problems.

    ``root`` is changed: its tags are marked. What it takes is taken from the allowance of its template.
    """
    source = etree.tostring(root, encoding="unicode")
    if not any(brace in source for brace in "{}｛｝"):
        return None, []
    scan = mark_tags(root, label, allowance)
    if scan.problems:
        return None, [*scan.problems, *unreadable(scan.expressions, DOCUMENT)]
    rewritten = jinja_source(root, scan)
    part, problems = _compiled(name, rewritten, allowance)
    if part:
        return part, []
    # Jinja stops at the first mistake; each tag that prints something can be looked at alone.
    return None, list(unreadable(scan.expressions, DOCUMENT)) or problems


@lru_cache(maxsize=256)  # a file name is made from the same pattern for every branch
def compile_line(pattern: str, where: str) -> tuple[CompiledPart | None, Sequence[Problem]]:
    """Compile a pattern of one line, such as a file name; nothing in it is escaped."""
    if len(pattern) > MAX_LINE:
        message = _("a line has at most {limit} characters.").format(limit=MAX_LINE)
        return None, [Problem(Spot(where), message)]
    source = Source(pattern, LineTable((), (), Spot("", pattern)), {})
    return _compiled(where, source, Allowance(), is_line=True)


def _compiled(
    name: str, source: Source, allowance: Allowance, *, is_line: bool = False
) -> tuple[CompiledPart | None, list[Problem]]:
    environment = LINE if is_line else DOCUMENT
    try:
        tree = environment.tree_of(source.text)
        check_tree(tree, allowance)
        if problems := list(_refused(tree, source.lines)):
            return None, problems
        fields = fields_of(tree)
        tree = environment.instrumented(tree)
        woven, unproven = _line(tree) if is_line else _woven(tree, source)
        metering.measure(tree)
        program = program_of(tree, woven, environment)
    except TemplateSyntaxError as error:
        return None, [problem_of(error, source.lines.spot(error.lineno))]
    except (RecursionError, MemoryError, SyntaxError):  # Python's own compiler has limits, too
        message = _("the tags of this part are too many, or nested too deeply.")
        return None, [Problem(source.lines.default, message)]
    return CompiledPart(name, program, source.lines, fields, unproven), []


def _refused(tree: nodes.Template, lines: LineTable) -> Iterator[Problem]:
    for node in tree.find_all(tuple(_REFUSED)):
        message = _("{name} is not available in a template.").format(name=_REFUSED[type(node)])
        yield Problem(lines.spot(node.lineno), message)


def _line(tree: nodes.Template) -> tuple[Woven, str]:
    return {output: _pieces(output, {}, "line") for output in tree.find_all(nodes.Output)}, "a line is no XML"


def _woven(tree: nodes.Template, source: Source) -> tuple[Woven, str]:
    """Return the pieces of all outputs, and why nothing could be proved; empty if it could."""
    try:
        if needs_jinja(tree):
            raise Unprovable("it needs Jinja")
        return prove(tree, lambda line: source.formats.get(line, ("", ""))), ""
    except Unprovable as reason:
        pieces = {
            output: _pieces(output, source.formats, "anywhere") for output in tree.find_all(nodes.Output)
        }
        return pieces, str(reason)


def _pieces(output: nodes.Output, formats: Mapping[int, tuple[str, str]], kind: str) -> list[Piece]:
    """Return the pieces of an output of whose place nothing is known."""
    return [
        node.data
        if isinstance(node, nodes.TemplateData)
        else (("blocks", *formats[node.lineno]) if node.lineno in formats else (kind,), node)
        for node in output.nodes
    ]
