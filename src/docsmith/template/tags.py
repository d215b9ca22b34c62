"""The tags of a part as a person wrote them: found, judged, and marked so that errors know their place.

Word splits what a person typed into runs; a tag is therefore looked for in the whole text of its paragraph.
Each gets a mark, two characters that no document has around its number, which survives docxtpl's rewriting
of the XML and ends up as a line of the Jinja source (:mod:`docsmith.template.dialect`).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.template.blocks import OpenBlocks
from docsmith.template.complexity import Allowance
from docsmith.template.limits import MAX_BRACKETS, MAX_FORMATTING, MAX_PROBLEMS, MAX_TAG, MAX_TAG_TEXT
from docsmith.template.oxml import CELL, PARAGRAPH, ROW, TEXT, Element, ancestor, nearest, w
from docsmith.template.places import paragraphs
from docsmith.template.problems import Problem, Spot, around

# Unicode noncharacters: XML allows them, no text uses them.
MARK_OPENS, MARK_CLOSES, PERCENT, BRACE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
# A tag ends before the next one opens, so that no hostile text makes the search start over and over.
_TAG = re.compile(
    r"\{\{(?:(?!\{\{|\{%|\}\}).)*\}\}|\{%(?:(?!\{\{|\{%|%\}).)*%\}|\{#(?:(?!\{#|#\}).)*#\}", re.DOTALL
)
_HEAD = re.compile(r"\{[{%#](?:(?P<level>tr|tc|p|r)(?=\s)|[-+])?\s*(?:(?:colspan|cellbg)\s+)?")
_KEYWORD = re.compile(r"\{%(?:tr|tc|p|r)?[-+]?\s*(\w*)")
_FULL_WIDTH = re.compile(r"｛[{｛%％]|\{[｛％]|｝｝")
_BRACKET = re.compile(r"[\[\](){}]")
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_DECLARATION = re.compile(r'\sxmlns(?::\w+)?="[^"]*"')
_CELL_TAGS = ("cellbg", "colspan", "hm", "vm")
_LEVELS = {"tr": ROW, "tc": CELL, "p": PARAGRAPH}
_LOST_WITH_A_LEVEL = (w("drawing"), w("pict"), w("object"), w("sectPr"))


@dataclass(slots=True)
class Scan:
    """What :func:`mark_tags` found: a spot for each mark, by its number, and everything that is wrong.

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


def mark_tags(root: Element, part: str, allowance: Allowance) -> Scan:
    """Mark the tags of a part in place and return what was found.

    Raises :class:`TemplateError` only for a part that is too hostile to look at.
    """
    _check_characters(root, part)
    scan = Scan(part, allowance)
    places = {}
    for paragraph, where in paragraphs(root, part):
        places[paragraph] = where
        _scan_paragraph(paragraph, where, scan)
        if len(scan.problems) > MAX_PROBLEMS:
            return scan
    scan.problems.extend(scan.blocks.left_open())
    _scan_attributes(root, places, scan)
    _scan_other_texts(root, scan)
    return scan


def _check_characters(root: Element, part: str) -> None:
    text = etree.tostring(root, encoding="unicode", method="text")
    if any(character in text for character in (MARK_OPENS, MARK_CLOSES, PERCENT, BRACE)):
        raise TemplateError(
            _("{part}: the text has characters that Unicode keeps for programs.").format(part=part)
        )


def _scan_paragraph(paragraph: Element, where: str, scan: Scan) -> None:
    pieces = list(nearest(paragraph, TEXT, PARAGRAPH))
    text = "".join(piece.text or "" for piece in pieces)
    for tag in (w("instrText"), w("delText")):
        hidden = "".join(piece.text or "" for piece in nearest(paragraph, tag, PARAGRAPH))
        if _STRAY.search(hidden):
            scan.problems.append(_hidden_tag(Spot(where, around(hidden, 0, len(hidden))), tag))
    if not any(character in text for character in "{}｛｝"):
        return
    edits: dict[int, str] = {}
    end = 0
    for match in _TAG.finditer(text):
        _check_plain(text, end, match.start(), where, scan)
        end = match.end()
        spot = Spot(where, around(text, *match.span()))
        edits |= _judge_tag(paragraph, text, match, spot, scan)
        if len(scan.problems) > MAX_PROBLEMS:
            return
    scan.problems.extend(_formatting_problems(pieces, Spot(where, around(text, 0, 0))))
    _check_plain(text, end, len(text), where, scan)
    if edits:
        _apply(edits, pieces)


def _hidden_tag(spot: Spot, tag: str) -> Problem:
    if tag == w("delText"):
        return Problem(
            spot, _("a tag stands in text that is marked as deleted."), _("Accept the changes first.")
        )
    return Problem(spot, _("a tag stands in a field code."), _("Put it into the text instead."))


def _check_plain(text: str, start: int, end: int, where: str, scan: Scan) -> None:
    """Report braces outside tags: full-width ones, and tags that have only one end."""
    if scan.blocks.raw:
        return
    plain = text[start:end]
    for match in _FULL_WIDTH.finditer(plain):
        spot = Spot(where, around(text, start + match.start(), start + match.end()))
        scan.problems.append(
            Problem(spot, _("the braces of a tag are full-width."), _("Type {{ }} and {% %} in half-width."))
        )
    for match in _STRAY.finditer(plain):
        spot = Spot(where, around(text, start + match.start(), start + match.end()))
        scan.problems.append(
            Problem(
                spot,
                _("{brace} has no other end in this paragraph.").format(brace=match[0]),
                _("A tag opens and closes in one paragraph; to print braces, write {_{ and }_}."),
            )
        )


def _judge_tag(paragraph: Element, text: str, match: re.Match[str], spot: Spot, scan: Scan) -> dict[int, str]:
    """Return what has to be written in the place of single characters of ``text``, by their offset."""
    source = match[0]
    raw_before = scan.blocks.raw
    keyword = _keyword(source)
    if keyword:
        scan.problems.extend(scan.blocks.take(keyword, source, spot))
    if raw_before and scan.blocks.raw:
        return {}
    if too_large := _too_large(source, scan.allowance):
        scan.problems.append(Problem(spot, too_large))
        return {}
    head = _HEAD.match(source)
    assert head is not None  # noqa: S101  # every tag has a head
    scan.problems.extend(_problems_of_tag(paragraph, text, match, head["level"] or "", keyword, spot))
    start, end = match.start(), match.end()
    if source.startswith("{#") or keyword in ("vm", "hm"):
        return {}
    if source.startswith("{{"):
        scan.expressions.append(("{{ " + source[head.end() :], spot))
    edits = {start + head.end(): scan.mark(spot) + text[start + head.end()]}
    if head["level"] == "p" and source.startswith("{{") and not _has_more(paragraph, paragraph, text, match):
        scan.formats[len(scan.spots) - 1] = _formatting(paragraph)
        edits |= _hidden_from_patterns(text, start + head.end(), end - 2, edits)
    elif head["level"] and source.startswith("{{"):
        # A value finds out of its run by itself, and keeps its formatting.
        edits |= {start + 2 + offset: "" for offset in range(len(head["level"]))}
    elif head["level"] or "colspan" in head[0] or "cellbg" in head[0]:
        edits |= _hidden_from_patterns(text, start + head.end(), end - 2, edits)
    return edits


def _too_large(source: str, allowance: Allowance) -> str:
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


def _formatting_problems(pieces: list[Element], spot: Spot) -> Iterator[Problem]:
    """Look for formatting that no program writes: each tab in a value would repeat it."""
    for run in dict.fromkeys(piece.getparent() for piece in pieces if "{" in (piece.text or "")):
        if run is not None and len(_source(run.find(w("rPr")))) > MAX_FORMATTING:
            message = _("the formatting here has more than {limit} characters.")
            yield Problem(spot, message.format(limit=MAX_FORMATTING))


def _hidden_from_patterns(text: str, start: int, end: int, edits: dict[int, str]) -> dict[int, str]:
    """Replace % and } in a tag whose pattern in docxtpl ends at the first of them (its issue 644)."""
    replacements = {"%": PERCENT, "}": BRACE}
    hidden = {}
    for offset in range(start, end):
        if replacement := replacements.get(text[offset]):
            hidden[offset] = edits.get(offset, text[offset]).replace(text[offset], replacement)
    return hidden


def _formatting(paragraph: Element) -> tuple[str, str]:
    """Return the formatting of a paragraph and of the first text in it, as XML without declarations."""
    text = next(piece for piece in nearest(paragraph, TEXT, PARAGRAPH) if "{" in (piece.text or ""))
    return _source(paragraph.find(w("pPr"))), _source(text.getparent().find(w("rPr")))  # type: ignore[union-attr]


def _source(element: Element | None) -> str:
    if element is None:
        return ""
    return _DECLARATION.sub("", etree.tostring(element, encoding="unicode", with_tail=False))


def _keyword(source: str) -> str:
    match = _KEYWORD.match(source)
    return match[1] if match else ""


def _problems_of_tag(
    paragraph: Element, text: str, match: re.Match[str], level: str, keyword: str, spot: Spot
) -> Iterator[Problem]:
    source = match[0]
    if keyword in _LEVELS and not level:
        yield Problem(spot, _("write {{%{name} without a blank before {name}.").format(name=keyword))
    if keyword in _CELL_TAGS and ancestor(paragraph, CELL) is None:
        yield Problem(spot, _("{{% {name} %}} stands in no table.").format(name=keyword))
    if level not in _LEVELS or not source.startswith("{%"):  # a comment is meant to take its row away
        return
    holder = paragraph if level == "p" else ancestor(paragraph, _LEVELS[level])
    if holder is None:
        yield Problem(spot, _("{{%{name} %}} stands in no table.").format(name=level))
    elif _has_more(holder, paragraph, text, match):
        what = {"tr": _("row"), "tc": _("cell"), "p": _("paragraph")}[level]
        yield Problem(
            spot,
            _("what stands beside {{%{name} %}} would be lost.").format(name=level),
            _("Give the tag a {what} of its own.").format(what=what),
        )


def _has_more(holder: Element, paragraph: Element, text: str, match: re.Match[str]) -> bool:
    """Return whether a row, cell or paragraph holds anything to see besides that tag."""
    if next(holder.iter(*_LOST_WITH_A_LEVEL), None) is not None:
        return True
    others = "".join(
        piece.text or "" for piece in holder.iter(TEXT) if ancestor(piece, PARAGRAPH) is not paragraph
    )
    return bool((text[: match.start()] + text[match.end() :] + others).strip())


def _apply(edits: dict[int, str], pieces: list[Element]) -> None:
    places = deque(sorted(edits))
    offset = 0
    for piece in pieces:
        written = piece.text or ""
        kept = []
        start = 0
        while places and places[0] < offset + len(written):
            place = places.popleft()
            kept += [written[start : place - offset], edits[place]]
            start = place - offset + 1
        if start:
            piece.text = "".join((*kept, written[start:]))
        offset += len(written)


def _scan_attributes(root: Element, places: dict[Element, str], scan: Scan) -> None:
    """Mark tags in attributes, such as the description of a picture."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if "{{" not in value and "{%" not in value:
                continue
            paragraph = element if element.tag == PARAGRAPH else ancestor(element, PARAGRAPH)
            where = places.get(paragraph, scan.part)  # type: ignore[arg-type]
            spot = Spot(where, around(str(value), 0, len(value)))
            element.set(name, _with_marks(str(value), scan, spot))


def _with_marks(value: str, scan: Scan, spot: Spot) -> str:
    def marked(match: re.Match[str]) -> str:
        head = _HEAD.match(match[0])
        scan.problems.extend(_out_of_place(match[0], scan, spot))
        end = head.end() if head else 2
        return match[0][:end] + scan.mark(spot) + match[0][end:]

    return _TAG.sub(marked, value)


def _scan_other_texts(root: Element, scan: Scan) -> None:
    """Judge tags that stand in no text of a paragraph: in formulas and drawings, or where no text belongs.

    Braces at the end of one text and the beginning of the next would make a tag for docxtpl, too.
    """
    before, holder_before = "", None
    for text, holder in _texts(root):
        if holder is not holder_before and _STRAY.fullmatch(before[-1:] + text[0]):
            spot = Spot(scan.part, around(text, 0, 1))
            message = _("{brace} is divided between two paragraphs.").format(brace=before[-1:] + text[0])
            scan.problems.append(Problem(spot, message))
        before, holder_before = text, holder
        if len(scan.problems) > MAX_PROBLEMS:
            return
        if not isinstance(holder, Element):
            _judge_other_text(text, scan)


def _texts(root: Element) -> Iterator[tuple[str, object]]:
    """Yield every text that is not empty, in the order of the document, and what holds it.

    That is the paragraph for its own texts, and something that is like nothing else for all others.
    """
    for event, element in etree.iterwalk(root, events=("start", "end")):
        text = element.text if event == "start" else element.tail
        if text:
            own = event == "start" and element.tag == TEXT
            paragraph = ancestor(element, PARAGRAPH) if own else None
            yield text, object() if paragraph is None else paragraph


def _judge_other_text(text: str, scan: Scan) -> None:
    if not any(brace in text for brace in "{}"):
        return
    end = 0
    for match in _TAG.finditer(text):
        _check_plain(text, end, match.start(), scan.part, scan)
        end = match.end()
        scan.problems.extend(_out_of_place(match[0], scan, Spot(scan.part, around(text, *match.span()))))
    _check_plain(text, end, len(text), scan.part, scan)


def _out_of_place(source: str, scan: Scan, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with a tag outside of the texts of paragraphs."""
    head = _HEAD.match(source)
    if too_large := _too_large(source, scan.allowance):
        yield Problem(spot, too_large)
    if (head and head["level"]) or _keyword(source) in _CELL_TAGS:
        # docxtpl's patterns would look for the end of its row through the whole document, for each such tag.
        yield Problem(spot, _("this tag only works in the text of a paragraph."))
