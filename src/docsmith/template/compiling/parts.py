"""One part of a template, compiled once: its program and the way back to the places in Word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from jinja2 import TemplateSyntaxError, nodes
from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.template.compiled import CompiledPart
from docsmith.template.compiling.complexity import Allowance, check_tree
from docsmith.template.compiling.lexer import Unprovable
from docsmith.template.compiling.pieces import Piece, merge_slot
from docsmith.template.compiling.program import needs_jinja, program_of
from docsmith.template.compiling.proof import Woven, prove
from docsmith.template.compiling.runs import name_runs
from docsmith.template.compiling.tracking import fields_of
from docsmith.template.dialect.scan import BRACES, Scan
from docsmith.template.dialect.source import Source, jinja_source
from docsmith.template.dialect.syntax import problem_of, refused, refused_in, unreadable
from docsmith.template.dialect.tags import mark_tags
from docsmith.template.language import metering
from docsmith.template.language.environment import DOCUMENT, LINE, TemplateEnvironment
from docsmith.template.language.journal import LineTable
from docsmith.template.limits import MAX_LINE
from docsmith.template.package.oxml import Element
from docsmith.template.problems import Problem, Spot


class ReadPart(NamedTuple):
    """A part that was read: its tags, its source and syntax tree, and all that is wrong with it.

    Without ``tree`` where something is; without ``source`` where that is seen before Jinja looks at it.
    """

    scan: Scan
    problems: Sequence[Problem]
    source: Source | None = None
    tree: nodes.Template | None = None


def read_part(label: str, root: Element, allowance: Allowance) -> ReadPart | None:
    """Read the tags of a part, called ``label`` in messages; returns nothing for one without tags.

    ``root`` is changed: its tags are marked. What it takes is taken from the allowance of its template.
    """
    source = etree.tostring(root, encoding="unicode")
    if not any(brace in source for brace in BRACES):
        return None
    scan = mark_tags(root, label, allowance)
    if scan.problems:
        return ReadPart(scan, [*scan.problems, *unreadable(scan.tags, DOCUMENT)])
    rewritten = jinja_source(root, scan)
    try:
        tree = _tree(rewritten, allowance, DOCUMENT)
    except TemplateSyntaxError as error:
        # Jinja stops at the first mistake; each tag can be looked at alone.
        found = list(unreadable(scan.tags, DOCUMENT))
        return ReadPart(scan, found or [problem_of(error, rewritten.lines.spot(error.lineno))], rewritten)
    refused_nodes = [refused(node, rewritten.lines.spot(node.lineno)) for node in refused_in(tree)]
    if refused_nodes:
        return ReadPart(scan, [*unreadable(scan.tags, DOCUMENT)] or refused_nodes, rewritten)
    return ReadPart(scan, (), rewritten, tree)


def compile_part(
    name: str, label: str, root: Element, allowance: Allowance
) -> tuple[CompiledPart | None, Sequence[Problem]]:
    """Compile a part, called ``label`` in messages; returns no part for one without tags or with problems.

    ``root`` is changed: its tags are marked. What it takes is taken from the allowance of its template.
    """
    read = read_part(label, root, allowance)
    return compile_read(name, read) if read else (None, [])


def compile_read(name: str, read: ReadPart) -> tuple[CompiledPart | None, Sequence[Problem]]:
    """Compile a part that was read; returns no part for one with problems. Its tree is changed."""
    if read.tree is None or read.source is None:
        return None, read.problems
    return _compiled(name, read.source, read.tree)


@lru_cache(maxsize=256)  # a file name is made from the same pattern for every branch
def compile_line(pattern: str, where: str) -> tuple[CompiledPart | None, Sequence[Problem]]:
    """Compile a pattern of one line, such as a file name; nothing in it is escaped."""
    if len(pattern) > MAX_LINE:
        message = _("a line has at most {limit} characters.").format(limit=MAX_LINE)
        return None, [Problem(Spot(where), message, code="template-too-large")]
    source = Source(pattern, LineTable((), (), Spot("", pattern)), {})
    try:
        tree = _tree(source, Allowance(), LINE)
    except TemplateSyntaxError as error:
        return None, [problem_of(error, source.lines.spot(error.lineno))]
    if problems := [refused(node, source.lines.spot(node.lineno)) for node in refused_in(tree)]:
        return None, problems
    return _compiled(where, source, tree, is_line=True)


def _tree(source: Source, allowance: Allowance, environment: TemplateEnvironment) -> nodes.Template:
    """Return the syntax tree of a source; raises ``jinja2.TemplateSyntaxError``, also for one too large."""
    tree = environment.tree_of(source.text)
    check_tree(tree, allowance)
    return tree


def _compiled(
    name: str, source: Source, tree: nodes.Template, *, is_line: bool = False
) -> tuple[CompiledPart | None, list[Problem]]:
    environment = LINE if is_line else DOCUMENT
    try:
        fields = fields_of(tree)
        if source.merges:
            name_runs(tree)
        tree = environment.instrumented(tree)
        woven, unproven = _line(tree) if is_line else _woven(tree, source)
        metering.measure(tree)
        program = program_of(tree, woven, environment)
    except TemplateSyntaxError as error:
        return None, [problem_of(error, source.lines.spot(error.lineno))]
    except (RecursionError, MemoryError, SyntaxError):  # Python's own compiler has limits, too
        message = _("the tags of this part are too many, or nested too deeply.")
        return None, [Problem(source.lines.default, message, code="template-too-large")]
    return CompiledPart(name, program, source.lines, fields, unproven), []


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
        else (
            merge_slot(node) or (("blocks", *formats[node.lineno]) if node.lineno in formats else (kind,)),
            node,
        )
        for node in output.nodes
    ]
