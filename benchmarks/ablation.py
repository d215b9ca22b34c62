"""What each trick of the engine is worth: the same documents with one of them taken away.

Run: python -m benchmarks.ablation. Prints CPU milliseconds for a document of each workload, the best of five.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.templates.dialects import DOCXTPL
from benchmarks.templates.forms import write_template
from benchmarks.workloads import WORKLOADS
from docsmith.template import Template, render
from docsmith.template.compiling import parts as compiling
from docsmith.template.compiling.lexer import Unprovable
from docsmith.template.package import archive
from docsmith.template.values import _plain

_REPEATS = 5
_SECONDS = 0.3


def main() -> None:
    """Print the table."""
    os.environ["DOCSMITH_CACHE"] = "off"
    write = sys.stdout.write
    write(f"| {'without':34} | {' | '.join('ABC')} |\n|{'-' * 36}|---:|---:|---:|\n")
    with tempfile.TemporaryDirectory() as folder:
        rows = [list(_figures(key, Path(folder))) for key in "ABC"]
    for name, *figures in zip(_NAMES, *rows, strict=True):
        write(f"| {name:34} | {' | '.join(f'{1000 * figure:.3f}' for figure in figures)} |\n")


_NAMES = (
    "nothing: the engine as it is",
    "compiling once",
    "the proof: parsed and mended",
    "a fast deflate: zlib 6",
    "a fast deflate: zlib 3",
    "copying what does not change",
    "looking at values, not copying",
)


def _figures(key: str, folder: Path) -> Iterator[float]:
    workload = WORKLOADS[key]
    path = folder / f"{key}.docx"
    write_template(workload.form, DOCXTPL, path)
    context = workload.context(0)
    template = Template.open(path)
    yield _cpu(lambda: template.render(context))
    yield _cpu(lambda: Template.open(path).render(context))
    with _without_proof():
        parsed = Template.open(path)
    yield _cpu(lambda: parsed.render(context))
    for level in (6, 3):
        with patch.object(archive, "deflated", lambda data, level=level: zlib.compress(data, level, -15)):
            yield _cpu(lambda: template.render(context))
    fixed = [(entry.name.decode(), _content(entry)) for entry in template._fixed.entries]
    yield _cpu(lambda: (template.render(context), [archive.Entry.of(*part) for part in fixed]))
    with patch.object(render, "plain_context", _copied):
        yield _cpu(lambda: template.render(context))


@contextmanager
def _without_proof() -> Iterator[None]:
    with patch.object(compiling, "prove", side_effect=Unprovable("not tried")):
        yield


def _content(entry: archive.Entry) -> bytes:
    return zlib.decompress(entry.packed, -15) if entry.method else entry.packed


def _copied(context: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value, name, 1, count()) for name, value in context.items()}


def _cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call: the best of some series."""
    started = time.process_time()
    work()
    calls = max(1, round(_SECONDS / _REPEATS / max(time.process_time() - started, 1e-5)))
    best = float("inf")
    for _ in range(_REPEATS):
        started = time.process_time()
        for _ in range(calls):
            work()
        best = min(best, (time.process_time() - started) / calls)
    return best


if __name__ == "__main__":
    main()
