"""What a tag is, and what was found of the tags of a part so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docsmith._i18n import gettext as _
from docsmith.template.compiling.complexity import Allowance
from docsmith.template.dialect.blocks import OpenBlocks
from docsmith.template.limits import MAX_BRACKETS, MAX_TAG, MAX_TAG_TEXT
from docsmith.template.problems import Problem, Spot, around

# Unicode noncharacters: XML allows them, no text uses them.
MARK_OPENS, MARK_CLOSES, PERCENT, BRACE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
# A tag ends before the next one opens, so that no hostile text makes the search start over and over.
TAG = re.compile(
    r"\{\{(?:(?!\{\{|\{%|\}\}).)*\}\}|\{%(?:(?!\{\{|\{%|%\}).)*%\}|\{#(?:(?!\{#|#\}).)*#\}", re.DOTALL
)
HEAD = re.compile(r"\{[{%#](?:(?P<level>tr|tc|p|r)(?=\s)|[-+])?\s*(?:(?:colspan|cellbg)\s+)?")
_KEYWORD = re.compile(r"\{%(?:tr|tc|p|r)?[-+]?\s*(\w*)")
_FULL_WIDTH = re.compile(r"｛[{｛%％]|\{[｛％]|｝｝")
_BRACKET = re.compile(r"[\[\](){}]")
STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
CELL_TAGS = ("cellbg", "colspan", "hm", "vm")


@dataclass(slots=True)
class Scan:
    """What :mod:`.tags` found: a spot for each mark, by its number, and all that is wrong.

    ``expressions`` are the tags that print something, without docxtpl's letters: ``{{ 支部.书记 }}``.
    ``formats`` are the ``w:pPr`` and ``w:rPr`` around a ``{{p … }}``, which takes the place of its paragraph.
    """

    part: str
    allowance: Allowance
    expressions: list[tuple[str, Spot]] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    formats: dict[int, tuple[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    blocks: OpenBlocks = field(default_factory=OpenBlocks)

    def mark(self, spot: Spot) -> str:
        """Return a new mark for that spot."""
        self.spots.append(spot)
        return f"{MARK_OPENS}{len(self.spots) - 1}{MARK_CLOSES}"


def keyword_of(source: str) -> str:
    """Return the word that a ``{% … %}`` begins with; empty for other tags."""
    match = _KEYWORD.match(source)
    return match[1] if match else ""


def too_large(source: str, allowance: Allowance) -> str:
    """Return what is wrong with a tag that would take too long to read; empty if nothing is."""
    if source.startswith("{#"):
        return ""
    allowance.tag_text -= len(source)
    if allowance.tag_text < 0:
        return _("the tags of the template have more than {limit} characters.").format(limit=MAX_TAG_TEXT)
    if len(source) > MAX_TAG:
        return _("the tag has more than {limit} characters.").format(limit=MAX_TAG)
    depth = deepest = 0
    for bracket in _BRACKET.findall(source):
        depth += 1 if bracket in "([{" else -1
        deepest = max(depth, deepest)
    if deepest > MAX_BRACKETS:
        return _("more than {limit} brackets are nested in each other.").format(limit=MAX_BRACKETS)
    return ""


def check_plain(text: str, start: int, end: int, where: str, scan: Scan) -> None:
    """Report braces outside tags: full-width ones, and tags that have only one end."""
    if scan.blocks.raw:
        return
    plain = text[start:end]
    for match in _FULL_WIDTH.finditer(plain):
        spot = Spot(where, around(text, start + match.start(), start + match.end()))
        scan.problems.append(
            Problem(spot, _("the braces of a tag are full-width."), _("Type {{ }} and {% %} in half-width."))
        )
    for match in STRAY.finditer(plain):
        spot = Spot(where, around(text, start + match.start(), start + match.end()))
        scan.problems.append(
            Problem(
                spot,
                _("{brace} has no other end in this paragraph.").format(brace=match[0]),
                _("A tag opens and closes in one paragraph; to print braces, write {_{ and }_}."),
            )
        )
