"""Mending what is certain: tags that can only be meant in one way, and the head of a table."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from lxml import etree

from docsmith.template.compiling.opening import parts_with_text
from docsmith.template.dialect.blocks import as_meant
from docsmith.template.dialect.mistyped import mistyped, with_letters
from docsmith.template.dialect.places import Located, located
from docsmith.template.dialect.scan import QUOTES, keyword_of, tags_in
from docsmith.template.dialect.syntax import is_readable, prints_list
from docsmith.template.dialect.tags import apply
from docsmith.template.linting.tables import head_rows
from docsmith.template.package.admission import read_xml
from docsmith.template.package.archive import Entry, FixedBlock, write_package
from docsmith.template.package.oxml import PARAGRAPH, TABLE, TEXT, Element, nearest, serialise, w
from docsmith.template.package.reading import read_package
from docsmith.template.problems import around

_QUOTED = "\"'"
_ALSO_MEANT = {"。": ".", "、": ",", "—": "-", "–": "-", "−": "-", "【": "[", "】": "]", "《": "<", "》": ">"}


class Repair(NamedTuple):
    """Something that can be mended: where the mistakes are, the text there, their codes, and how."""

    where: str
    text: str
    codes: tuple[str, ...]
    do: Callable[[], None]


def mended(data: bytes) -> bytes:
    """Return the template with everything mended that is certain; the same bytes where nothing is.

    Raises :class:`docsmith.errors.TemplateError` for what is no template.
    """
    parts = dict(read_package(data, ""))
    named = list(parts_with_text(read_xml(parts, ""), ""))
    changed = False
    for part, label in named:
        root = etree.fromstring(parts[part], etree.XMLParser(resolve_entities=False, no_network=True))
        found = list(repairs(list(located(root, label))))
        for repair in found:
            repair.do()
        if found:
            parts[part], changed = serialise(root), True
    if not changed:
        return data
    return write_package(FixedBlock.of(Entry.once(name, content) for name, content in parts.items()), ())


def repairs(places: Sequence[Located]) -> Iterator[Repair]:
    """Yield everything in a part that can be mended for certain; nothing where text is taken literally."""
    for element, where, _numbers in places:
        if element.tag == TABLE:
            if rows := head_rows(element):
                text = _text(nearest(rows[0], TEXT))
                yield Repair(where, around(text, 0, len(text)), ("no-header-repeat",), partial(_repeat, rows))
            continue
        pieces = list(nearest(element, TEXT, PARAGRAPH))
        text = _text(pieces)
        if "{% raw" in text:
            return
        yield from _of_paragraph(text, pieces, where)


def _of_paragraph(text: str, pieces: Sequence[Element], where: str) -> Iterator[Repair]:
    """Yield the repairs of a paragraph, the last first: what stands before them keeps its offset."""
    found: list[_Change] = []
    last = 0
    for match in tags_in(text):
        found += _of_plain(text, last, match.start())
        last = match.end()
        found += [_Change(*match.span(), meant, (code,)) for code, meant in _corrections(match[0])]
    found += _of_plain(text, last, len(text))
    for change in reversed(found):
        start, end, meant, codes = change
        edits = _edits(text, start, end, meant)
        yield Repair(where, around(text, start, end), codes, partial(apply, edits, pieces))


class _Change(NamedTuple):
    start: int
    end: int
    meant: str
    codes: tuple[str, ...]


def _of_plain(text: str, start: int, end: int) -> Iterator[_Change]:
    """Yield what is meant by the tags in a text that has no proper one."""
    for one in mistyped(text[start:end]):
        if not one.meant:
            continue
        code = "full-width" if one.full_width else "blank-in-braces"
        codes: tuple[str, ...] = (code,)
        meant = one.meant
        for other, better in _corrections(one.meant):
            codes, meant = (code, other), better
        if is_readable(meant):
            yield _Change(start + one.start, start + one.end, meant, codes)


def _text(pieces: Iterable[Element]) -> str:
    return "".join(piece.text or "" for piece in pieces)


def _corrections(source: str) -> Iterator[tuple[str, str]]:
    """Yield for a tag the code of what is wrong with it, and how it is meant, if that is certain."""
    keyword = keyword_of(source)
    if (meant := as_meant(keyword)) != keyword:
        spelled = source.replace(keyword, meant, 1)
        if is_readable(spelled):
            yield "unknown-tag", spelled
        return
    lettered = with_letters(source)
    if lettered != source and is_readable(lettered):
        yield "letters-and-blanks", lettered
    elif not is_readable(source):
        half_width = _half_width(source)
        if is_readable(half_width) and not prints_list(half_width):
            yield "wrong-character", half_width
    elif source.translate(QUOTES) != source:
        yield "smart-quotes", source.translate(QUOTES)


def _half_width(source: str) -> str:
    """Return a tag with the punctuation of code: full-width outside of quotation marks, invisible nowhere."""
    written, quote = [], ""
    for character in source.translate(QUOTES):
        if not quote:
            plain = _ALSO_MEANT.get(character) or unicodedata.normalize("NFKC", character)
            character = plain if len(plain) == 1 and (plain.isascii() or plain == character) else character
            if unicodedata.category(character) == "Cf":
                continue
        if character in _QUOTED and quote in ("", character):
            quote = "" if quote else character
        written.append(character)
    return "".join(written)


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
