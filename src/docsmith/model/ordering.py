"""The order of rows: by choices, dates, numbers and Chinese text; what is empty comes last."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from docsmith.model.columns import Column

T = TypeVar("T")

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_EMPTY = (None, "", ())


class SortKey(NamedTuple):
    """A column to sort by: its English name, and its choices in their order where it has choices."""

    column: str
    choices: tuple[str, ...] = ()
    descending: bool = False

    @classmethod
    def of(cls, column: Column, *, descending: bool = False) -> SortKey:
        """Return the key for a column."""
        return cls(column.name, tuple(column.choices), descending)

    def rank(self, value: Any) -> Any:
        """Return what a value that is not empty is compared by, with others of its column."""
        if self.choices:
            return self.choices.index(value) if value in self.choices else len(self.choices)
        if isinstance(value, tuple):
            return text_rank("、".join(value))
        return text_rank(value) if isinstance(value, str) else value


def ordered(rows: Iterable[T], keys: Sequence[SortKey], cell: Callable[[T, str], Any] = getattr) -> list[T]:
    """Return rows sorted by the first key, those alike by the next, and else in the order that they had.

    Empty cells come last, whether a key is descending or not. ``cell`` gets the value of a row in the column
    of that English name.
    """
    result = list(rows)
    for key in reversed(keys):
        values = [(cell(row, key.column), row) for row in result]
        filled = [(key.rank(value), row) for value, row in values if value not in _EMPTY]
        filled.sort(key=lambda pair: pair[0], reverse=key.descending)
        result = [row for _rank, row in filled] + [row for value, row in values if value in _EMPTY]
    return result


def text_rank(text: str) -> tuple[tuple[int, bytes], ...]:
    """Return what texts are sorted by: numbers in them as numbers, the rest in the order of GB 18030.

    So 第二党小组 comes before 第十党小组, and common characters in the order of their pinyin.
    """
    parts = _numbers().split(text)
    return tuple(
        (_number(part), b"") if index % 2 else (-1, part.encode("gb18030", errors="replace"))
        for index, part in enumerate(parts)
        if part
    )


@cache
def _numbers() -> re.Pattern[str]:
    """Compile what a number looks like: as many digits as anybody reads as one."""
    return re.compile(r"(\d{1,18}|[〇零一二三四五六七八九十][〇零一二三四五六七八九十百千]{0,17})")


def _number(text: str) -> int:
    """Return the value of 12, 十二 or 二〇."""
    if text.isdigit():
        return int(text)
    if not any(character in _TENS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            total, digit = total + (digit or 1) * _TENS[character], 0
    return total + digit
