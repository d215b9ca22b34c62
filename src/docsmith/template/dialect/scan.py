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
from docsmith.template.dialect.mistyped import QUOTES, Mistyped, is_mistyped, mistyped
from docsmith.template.limits import MAX_BRACKETS, MAX_TAG, MAX_TAG_TEXT
from docsmith.template.package.oxml import Element
from docsmith.template.problems import Passage, Problem, Spot

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


class Merge(NamedTuple):
    """A tag that merges its cell down: its paragraph, the values that it names in Jinja, and where it is."""

    paragraph: Element
    keys: str
    spot: Spot


class Tag(NamedTuple):
    """A tag that prints or does something, and where it stands.

    ``source`` is without docxtpl's letters: ``{{ 支部.书记 }}``. ``keyword`` is the word that a ``{% … %}``
    begins with; ``level`` are the letters. Outside of the text of paragraphs there is no ``paragraph``.
    """

    source: str
    keyword: str
    level: str
    spot: Spot
    paragraph: Element | None = None


@dataclass(slots=True)
class Scan:
    """What :mod:`.tags` found: a spot for each mark, by its number, and all that is wrong.

    ``tags`` are those that print or do something, in the order of the document; ``halves`` the numbers of the
    problems with braces that have no other end. ``formats`` are the ``w:pPr`` and ``w:rPr`` around a
    ``{{p … }}``, which takes the place of its paragraph.
    ``merges`` are the tags that merge their cells, ``codes`` the Jinja that is written around such cells.
    ``losing`` are rows, cells and paragraphs of which it was told that a tag would take them out.
    """

    part: str
    allowance: Allowance
    tags: list[Tag] = field(default_factory=list)
    halves: list[tuple[str, int]] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    formats: dict[int, tuple[str, str]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    losing: set[Element] = field(default_factory=set)
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

    def add(self, source: str, keyword: str, spot: Spot, paragraph: Element | None = None) -> None:
        """Note a tag that prints or does something."""
        head = HEAD.match(source)
        assert head is not None  # noqa: S101  # every tag has a head
        if not source.startswith("{#") and keyword not in ("vm", "hm"):
            opens = "{{" if source.startswith("{{") or keyword in CELL_TAGS else "{%"
            closes = "}}" if opens == "{{" else "%}"
            inner = source[head.end() : -2].removesuffix("-")
            written = f"{opens} {inner}{closes}"
            self.tags.append(Tag(written, keyword, head["level"] or "", spot, paragraph))


def tags_in(text: str) -> Iterator[re.Match[str]]:
    """Yield every tag in a text but those with mistyped braces (:mod:`.mistyped`)."""
    return (match for match in TAG.finditer(text) if not is_mistyped(match[0]))


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


def check_plain(passage: Passage, start: int, end: int, scan: Scan) -> Iterator[tuple[Mistyped, Spot]]:
    """Report braces outside tags, and yield those that are meant for a tag, with their spots.

    Braces may be full-width, apart or too many; and tags may have only one end.
    """
    if scan.blocks.raw:
        return
    plain = passage.text[start:end]
    last = 0
    for found in mistyped(plain):
        spot = passage.spot(start + found.start, start + found.end)
        _take_halves(passage, start + last, start + found.start, scan)
        scan.problems.append(_mistyped(found, spot))
        last = found.end
        if found.meant:
            yield found._replace(start=start + found.start, end=start + found.end), spot
    _take_halves(passage, start + last, end, scan)
    if plain.endswith("{") and passage.text.startswith(("{%", "{#"), end):  # Jinja would read {{
        _note_half("{{", passage.spot(end - 1, end + 1), scan)


def _mistyped(found: Mistyped, spot: Spot) -> Problem:
    messages = {
        "full-width": _("the braces of a tag are full-width."),
        "blank-in-braces": _("a blank stands between the braces of a tag."),
        "braces-too-many": _("the tag has too many braces."),
    }
    hint = _("Write {tag}.").format(tag=found.meant)
    if not found.meant:
        hint = _("Type {{ }} and {% %} in half-width.")
    return Problem(spot, messages[found.code], hint, found.code)


def _take_halves(passage: Passage, start: int, end: int, scan: Scan) -> None:
    for match in STRAY.finditer(passage.text, start, end):
        _note_half(match[0], passage.spot(*match.span()), scan)


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
