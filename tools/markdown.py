"""Markdown, as the written parts of ``docs/`` need it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    titles = list(header)
    yield _line(titles)
    yield _line(["---"] * len(titles))
    for row in rows:
        yield _line(row)


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"
