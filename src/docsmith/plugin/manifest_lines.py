"""In which line of ``plugin.toml`` a key stands: no reader of TOML tells, and a person looks for it there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

_WORD = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_PATH = rf"{_WORD}(?:\s*\.\s*{_WORD})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_PATH})\s*\]")
_KEY = re.compile(rf"\s*({_PATH})\s*=")
_ITEM = re.compile(r"\s*\{")
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#.*")
_LONG = re.compile(r'"""|' + "'''")


def key_lines(text: str) -> Mapping[str, int]:
    """Return the lines of keys and tables, counted from 1, by their paths: ``tables[2].where``.

    Tables that stand in a list, one a line, have a line each.
    """
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), 1):
        reader.take(line, number)
    return reader.lines


def line_of(path: str, lines: Mapping[str, int]) -> int:
    """Return the line of a key, or of the nearest thing around it that has one; 0 where nothing has."""
    while path and path not in lines:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines.get(path, 0)


class _Reader:
    """``_table`` is the path of the header above, ``_list`` that of a key whose brackets are open."""

    def __init__(self) -> None:
        self.lines: dict[str, int] = {}
        self._numbers: Counter[str] = Counter()
        self._table = self._list = self._quotes = ""
        self._depth = 0

    def take(self, line: str, number: int) -> None:
        long = _LONG.findall(line)
        if self._quotes:
            self._quotes = "" if self._quotes in long else self._quotes
            return
        if self._depth:
            if _ITEM.match(line):
                self._numbers[self._list] += 1
                self._note(f"{self._list}[{self._numbers[self._list]}]", number)
        elif header := _HEADER.match(line):
            self._table = self._inside(header[2], is_list=header[1] == "[[")
            self._note(self._table, number)
            return
        elif key := _KEY.match(line):
            self._list = ".".join(filter(None, (self._table, *_words(key[1]))))
            self._note(self._list, number)
            line = line[key.end() :]
        if len(long) % 2:
            self._quotes = long[-1]
            return
        bare = _STRING.sub("", line)
        self._depth = max(0, self._depth + bare.count("[") - bare.count("]"))

    def _note(self, path: str, number: int) -> None:
        self.lines.setdefault(path, number)

    def _inside(self, header: str, *, is_list: bool) -> str:
        """Return the path of a header; a list of tables that it goes through is its last table."""
        path = ""
        *outer, last = _words(header)
        for word in outer:
            path = f"{path}.{word}" if path else word
            if path in self._numbers:
                path = f"{path}[{self._numbers[path]}]"
        path = f"{path}.{last}" if path else last
        if is_list:
            self._numbers[path] += 1
            path = f"{path}[{self._numbers[path]}]"
        return path


def _words(path: str) -> list[str]:
    return [word.strip("\"'") for word in re.findall(_WORD, path)]
