"""Documents against what is expected of them, with a difference that can be read."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path

from docsmith.model.written import WrittenDocument
from docsmith.testing.workspace import Made, read_document

ANYTHING = "…"


def assert_document(
    document: Made | WrittenDocument | Path,
    expected: str | Made | WrittenDocument | Path,
    *,
    styles: bool = False,
) -> None:
    """Fail unless a document says what is expected, and show where it does not.

    :param document: what was made: the answer of ``render``, a document that was read, or a path of a .docx.
    :param expected: another document, or an outline (:meth:`WrittenDocument.outline`): a paragraph is a line,
        a row of a table ``| 1 | 张三 |``, ``←`` and ``↑`` are cells merged with the one to the left or above,
        ``<br>`` parts the lines of a cell. A line ``…`` stands for any number of lines. Indents and empty
        lines do not matter.
    :param styles: compare the styles of the paragraphs outside tables, too: ``标题> 工作计划``.

    Text, tables and their merged cells are compared, and not what they look like.
    """
    __tracebackhide__ = True  # pytest shows the line of the test instead
    said = _lines(_document(document).outline(styles=styles))
    other = expected if isinstance(expected, str) else _document(expected).outline(styles=styles)
    wanted = _lines(other)
    if not _fits(said, wanted):
        raise AssertionError("\n".join(["The document is not as expected:", *_difference(wanted, said)]))


def _document(found: Made | WrittenDocument | Path) -> WrittenDocument:
    if isinstance(found, Made):
        return found.document
    return read_document(found) if isinstance(found, Path) else found


def _lines(outline: str) -> list[str]:
    return [line.strip() for line in inspect.cleandoc(outline).split("\n") if line.strip()]


def _fits(said: Sequence[str], wanted: Sequence[str]) -> bool:
    """Tell whether lines are as wanted: the stretches between ``…`` follow each other, each as it stands."""
    first, *others = _stretches(wanted)
    if not others:
        return list(said) == first
    if list(said[: len(first)]) != first:
        return False
    position = len(first)
    for stretch in others[:-1]:
        found = _find(said, stretch, position)
        if found is None:
            return False
        position = found + len(stretch)
    last = others[-1]
    return len(said) - len(last) >= position and list(said[len(said) - len(last) :]) == last


def _stretches(wanted: Sequence[str]) -> list[list[str]]:
    stretches: list[list[str]] = [[]]
    for line in wanted:
        if line == ANYTHING:
            stretches.append([])
        else:
            stretches[-1].append(line)
    return stretches


def _find(said: Sequence[str], stretch: Sequence[str], start: int) -> int | None:
    places = range(start, len(said) - len(stretch) + 1)
    return next((place for place in places if list(said[place : place + len(stretch)]) == stretch), None)


def _difference(wanted: Sequence[str], said: Sequence[str]) -> Iterator[str]:
    """Yield the lines of both: ``-`` is expected and missing, ``+`` is there and not expected.

    What ``…`` stands for is left out.
    """
    matcher = difflib.SequenceMatcher(None, wanted, said, autojunk=False)
    for what, first, last, start, end in matcher.get_opcodes():
        if what == "equal":
            yield from (f"  {line}" for line in wanted[first:last])
        else:
            yield from _replaced(wanted[first:last], said[start:end])


def _replaced(wanted: Sequence[str], said: Sequence[str]) -> Iterator[str]:
    """Yield what differs; lines before a ``…`` are held against the first ones, those after it the last."""
    if ANYTHING not in wanted:
        lines = difflib.ndiff(wanted, said)
        yield from (line for line in lines if not line.startswith("?"))  # it points askew below Chinese
        return
    before = list(wanted).index(ANYTHING)
    after = list(wanted[before + 1 :])
    yield from _replaced(wanted[:before], said[:before])
    yield f"  {ANYTHING}"
    left = said[before:]
    yield from _replaced(after, left if ANYTHING in after else left[max(0, len(left) - len(after)) :])
