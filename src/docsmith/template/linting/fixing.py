"""Mending what is certain: tags that can only be meant in one way, and the head of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from lxml import etree

from docsmith.template.compiling.opening import parts_with_text
from docsmith.template.dialect.blocks import OpenBlocks
from docsmith.template.dialect.mistyped import QUOTES, half_width, mistyped, with_letters
from docsmith.template.dialect.places import Located, located
from docsmith.template.dialect.scan import HEAD, keyword_of, tags_in
from docsmith.template.dialect.syntax import is_readable, prints_list
from docsmith.template.dialect.tags import apply
from docsmith.template.linting.mistakes import Change, Whereabouts
from docsmith.template.linting.tables import head_rows, text_of
from docsmith.template.package.admission import read_xml
from docsmith.template.package.archive import Entry, FixedBlock, write_package
from docsmith.template.package.oxml import TABLE, Element, serialise, w
from docsmith.template.package.reading import read_package
from docsmith.template.problems import Passage, Spot


class Repair(NamedTuple):
    """Something that can be mended: where it is, the codes of its mistakes, what is written, and how.

    ``before`` and ``after`` are a tag; both are the same where something else is mended.
    """

    place: Located
    spot: Spot
    codes: tuple[str, ...]
    before: str
    after: str
    do: Callable[[], None]


class Mended(NamedTuple):
    """A template, and what was changed in it, part by part from its beginning to its end."""

    data: bytes
    changes: tuple[Change, ...]


def mended(data: bytes) -> Mended:
    """Return the template with everything mended that is certain; the same bytes where nothing is.

    Raises :class:`docsmith.errors.TemplateError` for what is no template.
    """
    parts = dict(read_package(data, ""))
    named = list(parts_with_text(read_xml(parts, ""), ""))
    changes: list[Change] = []
    for part, label in named:
        root = etree.fromstring(parts[part], etree.XMLParser(resolve_entities=False, no_network=True))
        found = list(repairs(list(located(root, label))))
        for repair in found:
            repair.do()
        if found:
            parts[part] = serialise(root)
        changes += [_change(one, label) for one in sorted(found, key=lambda one: one.spot.at)]
    if not changes:
        return Mended(data, ())
    entries = (Entry.once(name, content) for name, content in parts.items())
    return Mended(write_package(FixedBlock.of(entries), ()), tuple(changes))


def _change(repair: Repair, part: str) -> Change:
    place = Whereabouts(repair.spot.where, part, text=repair.spot.text, **repair.place.numbers)
    return Change(place, repair.codes, repair.before, repair.after)


def repairs(places: Sequence[Located]) -> Iterator[Repair]:
    """Yield everything in a part that can be mended for certain; nothing where text is taken literally."""
    blocks = OpenBlocks()
    for place in places:
        if place.element.tag == TABLE:
            if rows := head_rows(place):
                passage = Passage(place.where, text_of(rows[0]), place.at)
                same = passage.text
                yield Repair(
                    place, passage.whole(), ("no-header-repeat",), same, same, partial(_repeat, rows)
                )
            continue
        pieces = place.pieces
        passage = place.passage_of(pieces)
        if "{% raw" in passage.text:
            return
        # The last first: what stands before it keeps its offset.
        for start, end, meant, codes in reversed(list(_changes(passage.text, blocks))):
            edits = _edits(passage.text, start, end, meant)
            before = passage.text[start:end]
            yield Repair(place, passage.spot(start, end), codes, before, meant, partial(apply, edits, pieces))


class _Meant(NamedTuple):
    """How a part of a text is meant, and the codes of what is wrong with it."""

    start: int
    end: int
    source: str
    codes: tuple[str, ...]


def _changes(text: str, blocks: OpenBlocks) -> Iterator[_Meant]:
    """Yield what is mended in a paragraph, in its order."""
    last = 0
    for match in tags_in(text):
        yield from _of_plain(text, last, match.start(), blocks)
        last = match.end()
        source, codes = _corrected(match[0], blocks)
        if codes:
            yield _Meant(*match.span(), source, codes)
    yield from _of_plain(text, last, len(text), blocks)


def _of_plain(text: str, start: int, end: int, blocks: OpenBlocks) -> Iterator[_Meant]:
    """Yield what is meant by the tags in a text that has no proper one."""
    for one in mistyped(text[start:end]):
        if one.meant:
            source, codes = _corrected(one.meant, blocks)
            if is_readable(source):
                yield _Meant(start + one.start, start + one.end, source, (one.code, *codes))


def _corrected(source: str, blocks: OpenBlocks) -> tuple[str, tuple[str, ...]]:
    """Return how a tag is meant, and the codes of what was wrong; the same tag, and none, if not certain."""
    meant, codes = with_letters(source), []
    if meant != source:
        codes.append("letters-and-blanks")
    if keyword := keyword_of(meant):
        known, head = blocks.meant(keyword), HEAD.match(meant)
        for _problem in blocks.take(keyword, meant, Spot(""), (head and head["level"]) or ""):
            pass  # the linter tells
        if known != keyword:
            meant = meant.replace(keyword, known, 1)
            codes.append("unknown-tag")
    if not is_readable(meant):
        meant = half_width(meant)
        codes.append("wrong-character")
        if not is_readable(meant) or prints_list(meant):
            return source, ()
    elif meant.translate(QUOTES) != meant:
        meant = meant.translate(QUOTES)
        codes.append("smart-quotes")
    return meant, tuple(codes)


def _edits(text: str, start: int, end: int, meant: str) -> Mapping[int, str]:
    """Return the characters to write, so that each run of the paragraph keeps what it can of its own."""
    if len(meant) == end - start:
        return {start + at: new for at, new in enumerate(meant) if text[start + at] != new}
    same = next((at for at, pair in enumerate(zip(text[start:end], meant)) if pair[0] != pair[1]), 0)
    tail = 0
    while tail < min(end - start, len(meant)) - same and text[end - 1 - tail] == meant[len(meant) - 1 - tail]:
        tail += 1
    edits = dict.fromkeys(range(start + same, end - tail), "")
    return {**edits, start + same: meant[same : len(meant) - tail] + ("" if edits else text[start + same])}


def _repeat(rows: Iterable[Element]) -> None:
    for row in rows:
        properties = row.find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            exceptions = row.find(w("tblPrEx"))
            row.insert(0 if exceptions is None else row.index(exceptions) + 1, properties)
        head = properties.find(w("tblHeader"))
        if head is None:
            properties.append(etree.Element(w("tblHeader")))
        else:
            head.attrib.clear()
