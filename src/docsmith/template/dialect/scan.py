"""What a tag is, and what was found of the tags of a part so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.template.compiling.complexity import Allowance
from docsmith.template.dialect.blocks import OpenBlocks
from docsmith.template.dialect.mistyped import Mistyped, ends_before, mistyped
from docsmith.template.limits import MAX_BRACKETS, MAX_TAG, MAX_TAG_TEXT
from docsmith.template.package.oxml import Element
from docsmith.template.problems import Problem, Spot, around

# Unicode noncharacters: XML allows them, no text uses them.
MARK_OPENS, MARK_CLOSES, PERCENT, BRACE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
CODE_OPENS, CODE_CLOSES = "\ufdd6", "\ufdd7"
OUR_OWN = (MARK_OPENS, MARK_CLOSES, PERCENT, BRACE, CODE_OPENS, CODE_CLOSES)
"""Characters that no template may have."""
_MARK = re.compile(f"{MARK_OPENS}\\d+{MARK_CLOSES}")
# A tag ends before the next one opens, so that no hostile text makes the search start over and over.
TAG = re.compile(
    r"\{\{(?:(?!\{\{|\{%|\}\}).)*\}\}|\{%(?:(?!\{\{|\{%|%\}).)*%\}|\{#(?:(?!\{#|#\}).)*#\}", re.DOTALL
)
HEAD = re.compile(r"\{[{%#](?:(?P<level>tr|tc|p|r)(?=\s)|[-+])?\s*(?:(?:colspan|cellbg)\s+)?")
_KEYWORD = re.compile(r"\{%(?:tr|tc|p|r)?[-+]?\s*(\w*)")
_BRACKET = re.compile(r"[\[\](){}]")
_ENDS = frozenset({("{{", "}}"), ("{%", "%}"), ("{#", "#}")})
STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
BRACES = "{}｛｝﹛﹜"
"""What a text has at least one of where somebody meant a tag."""
MERGE_TAGS = ("merge", "合并")
CELL_TAGS = ("cellbg", "colspan", "hm", "vm", *MERGE_TAGS)
# Word types curly quotation marks; docxtpl takes them for straight ones inside a tag.
QUOTES = str.maketrans("“”‘’", "\"\"''")


class Merge(NamedTuple):
    """A tag that merges its cell down: its paragraph, the values that it names in Jinja, and where it is."""

    paragraph: Element
    keys: str
    spot: Spot


class Tag(NamedTuple):
    """A tag that prints or does something, and where it stands.

    ``source`` is without docxtpl's letters: ``{{ 支部.书记 }}``. ``keyword`` is the word that a ``{% … %}``
    begins with; ``level`` are the letters.
    """

    source: str
    keyword: str
    level: str
    spot: Spot


@dataclass(slots=True)
class Scan:
    """What :mod:`.tags` found: a spot for each mark, by its number, and all that is wrong.

    ``tags`` are those that print or do something, in the order of the document; ``halves`` the numbers of the
    problems with braces that have no other end. ``formats`` are the ``w:pPr`` and ``w:rPr`` around a
    ``{{p … }}``, which takes the place of its paragraph.
    ``merges`` are the tags that merge their cells, ``codes`` the Jinja that is written around such cells.
    """

    part: str
    allowance: Allowance
    tags: list[Tag] = field(default_factory=list)
    halves: list[tuple[str, int]] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    formats: dict[int, tuple[str, str]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    blocks: OpenBlocks = field(default_factory=OpenBlocks)

    def mark(self, spot: Spot) -> str:
        """Return a new mark for that spot."""
        self.spots.append(spot)
        return f"{MARK_OPENS}{len(self.spots) - 1}{MARK_CLOSES}"

    def code(self, source: str) -> str:
        """Return what stands for a piece of Jinja until docxtpl has rewritten the part."""
        self.codes.append(source)
        return f"{CODE_OPENS}{len(self.codes) - 1}{CODE_CLOSES}"

    def add(self, source: str, keyword: str, spot: Spot) -> None:
        """Note a tag that prints or does something."""
        head = HEAD.match(source)
        assert head is not None  # noqa: S101  # every tag has a head
        if not source.startswith("{#") and keyword not in ("vm", "hm"):
            opens = "{{" if source.startswith("{{") or keyword in CELL_TAGS else "{%"
            closes = "}}" if opens == "{{" else "%}"
            inner = source[head.end() : -2].removesuffix("-")
            self.tags.append(Tag(f"{opens} {inner}{closes}", keyword, head["level"] or "", spot))


def tags_in(text: str) -> Iterator[re.Match[str]]:
    """Yield every tag in a text; two with mistyped braces between them are none (:mod:`.mistyped`)."""
    return (match for match in TAG.finditer(text) if not ends_before(match[0]))


def unmarked(source: str) -> str:
    """Return an expression of a part whose tags are marked as Jinja reads it."""
    return _MARK.sub("", source).replace(PERCENT, "%").replace(BRACE, "}").translate(QUOTES).strip()


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
    last = 0
    for found in mistyped(plain):
        spot = Spot(where, around(text, start + found.start, start + found.end))
        _take_halves(text, start + last, start + found.start, where, scan)
        scan.problems.append(_mistyped(found, spot))
        last = found.end
        if keyword := keyword_of(found.meant):
            # Its block is open all the same; its end is no mistake.
            head = HEAD.match(found.meant)
            level = (head and head["level"]) or ""
            scan.problems.extend(scan.blocks.take(keyword, found.meant, spot, level))
        if found.meant:
            scan.add(found.meant, keyword, spot)
    _take_halves(text, start + last, end, where, scan)
    if plain.endswith("{") and text.startswith(("{%", "{#"), end):  # Jinja would read {{
        _note_half("{{", Spot(where, around(text, end - 1, end + 1)), scan)


def _mistyped(found: Mistyped, spot: Spot) -> Problem:
    hint = _("Write {tag}.").format(tag=found.meant)
    if found.full_width:
        hint = hint if found.meant else _("Type {{ }} and {% %} in half-width.")
        return Problem(spot, _("the braces of a tag are full-width."), hint, "full-width")
    return Problem(spot, _("a blank stands between the braces of a tag."), hint, "blank-in-braces")


def _take_halves(text: str, start: int, end: int, where: str, scan: Scan) -> None:
    for match in STRAY.finditer(text, start, end):
        _note_half(match[0], Spot(where, around(text, *match.span())), scan)


def _note_half(brace: str, spot: Spot, scan: Scan) -> None:
    scan.halves.append((brace, len(scan.problems)))
    scan.problems.append(
        Problem(
            spot,
            _("{brace} has no other end in this paragraph.").format(brace=brace),
            _("A tag opens and closes in one paragraph; to print braces, write {_{ and }_}."),
            "half-tag",
        )
    )


def join_halves(scan: Scan) -> None:
    """Make one problem of the two ends of a tag that stand in two paragraphs, one after the other."""
    joined = set()
    for (brace, first), (other, second) in pairwise(scan.halves):
        opening, closing = scan.problems[first], scan.problems[second]
        if (brace, other) in _ENDS and opening.spot.where != closing.spot.where:
            scan.problems[first] = Problem(
                opening.spot,
                _("the tag ends in another place: {place}.").format(place=closing.spot),
                _("Put the whole tag into one paragraph."),
                "tag-over-paragraphs",
            )
            joined.add(second)
    scan.problems[:] = [one for number, one in enumerate(scan.problems) if number not in joined]
