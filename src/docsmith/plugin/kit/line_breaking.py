"""How many lines a text fills, broken as Word breaks Chinese text."""

from __future__ import annotations

import math
import re
import unicodedata

# What may not end a line, what may not begin one, and what stays together with its own kind.
_OPENING = re.escape("（《〈「『“‘〔([{")
_CLOSING = re.escape("，。、；：！？）》〉」』”’〕…—％,.;:!?)]}%")
_LATIN = r"[A-Za-z0-9@#&+/_-]+(?:[.,:][A-Za-z0-9]+)*"
_CLUSTER = re.compile(rf"[{_OPENING}]*(?:{_LATIN}|.)[{_CLOSING}]*")
# The quarter of a character that Word and LibreOffice put between a Chinese and a Latin character.
_BETWEEN_SCRIPTS = 0.25


def text_width(text: str) -> float:
    """Return the width of text in full-width characters."""
    width, before = 0.0, ""
    for character in text:
        width += _gap(before, character) + (1.0 if _is_wide(character) else 0.5)
        before = character
    return width


def _gap(before: str, character: str) -> float:
    """Return the width of what stands between two characters, if there is a first."""
    apart = before.isalnum() and character.isalnum() and _is_wide(before) != _is_wide(character)
    return _BETWEEN_SCRIPTS if apart else 0.0


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"


def count_lines(text: str, width: float) -> int:
    """Return how many lines of ``width`` full-width characters a text fills; an empty one counts as one.

    A word of Latin letters or digits stays whole, closing punctuation does not begin a line and opening
    punctuation does not end one.
    """
    return sum(_lines_of_paragraph(paragraph, width) for paragraph in text.split("\n"))


def _lines_of_paragraph(paragraph: str, width: float) -> int:
    lines, line, end = 1, 0.0, ""  # the width of the last line, and its last character
    for cluster in _CLUSTER.findall(paragraph):
        own = text_width(cluster)
        together = line + _gap(end, cluster[0]) + own
        if not end or together <= width:
            line = together
        else:
            lines, line = lines + 1, own
        end = cluster[-1]
        if line > width:  # one long word: it is broken anywhere
            lines += math.ceil(line / width) - 1
            line, end = 0.0, ""
    return lines
