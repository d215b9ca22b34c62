"""What all reports of measurements have in common: tables, and pages with a part that is measured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

_MEASURED = re.compile(r"(<!-- measured -->\n).*(<!-- end of measured -->)", re.DOTALL)


def grid(header: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a Markdown table; figures stand at the right."""
    yield f"| {' | '.join(map(str, header))} |"
    yield f"|---|{'---:|' * (len(header) - 1)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"


def refresh(page: Path, block: str) -> None:
    """Write what was measured into a page, between its two marks."""
    text = page.read_text(encoding="utf-8")
    page.write_text(_MEASURED.sub(lambda match: f"{match[1]}\n{block}\n{match[2]}", text), encoding="utf-8")
