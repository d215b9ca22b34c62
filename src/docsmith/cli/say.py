"""Printing: aligned where Chinese and Latin mix, and harmless whatever the data says."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import click

from docsmith._files import reason_of
from docsmith._i18n import gettext as _
from docsmith.errors import OutputError

_COLUMN_GAP = "  "
_WIDEST = 80

# What takes a line of progress away while something is printed: a process has one terminal.
_room: Callable[[], AbstractContextManager[None]] = nullcontext


@contextmanager
def making_room(room: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    """Print inside ``room()`` from now on."""
    global _room
    before, _room = _room, room
    try:
        yield
    finally:
        _room = before


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line; control characters of the data become question marks."""
    _echo(harmless(text), err=err)


def harmless(text: str) -> str:
    """Return a text whose control characters, which could steer a terminal, are question marks."""
    return "".join(character if _is_harmless(character) else "?" for character in text)


def say_indented(start: str, lines: Iterable[str]) -> None:
    """Print what there is of some texts, one below the other, to the right of a start."""
    text = "\n".join(line for line in lines if line)
    say(start + text.replace("\n", "\n" + " " * width(start)))


def complain(message: str, hint: str = "") -> None:
    """Print what is wrong, and below it what to do, where it does not mix with results."""
    say(message, err=True)
    if hint:
        say(f"  {hint}", err=True)


def print_json(content: Mapping[str, Any]) -> None:
    """Print one JSON object, UTF-8 on every system; an iterator in it becomes a list as it is made."""
    from docsmith.cli.json_stream import json_pieces

    for piece in json_pieces(content):
        # A lone surrogate becomes \udc80, which is what JSON calls it.
        _echo(piece.encode(errors="backslashreplace"), newline=False)


def _echo(content: str | bytes, *, err: bool = False, newline: bool = True) -> None:
    try:
        with _room():
            click.echo(content, err=err, nl=newline)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(
            _("The answer of docsmith cannot be written: {reason}.").format(reason=reason_of(error))
        ) from error


def width(text: str) -> int:
    """Return the columns that a text takes on a terminal: two for a full-width character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the rows as lines whose columns stand below each other; the last one is ragged.

    A cell wider than any name moves the rest of its own row, and no other.
    """
    table = [list(row) for row in rows]
    if not table:
        return []
    widths = [
        max((width(row[i]) for row in table if width(row[i]) <= _WIDEST), default=0)
        for i in range(len(table[0]))
    ]
    return [
        _COLUMN_GAP.join(cell + " " * (most - width(cell)) for cell, most in zip(row, widths)).rstrip()
        for row in table
    ]


def _is_harmless(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf")
