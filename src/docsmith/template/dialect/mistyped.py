"""Tags of a hasty hand: ``｛｛ 支部 ｝｝``, ``{％ if x %｝``, ``{{{ 支部 }}}``, ``{% tr for … %}``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_BRACES, _SIGNS, _ENDS = "{｛﹛", "{｛﹛%％﹪#＃", "}｝﹜%％﹪#＃"
_CLOSING = "}｝﹜"
_HALF_WIDTH = str.maketrans("｛﹛｝﹜％﹪＃", "{{}}%%#")
_APART = r"[\s\u200b-\u200d\u2060\ufeff]*"
_OPENS = rf"[{_BRACES}]{_APART}[{_SIGNS}]"
_CLOSES = rf"[{_ENDS}]{_APART}[{_CLOSING}]"
_TAG = re.compile(
    rf"(?P<opens>{_OPENS})(?P<more>[{{｛﹛]{{1,8}}+(?![{{｛﹛])(?=(?:(?!{_OPENS})[^:：}}｝﹜])*+{_CLOSES}))?"
    rf"(?P<inner>(?:(?!{_OPENS}|{_CLOSES}).)*)(?P<closes>{_CLOSES})(?(more)[}}｝﹜]*)",
    re.DOTALL,
)
# {{{ 支部 }}}: in a tag that is right, a third brace opens a mapping, which has a colon.
_TOO_MANY = re.compile(r"\{{3}[^{}:]*\}\}")
# What has no other end; a single full-width brace, and ％｝ alone, may be meant as they are.
_HALF = re.compile(r"(?!\{[{%])[{｛﹛][{｛﹛%％﹪]|(?!\}\})[}｝﹜][}｝﹜]")
_STATEMENTS = "if|elif|else|endif|for|endfor|set|endset|with|endwith"
_LETTERS = re.compile(
    rf"\{{(?:%\s+(tr|tc|p|r)\s+(?={_STATEMENTS})|\{{\s+(r|p)\s+(?=\w)|%(tr|tc|p|r)(?={_STATEMENTS}))"
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|‘[^’]*’")
_ALSO_MEANT = {"。": ".", "、": ",", "—": "-", "–": "-", "−": "-", "【": "[", "】": "]", "《": "<", "》": ">"}
# Word types curly quotation marks; docxtpl takes them for straight ones inside a tag.
QUOTES = str.maketrans("“”‘’", "\"\"''")
# What stands for the operators of code where somebody writes mathematics, Chinese, or another language.
_OPERATORS = {
    "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "<>": "!=", "===": "==", "&&": " and ",
    "大于等于": ">=", "小于等于": "<=", "不等于": "!=", "大于": ">", "小于": "<", "等于": "==",
    "并且": "and", "而且": "and", "且": "and", "或者": "or", "或": "or", "不是": "not", "非": "not",
    "不在": "not in", "在": "in",
}  # fmt: skip
_WORDS = "|".join(word for word in _OPERATORS if word.isalpha())
_OPERATOR = re.compile(
    r"(?P<quoted>\"[^\"]*\"|'[^']*')|(?P<no>!(?!=))"
    rf"|(?P<sign>[≥≤≠×÷]|<>|===|(?<!\s)\s*+&&\s*|(?<=\s)(?:{_WORDS})(?=\s))"
)
_WIDE = re.compile(r"[｛﹛｝﹜％﹪＃]")
_BEGIN, _END = re.compile(_OPENS), re.compile(_CLOSES)
_PAIRS = frozenset({("{{", "}}"), ("{%", "%}"), ("{#", "#}")})


class Mistyped(NamedTuple):
    """A tag, or one end of it, that is typed wrongly: where in the text, and how it should be written.

    ``meant`` is empty where the other end is missing. ``code`` names what is wrong: braces are those of
    Chinese punctuation, apart, or too many.
    """

    start: int
    end: int
    meant: str
    code: str


def mistyped(text: str) -> Iterator[Mistyped]:
    """Yield what is meant as a tag in a text that has no proper one."""
    last = 0
    for match in _TAG.finditer(text):
        opens, closes = (_plain(match[end]) for end in ("opens", "closes"))
        written = match["opens"] + match["closes"]
        if (opens, closes) not in _PAIRS or (written == opens + closes and not match["more"]):
            continue
        yield from _halves(text, last, match.start())
        last = match.end()
        meant = opens + match["inner"] + closes
        if _WIDE.search(written):
            yield Mistyped(*match.span(), half_width(meant), "full-width")
        else:
            code = "braces-too-many" if match["more"] else "blank-in-braces"
            yield Mistyped(*match.span(), meant, code)
    yield from _halves(text, last, len(text))


def is_mistyped(source: str) -> bool:
    """Return whether what looks like one tag has too many braces, or is two with a mistyped end between them.

    ``{{ 甲 }｝，{｛ 乙 }}``: what stands between them is text of the document.
    """
    if source.startswith("{#"):
        return False
    if _TOO_MANY.fullmatch(source):
        return True
    bare = _QUOTED.sub("0", source[2:-2])
    end = _END.search(bare)
    return end is not None and _BEGIN.search(bare, end.end()) is not None


def with_letters(source: str) -> str:
    """Return a tag with docxtpl's letters where they belong: ``{% tr for …``, ``{%trfor …``."""
    match = _LETTERS.match(source)
    if match is None:
        return source
    return f"{source[:2]}{match[match.lastindex or 0]} {source[match.end() :]}"


def half_width(source: str) -> str:
    """Return a tag with the punctuation of code: full-width outside of quotation marks, invisible nowhere."""
    written, quote = [], ""
    for character in source.translate(QUOTES):
        if not quote:
            plain = _ALSO_MEANT.get(character) or unicodedata.normalize("NFKC", character)
            character = plain if len(plain) == 1 and (plain.isascii() or plain == character) else character
            if unicodedata.category(character) == "Cf":
                continue
        if character in "\"'" and quote in ("", character):
            quote = "" if quote else character
        written.append(character)
    return "".join(written)


def with_operators(source: str) -> str:
    """Return a tag with the operators of code for ``≥``, ``大于``, ``&&`` and the like, as they are meant."""
    return _OPERATOR.sub(
        lambda match: match["quoted"] or ("not " if match["no"] else _OPERATORS[match["sign"].strip()]),
        source,
    )


def _halves(text: str, start: int, end: int) -> Iterator[Mistyped]:
    for match in _HALF.finditer(text, start, end):
        yield Mistyped(*match.span(), "", "full-width")


def _plain(end: str) -> str:
    return re.sub(_APART, "", end).translate(_HALF_WIDTH)
