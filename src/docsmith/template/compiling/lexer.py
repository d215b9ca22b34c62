"""XML read in pieces: what a template's constant text says, while values stand between the pieces.

The text is what lxml serialised and docxtpl rewrote, so only a small part of XML occurs: no comments, no
processing instructions, attributes in double quotes. Anything else is :class:`Unprovable`, and the part is
then parsed after each rendering.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ATTRIBUTES = r'(?P<attributes>(?:\s+[\w:.-]+="[^"<]*")*)'
_OPENS_VALUE = r'\s+(?P<open>[\w:.-]+)="(?P<value>[^"<]*)\Z'
_TOKEN = re.compile(
    rf"(?P<text>[^<]+)|</(?P<end>[\w:.-]+)\s*>|<(?P<start>[\w:.-]+){_ATTRIBUTES}(?:\s*(?P<close>/?)>|{_OPENS_VALUE})"
)
_REST = re.compile(rf'(?P<rest>[^"<]*)(?:\Z|"{_ATTRIBUTES}(?:\s*(?P<close>/?)>|{_OPENS_VALUE}))')
_ATTRIBUTE = re.compile(r'\s+([\w:.-]+)="([^"]*)"')


class Unprovable(Exception):  # noqa: N818  # no error: the document is made by the slower way
    """It cannot be said before the rendering what the XML will be; the message says why, for developers."""


@dataclass(frozen=True, slots=True)
class Text:
    """Character data, as it is written (``&amp;``)."""

    source: str


@dataclass(frozen=True, slots=True)
class EndTag:
    """``</w:p>``."""

    name: str


@dataclass(frozen=True, slots=True)
class StartTag:
    """A start tag that is complete: ``<w:p w14:paraId="…">``."""

    source: str
    name: str
    attributes: dict[str, str]
    empty: bool


@dataclass(frozen=True, slots=True)
class OpenTag:
    """A start tag, or a piece of one, that ends inside the value of an attribute: ``<w:shd w:fill="``."""

    source: str
    name: str
    attributes: dict[str, str]
    attribute: str


@dataclass(frozen=True, slots=True)
class RestOfTag:
    """A piece that stands in an attribute's value at its beginning, and outside the tag at its end."""

    source: str
    attributes: dict[str, str]
    empty: bool


Token = Text | EndTag | StartTag | OpenTag | RestOfTag


def tokens(source: str, within: str = "") -> Iterator[tuple[int, Token]]:
    """Yield what a piece of XML consists of, each with its offset.

    ``within`` is the name of the element whose start tag is open at the beginning: the piece then begins
    inside the value of one of its attributes. Raises :class:`Unprovable`.
    """
    position = 0
    if within:
        match = _REST.match(source)
        if not match:
            raise Unprovable(f"in the tag {within}: {source[:60]!r}")
        position = match.end()
        yield 0, _rest(match, within)
    while position < len(source):
        match = _TOKEN.match(source, position)
        if not match:
            raise Unprovable(f"no tag: {source[position : position + 60]!r}")
        yield position, _token(match)
        position = match.end()


def _token(match: re.Match[str]) -> Token:
    if match["text"]:
        return Text(match["text"])
    if match["end"]:
        return EndTag(match["end"])
    attributes = _attributes(match)
    if match["open"]:
        return OpenTag(match[0], match["start"], attributes, match["open"])
    return StartTag(match[0], match["start"], attributes, bool(match["close"]))


def _rest(match: re.Match[str], name: str) -> OpenTag | RestOfTag:
    if match["open"]:
        return OpenTag(match[0], name, _attributes(match), match["open"])
    if match["close"] is None:
        return OpenTag(match[0], name, {}, "")
    return RestOfTag(match[0], _attributes(match), bool(match["close"]))


def _attributes(match: re.Match[str]) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(match["attributes"] or ""))
