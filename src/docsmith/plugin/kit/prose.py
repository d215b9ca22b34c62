"""From the cells of a workbook to the sentences of an article."""

from __future__ import annotations

import re

_HAN = "㐀-䶿一-鿿豈-﫿𠀀-𿿿"
# What a Chinese text can end with on either side of a mark: a character, or a mark of its own.
_BEFORE, _AFTER = f"[{_HAN}”’）》〉〕】]", f"[{_HAN}“‘（《〈〔【]"
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_MARKS = re.compile(f"(?<={_BEFORE})([,;:?!]) *|([,;:?!]) *(?={_AFTER})")
_ASCII_MARK = re.compile(r'[,;:?!."(]')
_STOP = re.compile(rf"(?<={_BEFORE})\.(?![\w.])")
_ELLIPSIS = re.compile(rf"(?<={_BEFORE})\.{{3,}}")
_BRACKETS = re.compile(rf"(?<={_BEFORE})\(([^()\n]*)\)|\(([^()\n]*[{_HAN}][^()\n]*)\)")
_QUOTES = re.compile(f'"([^"\\n]*[{_HAN}][^"\\n]*)"')
_NUMBER = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]+[）)][、.．]?|[一二三四五六七八九十]+、|\d+[.．、](?!\d))\s*"
)
_SENTENCE_ENDS = tuple("。！？；：，、…")
_INNER_ENDS = "；：，、"
# Characters: what a table beside an article shows whole, and how much it shows of what is longer.
_LONGEST, _OPENING = 100, 40
_CLAUSE_END = re.compile("[。；，：]")


def chinese_punctuation(text: str) -> str:
    """Return a text with full-width marks and curly quotes where it is Chinese (GB/T 15834).

    Marks between Latin letters or digits stay as they are: 14:30, 1,000, R-08.
    """
    if not _ASCII_MARK.search(text):
        return text
    text = _ELLIPSIS.sub("……", text)
    text = _STOP.sub("。", text)
    text = _BRACKETS.sub(lambda match: f"（{match[1] if match[1] is not None else match[2]}）", text)
    text = _QUOTES.sub(r"“\1”", text)
    return _MARKS.sub(lambda match: _FULL_WIDTH[match[1] or match[2]], text)


def paragraphs(text: str) -> list[str]:
    """Return the lines of a cell that hold something: each becomes a paragraph."""
    lines = (chinese_punctuation(line.strip()) for line in text.splitlines())
    return [line for line in lines if line]


def sentence(text: str | None) -> str:
    """Return the text of a cell in one stretch that ends with a full stop; an empty one stays empty."""
    lines = [line if line.endswith(_SENTENCE_ENDS) else f"{line}。" for line in paragraphs(text or "")]
    whole = "".join(lines)
    return f"{whole[:-1]}。" if whole.endswith(tuple(_INNER_ENDS)) else whole


def phrase(text: str) -> str:
    """Return the text of a cell in one line, without a stop at its end: for a cell or a list."""
    return "".join(paragraphs(text)).rstrip("。；，、：")


def brief(text: str) -> str:
    """Return a phrase for a table beside an article that has the whole: the opening of a very long one."""
    whole = phrase(text)
    if len(whole) <= _LONGEST:
        return whole
    ends = [end.start() for end in _CLAUSE_END.finditer(whole, 1, _OPENING)]
    return f"{whole[: ends[-1] if ends else _OPENING]}……（见正文）"


def heading(text: str) -> str:
    """Return a heading without the number that somebody typed before it, and without a stop."""
    line = phrase(text)
    return _NUMBER.sub("", line) or line
