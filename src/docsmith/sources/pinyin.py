"""Pinyin that a web page has put into its text, 機(jī)關(guān): found, and taken out on request."""

from __future__ import annotations

import re
import unicodedata

_MARKED = re.compile(r"(?<=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])\(([^()\s]{1,8})\)")
_TONES = frozenset("\u0304\u0301\u030c\u0300")
# The finals that each initial of Hanyu Pinyin takes (GB/T 16159-2012, GF 0001); ü is written u after j q x y.
_FINALS = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo ü üe",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo ü üe",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
SYLLABLES = frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())


def is_syllable(text: str) -> bool:
    """Tell whether a text is one lowercase syllable of pinyin with exactly one tone mark."""
    letters = unicodedata.normalize("NFD", text)
    marks = [letter for letter in letters if letter in _TONES]
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    return len(marks) == 1 and bare in SYLLABLES


def clean(text: str) -> tuple[str, list[str]]:
    """Return the text without inserted pinyin, and what was taken out, in order: ``機(jī)關`` gives ``(jī)``.

    Only an ASCII bracket right after a Chinese character that holds one syllable with its tone mark is
    taken out; every other bracket stays.
    """
    removed: list[str] = []

    def take_out(match: re.Match[str]) -> str:
        if not is_syllable(match[1]):
            return match[0]
        removed.append(match[0])
        return ""

    return _MARKED.sub(take_out, text), removed
