"""One JSON object of any size on standard output, its lists written as they are made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docsmith.cli.say import print_bytes

_AT_ONCE = 1 << 16  # characters


def print_object(content: Mapping[str, Any]) -> None:
    """Print an object, UTF-8 on every system; a value that is an iterator becomes a list, piece by piece."""
    waiting = ""
    for piece in _pieces(content):
        waiting += piece
        if len(waiting) > _AT_ONCE:
            _print(waiting)
            waiting = ""
    _print(f"{waiting}\n")


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


def _print(text: str) -> None:
    # A lone surrogate becomes \udc80, which is what JSON calls it.
    print_bytes(text.encode(errors="backslashreplace"))
