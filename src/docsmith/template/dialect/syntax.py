"""What Jinja says of a tag that it cannot read, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from jinja2 import TemplateSyntaxError

from docsmith._i18n import gettext as _
from docsmith.template.language.environment import TemplateEnvironment
from docsmith.template.problems import Problem, Spot

_FILTER = re.compile(r"No filter named '(?P<name>.*)'")
_TEST = re.compile(r"No test named '(?P<name>.*)'")
_TAG = re.compile(r"Encountered unknown tag '(?P<name>.*?)'")
_CHARACTER = re.compile(r"unexpected char '(?P<name>.*?)' at")
_WANTED = re.compile(r"expected token '(?P<wanted>.*?)', got '(?P<name>.*)'")
_UNEXPECTED = re.compile(r"(?:unexpected|Expected an expression, got) '(?P<name>.*)'")
_EMPTY = re.compile(r"tag name expected")
_ENDS = ("end of print statement", "end of statement block")
# Word types curly quotation marks; docxtpl takes them for straight ones inside a tag.
_QUOTES = str.maketrans("“”‘’", "\"\"''")


def unreadable(
    expressions: Iterable[tuple[str, Spot]], environment: TemplateEnvironment
) -> Iterator[Problem]:
    """Yield a problem for every ``{{ … }}`` that cannot be read: the parser itself stops at the first."""
    for source, spot in expressions:
        try:
            environment.tree_of(source.translate(_QUOTES))
        except TemplateSyntaxError as error:
            yield problem_of(error, spot)


def problem_of(error: TemplateSyntaxError, spot: Spot) -> Problem:
    """Return the problem for what Jinja's parser says."""
    said = str(error.message)
    message, hint = said, ""
    for pattern, (wording, advice) in _wordings().items():
        if match := pattern.match(said):
            message, hint = wording.format_map(_named(match)), advice
            break
    return Problem(spot, _("the tag cannot be read: {reason}").format(reason=message), hint)


def _wordings() -> Mapping[re.Pattern[str], tuple[str, str]]:
    """Return, for each kind of mistake, the words for it and what to do."""
    return {
        _FILTER: (_("there is no filter called {name}."), ""),
        _TEST: (_("there is no test called {name}."), ""),
        _TAG: (_("there is no tag called {name}."), ""),
        _CHARACTER: (
            _("the character {name} cannot stand in a tag."),
            _("Type punctuation in half-width there."),
        ),
        _WANTED: (_("{name} stands where {wanted} is expected."), ""),
        _EMPTY: (_("it is empty."), ""),
        _UNEXPECTED: (_("something is missing or too much before {name}."), ""),
    }


def _named(match: re.Match[str]) -> Mapping[str, str]:
    """Return what a message of Jinja's names; its words for the end of a tag become ours."""
    return {
        key: _("the end of the tag") if said in _ENDS else said for key, said in match.groupdict().items()
    }
