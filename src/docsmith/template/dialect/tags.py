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
from docsmith.template.dialect.merging import merge_cells, note_merge, problems_of_merges
from docsmith.template.dialect.mistyped import with_letters
from docsmith.template.dialect.outside import hidden_tag, scan_attributes, scan_other_texts
from docsmith.template.dialect.places import paragraphs
from docsmith.template.dialect.rooms import photo_room
from docsmith.template.dialect.scan import (
    BRACE,
    BRACES,
    CELL_TAGS,
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
    too_large,
)
from docsmith.template.language.merging import PREFIX
from docsmith.template.limits import MAX_FORMATTING, MAX_PROBLEMS
from docsmith.template.package.oxml import CELL, PARAGRAPH, ROW, TEXT, Element, ancestor, nearest, w
from docsmith.template.problems import Problem, Spot, around

_COMMENT = re.compile(r"\{#(?:(?!#\}).)*#\}", re.DOTALL)
_DECLARATION = re.compile(r'\sxmlns(?::\w+)?="[^"]*"')
_LEVELS = {"tr": ROW, "tc": CELL, "p": PARAGRAPH}
_LOST_WITH_A_LEVEL = (w("drawing"), w("pict"), w("object"), w("sectPr"))


def mark_tags(root: Element, part: str, allowance: Allowance) -> Scan:
    """Mark the tags of a part in place and return what was found.

    Raises :class:`TemplateError` only for a part that is too hostile to look at.
    """
    _check_characters(root, part)
    scan = Scan(part, allowance)
    places = {}
    for paragraph, where, _numbers in paragraphs(root, part):
        places[paragraph] = where
        _scan_paragraph(paragraph, where, scan)
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


def _scan_paragraph(paragraph: Element, where: str, scan: Scan) -> None:
    pieces = list(nearest(paragraph, TEXT, PARAGRAPH))
    text = "".join(piece.text or "" for piece in pieces)
    for tag in (w("instrText"), w("delText")):
        hidden = "".join(piece.text or "" for piece in nearest(paragraph, tag, PARAGRAPH))
        if STRAY.search(hidden):
            scan.problems.append(hidden_tag(Spot(where, around(hidden, 0, len(hidden))), tag))
    if not any(character in text for character in BRACES):
        return
    edits: dict[int, str] = {}
    end = 0
    for match in tags_in(text):
        check_plain(text, end, match.start(), where, scan)
        end = match.end()
        spot = Spot(where, around(text, *match.span()))
        edits |= _judge_tag(paragraph, text, match, spot, scan)
        if len(scan.problems) > MAX_PROBLEMS:
            return
    scan.problems.extend(_formatting_problems(pieces, Spot(where, around(text, 0, 0))))
    check_plain(text, end, len(text), where, scan)
    if edits:
        apply(edits, pieces)


def _judge_tag(paragraph: Element, text: str, match: re.Match[str], spot: Spot, scan: Scan) -> dict[int, str]:
    """Return what has to be written in the place of single characters of ``text``, by their offset."""
    source = match[0]
    raw_before = scan.blocks.raw
    meant = with_letters(source)
    keyword = keyword_of(meant)
    head, head_meant = HEAD.match(source), HEAD.match(meant)
    assert head is not None  # noqa: S101  # every tag has a head
    assert head_meant is not None  # noqa: S101
    if keyword:
        scan.problems.extend(scan.blocks.take(keyword, meant, spot, head_meant["level"] or ""))
    if raw_before and scan.blocks.raw:
        return {}
    if wrong := too_large(source, scan.allowance):
        scan.problems.append(Problem(spot, wrong, code="template-too-large"))
        return {}
    if meant != source:
        message = _("a blank is wrong before tr, tc, p or r, or missing after it.")
        scan.problems.append(
            Problem(spot, message, _("Write {tag}.").format(tag=meant), "letters-and-blanks")
        )
        scan.add(meant, keyword, spot)
        return {}
    scan.problems.extend(_problems_of_tag(paragraph, text, match, head["level"] or "", keyword, spot))
    start, end = match.start(), match.end()
    scan.problems.extend(_outside_loop(keyword, spot, scan))
    if keyword in MERGE_TAGS:
        note_merge(paragraph, source, spot, scan)
        return dict.fromkeys(range(start, end), "")
    scan.add(source, keyword, spot)
    if source.startswith("{#") or keyword in ("vm", "hm"):
        return {}
    edits = {start + head.end(): scan.mark(spot) + text[start + head.end()]}
    edits |= {start + offset: code for offset, code in photo_room(paragraph, source, spot, scan).items()}
    if head["level"] == "p" and source.startswith("{{") and not _has_more(paragraph, paragraph, text, match):
        scan.formats[len(scan.spots) - 1] = _formatting(paragraph)
        edits |= _hidden_from_patterns(text, start + head.end(), end - 2, edits)
    elif head["level"] and source.startswith("{{"):
        # A value finds out of its run by itself, and keeps its formatting.
        edits |= {start + 2 + offset: "" for offset in range(len(head["level"]))}
    elif head["level"] or "colspan" in head[0] or "cellbg" in head[0]:
        edits |= _hidden_from_patterns(text, start + head.end(), end - 2, edits)
    return edits


def _outside_loop(keyword: str, spot: Spot, scan: Scan) -> Iterator[Problem]:
    if keyword in ("vm", "hm", *MERGE_TAGS) and not scan.blocks.in_loop:
        message = _("{{% {name} %}} stands in no loop.").format(name=keyword)
        hint = _("It belongs between {%tr for … %} and {%tr endfor %}.")
        yield Problem(spot, message, hint, "outside-loop")


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


def _problems_of_tag(
    paragraph: Element, text: str, match: re.Match[str], level: str, keyword: str, spot: Spot
) -> Iterator[Problem]:
    source = match[0]
    if PREFIX in source and not source.startswith("{#"):
        message = _("names that begin with {prefix} are docsmith's own.").format(prefix=PREFIX)
        yield Problem(spot, message, code="not-available")
    if keyword in CELL_TAGS and ancestor(paragraph, CELL) is None:
        message = _("{{% {name} %}} stands in no table.").format(name=keyword)
        yield Problem(spot, message, code="outside-table")
    if level not in _LEVELS or not source.startswith("{%"):  # a comment is meant to take its row away
        return
    holder = paragraph if level == "p" else ancestor(paragraph, _LEVELS[level])
    if holder is None:
        message = _("{{%{name} %}} stands in no table.").format(name=level)
        yield Problem(spot, message, code="outside-table")
    elif _has_more(holder, paragraph, text, match):
        what = {"tr": _("row"), "tc": _("cell"), "p": _("paragraph")}[level]
        yield Problem(
            spot,
            _("what stands beside {{%{name} %}} would be lost.").format(name=level),
            _("Give the tag a {what} of its own.").format(what=what),
            "text-lost",
        )


def _has_more(holder: Element, paragraph: Element, text: str, match: re.Match[str]) -> bool:
    """Return whether a row, cell or paragraph holds anything to see besides that tag."""
    if next(holder.iter(*_LOST_WITH_A_LEVEL), None) is not None:
        return True
    others = "".join(
        piece.text or "" for piece in holder.iter(TEXT) if ancestor(piece, PARAGRAPH) is not paragraph
    )
    return bool(_COMMENT.sub("", text[: match.start()] + text[match.end() :] + others).strip())


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
