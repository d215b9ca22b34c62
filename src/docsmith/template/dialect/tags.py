"""The tags of a part as a person wrote them: found, judged, and marked so that errors know their place.

Word splits what a person typed into runs; a tag is therefore looked for in the whole text of its paragraph.
Each gets a mark, two characters that no document has around its number, which survives docxtpl's rewriting
of the XML and ends up as a line of the Jinja source (:mod:`docsmith.template.dialect.source`).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.template.compiling.complexity import Allowance
from docsmith.template.dialect.columns import forget_columns
from docsmith.template.dialect.following import Written, divided, follow, lost_beside
from docsmith.template.dialect.merging import merge_cells, note_merge, problems_of_merges
from docsmith.template.dialect.mistyped import with_letters
from docsmith.template.dialect.outside import hidden_tag, scan_attributes, scan_other_texts
from docsmith.template.dialect.places import Located, paragraphs
from docsmith.template.dialect.rooms import photo_room
from docsmith.template.dialect.scan import (
    BRACE,
    BRACES,
    HEAD,
    MERGE_TAGS,
    OUR_OWN,
    PERCENT,
    STRAY,
    Scan,
    check_plain,
    join_halves,
    keyword_of,
    tags_in,
)
from docsmith.template.limits import MAX_FORMATTING, MAX_PROBLEMS
from docsmith.template.package.oxml import PARAGRAPH, TEXT, Element, nearest, w
from docsmith.template.problems import Passage, Problem, Spot

_DECLARATION = re.compile(r'\sxmlns(?::\w+)?="[^"]*"')


def mark_tags(root: Element, part: str, allowance: Allowance) -> Scan:
    """Mark the tags of a part in place and return what was found.

    Raises :class:`TemplateError` only for a part that is too hostile to look at.
    """
    _check_characters(root, part)
    scan = Scan(part, allowance)
    places = {}
    for one in paragraphs(root, part):
        places[one.element] = one.where
        _scan_paragraph(one, scan)
        if len(scan.problems) > MAX_PROBLEMS:
            return scan
    join_halves(scan)
    scan.problems.extend(scan.blocks.left_open())
    scan_attributes(root, places, scan)
    scan_other_texts(root, scan)
    scan.problems.extend(problems_of_merges(scan))
    if not scan.problems:
        if any(tag.level == "tc" for tag in scan.tags):
            forget_columns(root)
        merge_cells(scan)
    return scan


def _check_characters(root: Element, part: str) -> None:
    text = etree.tostring(root, encoding="unicode", method="text")
    if any(character in text for character in OUR_OWN):
        raise TemplateError(
            _("{part}: the text has characters that Unicode keeps for programs.").format(part=part)
        )


def _scan_paragraph(place: Located, scan: Scan) -> None:
    pieces = place.pieces
    passage = place.passage_of(pieces)
    for tag in (w("instrText"), w("delText")):
        hidden = place.passage_of(nearest(place.element, tag, PARAGRAPH))
        if STRAY.search(hidden.text):
            scan.problems.append(hidden_tag(hidden.whole(), tag))
    if not any(character in passage.text for character in BRACES):
        return
    edits: dict[int, str] = {}
    end = 0
    scan.problems.extend(divided(passage, pieces))
    for match in tags_in(passage.text):
        _judge_plain(place.element, passage, end, match.start(), scan)
        end = match.end()
        edits |= _judge_tag(place.element, passage, match, scan)
        if len(scan.problems) > MAX_PROBLEMS:
            return
    scan.problems.extend(_formatting_problems(pieces, passage.spot(0, 0)))
    _judge_plain(place.element, passage, end, len(passage.text), scan)
    if edits:
        apply(edits, pieces)


def _judge_plain(paragraph: Element, passage: Passage, start: int, end: int, scan: Scan) -> None:
    """Judge what stands between tags; one with mistyped braces is looked at as it is meant."""
    for found, spot in check_plain(passage, start, end, scan):
        follow(Written(found.meant, passage.text, found.start, found.end, spot, paragraph), scan)


def _judge_tag(paragraph: Element, passage: Passage, match: re.Match[str], scan: Scan) -> dict[int, str]:
    """Return what has to be written in the place of single characters of the text, by their offset."""
    source, text, (start, end) = match[0], passage.text, match.span()
    spot = passage.spot(start, end)
    lettered = with_letters(source)
    if lettered != source and not scan.blocks.raw:
        message = _("a blank is wrong before tr, tc, p or r, or missing after it.")
        hint = _("Write {tag}.").format(tag=lettered)
        scan.problems.append(Problem(spot, message, hint, "letters-and-blanks"))
    raw_before = scan.blocks.raw
    written = Written(lettered, text, start, end, spot, paragraph)
    keyword = follow(written, scan)
    if (raw_before and scan.blocks.raw) or lettered != source or keyword != keyword_of(source):
        return {}
    if keyword in MERGE_TAGS:
        note_merge(paragraph, source, spot, scan)
        return dict.fromkeys(range(start, end), "")
    if source.startswith("{#") or keyword in ("vm", "hm"):
        return {}
    head = HEAD.match(source)
    assert head is not None  # noqa: S101  # every tag has a head
    edits = {start + head.end(): scan.mark(spot) + text[start + head.end()]}
    edits |= {start + offset: code for offset, code in photo_room(paragraph, source, spot, scan).items()}
    if head["level"] == "p" and source.startswith("{{") and not any(lost_beside(written, paragraph)):
        scan.formats[len(scan.spots) - 1] = _formatting(paragraph)
        edits |= _hidden_from_patterns(text, start + head.end(), end - 2, edits)
    elif head["level"] and source.startswith("{{"):
        # A value finds out of its run by itself, and keeps its formatting.
        edits |= {start + 2 + offset: "" for offset in range(len(head["level"]))}
    elif head["level"] or "colspan" in head[0] or "cellbg" in head[0]:
        edits |= _hidden_from_patterns(text, start + head.end(), end - 2, edits)
    return edits


def _formatting_problems(pieces: list[Element], spot: Spot) -> Iterator[Problem]:
    """Look for formatting that no program writes: each tab in a value would repeat it."""
    for run in dict.fromkeys(piece.getparent() for piece in pieces if "{" in (piece.text or "")):
        if run is not None and len(_source(run.find(w("rPr")))) > MAX_FORMATTING:
            message = _("the formatting here has more than {limit} characters.")
            yield Problem(spot, message.format(limit=MAX_FORMATTING), code="template-too-large")


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


def apply(edits: Mapping[int, str], pieces: Sequence[Element]) -> None:
    """Write in the place of single characters of the text that some ``w:t`` hold together, by offset."""
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
