"""Tags that stand in no text of a paragraph: in attributes, drawings, formulas, or where no text belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.template.dialect.scan import (
    CELL_TAGS,
    HEAD,
    STRAY,
    TAG,
    Scan,
    check_plain,
    keyword_of,
    too_large,
)
from docsmith.template.limits import MAX_PROBLEMS
from docsmith.template.package.oxml import PARAGRAPH, TEXT, Element, ancestor, w
from docsmith.template.problems import Passage, Problem, Spot


def scan_attributes(root: Element, places: dict[Element, str], scan: Scan) -> None:
    """Mark tags in attributes, such as the description of a picture."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if "{{" not in value and "{%" not in value:
                continue
            paragraph = element if element.tag == PARAGRAPH else ancestor(element, PARAGRAPH)
            where = places.get(paragraph, scan.part)  # type: ignore[arg-type]
            spot = Passage(where, str(value)).whole()
            element.set(name, _with_marks(str(value), scan, spot))


def _with_marks(value: str, scan: Scan, spot: Spot) -> str:
    def marked(match: re.Match[str]) -> str:
        head = HEAD.match(match[0])
        scan.problems.extend(_out_of_place(match[0], scan, spot))
        end = head.end() if head else 2
        return match[0][:end] + scan.mark(spot) + match[0][end:]

    return TAG.sub(marked, value)


def scan_other_texts(root: Element, scan: Scan) -> None:
    """Judge tags that stand in no text of a paragraph: in formulas and drawings, or where no text belongs.

    Braces at the end of one text and the beginning of the next would make a tag for docxtpl, too.
    """
    before, holder_before = "", None
    for text, holder in _texts(root):
        if holder is not holder_before and STRAY.fullmatch(before[-1:] + text[0]):
            spot = Passage(scan.part, text).spot(0, 1)
            message = _("{brace} is divided between two paragraphs.").format(brace=before[-1:] + text[0])
            scan.problems.append(Problem(spot, message, code="tag-over-paragraphs"))
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
    passage = Passage(scan.part, text)
    end = 0
    for match in TAG.finditer(text):
        _judge_plain(passage, end, match.start(), scan)
        end = match.end()
        scan.problems.extend(_out_of_place(match[0], scan, passage.spot(*match.span())))
    _judge_plain(passage, end, len(text), scan)


def _judge_plain(passage: Passage, start: int, end: int, scan: Scan) -> None:
    for found, spot in check_plain(passage, start, end, scan):
        scan.add(found.meant, keyword_of(found.meant), spot)


def _out_of_place(source: str, scan: Scan, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with a tag outside of the texts of paragraphs."""
    head = HEAD.match(source)
    if wrong := too_large(source, scan.allowance):
        yield Problem(spot, wrong, code="template-too-large")
    if (head and head["level"]) or keyword_of(source) in CELL_TAGS:
        # docxtpl's patterns would look for the end of its row through the whole document, for each such tag.
        message = _("this tag only works in the text of a paragraph.")
        yield Problem(spot, message, code="tag-not-in-text")


def hidden_tag(spot: Spot, tag: str) -> Problem:
    """Return what is wrong with a tag in an element that no text of the document comes from."""
    if tag == w("delText"):
        return Problem(
            spot,
            _("a tag stands in text that is marked as deleted."),
            _("Accept the changes first."),
            "tag-deleted",
        )
    return Problem(
        spot, _("a tag stands in a field code."), _("Put it into the text instead."), "tag-in-field-code"
    )
