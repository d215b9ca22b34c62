"""One JSON object of any size as text, its lists made while they are asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_AT_ONCE = 1 << 16  # characters


def json_pieces(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield an object as large pieces of text; a value that is an iterator becomes a list."""
    waiting = ""
    for piece in _pieces(content):
        waiting += piece
        if len(waiting) > _AT_ONCE:
            yield waiting
            waiting = ""
    yield f"{waiting}\n"


def _pieces(content: Mapping[str, Any]) -> Iterator[str]:
    yield "{"
    for number, (key, value) in enumerate(content.items()):
        yield f"{',' if number else ''}\n  {json.dumps(key)}: "
        if isinstance(value, Iterator):
            yield from _list(value)
        else:
            yield _indented(value, 2)
    yield "\n}"


def _list(values: Iterable[Any]) -> Iterator[str]:
    empty = True
    for value in values:
        yield f"{'[' if empty else ','}\n    {_indented(value, 4)}"
        empty = False
    yield "[]" if empty else "\n  ]"


def _indented(value: Any, columns: int) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.replace("\n", "\n" + " " * columns)
