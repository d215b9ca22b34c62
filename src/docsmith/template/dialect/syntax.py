"""What Jinja says of a tag that it cannot read, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from docsmith._i18n import gettext as _
from docsmith.model.nearest import nearest
from docsmith.template.compiling.complexity import Allowance
from docsmith.template.dialect.blocks import as_meant, opens_block
from docsmith.template.dialect.mistyped import QUOTES, half_width, with_operators
from docsmith.template.dialect.scan import Scan, Tag, keyword_of
from docsmith.template.language.environment import DOCUMENT, TemplateEnvironment
from docsmith.template.problems import Problem, Spot

_FILTER = re.compile(r"No filter named '(?P<name>.*)'")
_TEST = re.compile(r"No test named '(?P<name>.*)'")
_TAG = re.compile(r"Encountered unknown tag '(?P<name>.*?)'")
_CHARACTER = re.compile(r"unexpected char '(?P<name>.*?)' at")
_WANTED = re.compile(r"expected token '(?P<wanted>.*?)', got '(?P<name>.*)'")
_UNEXPECTED = re.compile(r"(?:unexpected|Expected an expression, got) '(?P<name>.*)'")
_ELSE_IF = re.compile(r"\{%\s*else\s+if\b")
_EMPTY = re.compile(r"tag name expected")
_COMMAS = str.maketrans("，、（）", ",,()")
_ENDS = ("end of print statement", "end of statement block")
# Other files, and switches of the escaping, are not there for a template.
_REFUSED: Mapping[type[nodes.Node], str] = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "import",
    nodes.Extends: "extends",
    nodes.ScopedEvalContextModifier: "autoescape",
}


def unreadable(tags: Iterable[Tag], environment: TemplateEnvironment) -> Iterator[Problem]:
    """Yield a problem for every tag that cannot be read: the parser itself stops at the first."""
    for tag in tags:
        try:
            tree = environment.tree_of(alone(tag))
        except TemplateSyntaxError as error:
            problem = problem_of(error, tag.spot)
            yield problem._replace(hint=_hint(tag, str(error.message), environment) or problem.hint)
        else:
            yield from (refused(node, tag.spot) for node in refused_in(tree))


def alone(tag: Tag) -> str:
    """Return a source in which a tag stands alone, its block opened and closed around it."""
    source = tag.source.translate(QUOTES)
    if opens_block(tag.keyword, source):
        return f"{source}{{% end{tag.keyword} %}}"
    if tag.keyword in ("elif", "else", "endif"):
        return "{% if 1 %}" + source + ("" if tag.keyword == "endif" else "{% endif %}")
    if tag.keyword == "endfor":
        return "{% for i in [] %}" + source
    return "" if tag.keyword.startswith("end") else source


def is_readable(source: str) -> bool:
    """Return whether a tag, as a person wrote it, can be read where it stands alone."""
    scan = Scan("", Allowance())
    scan.add(source, keyword_of(source), Spot(""))
    return next(unreadable(scan.tags, DOCUMENT), None) is None


def prints_list(source: str) -> bool:
    """Return whether a tag can be read, and several values stand in its ``{{ }}``."""
    try:
        tree = DOCUMENT.tree_of(source)
    except TemplateSyntaxError:
        return False
    return any(is_list(child) for output in tree.find_all(nodes.Output) for child in output.nodes)


def is_list(node: nodes.Node) -> bool:
    """Return whether an expression is several values, which nobody prints as they are."""
    return isinstance(node, nodes.Tuple | nodes.List)


def list_hint() -> str:
    """Return what to do instead of printing several values with one tag."""
    return _("A list cannot stand in {{ }}: write {{ }} for each value.")


def _hint(tag: Tag, said: str, environment: TemplateEnvironment) -> str:
    """Return the hint for what a tag shows that Jinja's message does not; empty if there is none."""
    source, wanted = tag.source, _WANTED.match(said)
    if _ELSE_IF.match(source):
        return _write(tag._replace(source=_ELSE_IF.sub("{% elif", source)))
    if source.startswith("{%") and wanted and wanted["name"] == "=":
        return _("To compare, write two: ==.")
    if prints_list(source.translate(_COMMAS)):
        return list_hint()
    plain = half_width(source)
    for better in (plain, with_operators(plain)):
        if better == source.translate(QUOTES):
            continue
        meant = tag._replace(source=better)
        try:
            environment.tree_of(alone(meant))
        except TemplateSyntaxError as error:
            said = str(error.message)
        else:
            return _write(meant)
    return _hint(tag._replace(source=plain), said, environment) if plain != source.translate(QUOTES) else ""


def _write(tag: Tag) -> str:
    """Return the hint to write a tag so, with docxtpl's letters where it has any."""
    source = tag.source
    return _("Write {tag}.").format(tag=f"{source[:2]}{tag.level}{source[2:]}")


def refused(node: nodes.Node, spot: Spot) -> Problem:
    """Return the problem for a statement that no template has."""
    message = _("{name} is not available in a template.").format(name=_REFUSED[type(node)])
    return Problem(spot, message, code="not-available")


def refused_in(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Yield the statements of a tree that no template has."""
    return tree.find_all(tuple(_REFUSED))


def problem_of(error: TemplateSyntaxError, spot: Spot) -> Problem:
    """Return the problem for what Jinja's parser says."""
    said = str(error.message)
    message, hint, code = said, "", "tag-unreadable"
    for pattern, wording in _wordings().items():
        if match := pattern.match(said):
            names = _named(match)
            message, code = wording.message.format_map(names), wording.code
            hint = wording.hint or _nearest(code, names.get("name", ""))
            break
    return Problem(spot, _("the tag cannot be read: {reason}").format(reason=message), hint, code)


class _Wording(NamedTuple):
    message: str
    hint: str = ""
    code: str = "tag-unreadable"


def _wordings() -> Mapping[re.Pattern[str], _Wording]:
    """Return, for each kind of mistake, the words for it and what to do."""
    return {
        _FILTER: _Wording(_("there is no filter called {name}."), code="unknown-filter"),
        _TEST: _Wording(_("there is no test called {name}."), code="unknown-test"),
        _TAG: _Wording(_("there is no tag called {name}."), code="unknown-tag"),
        _CHARACTER: _Wording(
            _("the character {name} cannot stand in a tag."),
            _("Type punctuation in half-width there."),
            "wrong-character",
        ),
        _WANTED: _Wording(_("{name} stands where {wanted} is expected.")),
        _EMPTY: _Wording(_("it is empty.")),
        _UNEXPECTED: _Wording(_("something is missing or too much before {name}.")),
    }


def _nearest(code: str, name: str) -> str:
    """Return the hint for a word of the language that does not exist; empty if nothing is like it."""
    if code == "unknown-tag":
        meant = as_meant(name)
        close: str | None = meant if meant != name else None
    else:
        known = {"unknown-filter": DOCUMENT.filters, "unknown-test": DOCUMENT.tests}.get(code, {})
        close = nearest(name, known)
    return _("Did you mean {name}?").format(name=close) if close else ""


def _named(match: re.Match[str]) -> Mapping[str, str]:
    """Return what a message of Jinja's names; its words for the end of a tag become ours."""
    return {
        key: _("the end of the tag") if said in _ENDS else said for key, said in match.groupdict().items()
    }
