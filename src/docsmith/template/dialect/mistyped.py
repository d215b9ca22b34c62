"""Tags that a hasty hand has typed: ``｛｛ 支部 ｝｝``, ``{％ if x %｝``, ``{% tr for … %}``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BRACES, _SIGNS, _ENDS = "{｛﹛", "{｛﹛%％﹪#＃", "}｝﹜%％﹪#＃"
_CLOSING = "}｝﹜"
_HALF_WIDTH = str.maketrans("｛﹛｝﹜％﹪＃", "{{}}%%#")
_OPENS = rf"[{_BRACES}]\s*[{_SIGNS}]"
_CLOSES = rf"[{_ENDS}]\s*[{_CLOSING}]"
_TAG = re.compile(
    rf"(?P<opens>{_OPENS})(?P<inner>(?:(?!{_OPENS}|{_CLOSES}).)*)(?P<closes>{_CLOSES})", re.DOTALL
)
# What has no other end; a single full-width brace, and ％｝ alone, may be meant as they are.
_HALF = re.compile(r"(?!\{[{%])[{｛﹛][{｛﹛%％﹪]|(?!\}\})[}｝﹜][}｝﹜]")
_STATEMENTS = "if|elif|else|endif|for|endfor|set|endset|with|endwith"
_LETTERS = re.compile(
    rf"\{{(?:%\s+(tr|tc|p|r)\s+(?={_STATEMENTS})|\{{\s+(r|p)\s+(?=\w)|%(tr|tc|p|r)(?={_STATEMENTS}))"
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|‘[^’]*’")
_BEGIN, _END = re.compile(_OPENS), re.compile(_CLOSES)
_PAIRS = frozenset({("{{", "}}"), ("{%", "%}"), ("{#", "#}")})


class Mistyped(NamedTuple):
    """A tag, or one end of it, that is typed wrongly: where in the text, and how it should be written.

    ``meant`` is empty where the other end is missing; ``full_width`` says that its braces are those of
    Chinese punctuation, and not only apart.
    """

    start: int
    end: int
    meant: str
    full_width: bool


def mistyped(text: str) -> Iterator[Mistyped]:
    """Yield what is meant as a tag in a text that has no proper one."""
    last = 0
    for match in _TAG.finditer(text):
        opens, closes = (_plain(match[end]) for end in ("opens", "closes"))
        written = match["opens"] + match["closes"]
        if (opens, closes) not in _PAIRS or written == opens + closes:
            continue
        yield from _halves(text, last, match.start())
        last = match.end()
        yield Mistyped(*match.span(), opens + match["inner"] + closes, not written.isascii())
    yield from _halves(text, last, len(text))


def ends_before(source: str) -> bool:
    """Return whether what looks like one tag is two, of which the first has a mistyped end.

    ``{{ 甲 }｝，{｛ 乙 }}``: what stands between them is text of the document.
    """
    if source.startswith("{#"):
        return False
    bare = _QUOTED.sub("0", source[2:-2])
    end = _END.search(bare)
    return end is not None and _BEGIN.search(bare, end.end()) is not None


def with_letters(source: str) -> str:
    """Return a tag with docxtpl's letters where they belong: ``{% tr for …``, ``{%trfor …``."""
    match = _LETTERS.match(source)
    if match is None:
        return source
    return f"{source[:2]}{match[match.lastindex or 0]} {source[match.end() :]}"


def _halves(text: str, start: int, end: int) -> Iterator[Mistyped]:
    for match in _HALF.finditer(text, start, end):
        yield Mistyped(*match.span(), "", full_width=True)


def _plain(end: str) -> str:
    return "".join(end.split()).translate(_HALF_WIDTH)
