"""The loop of a Python worker: it waits for orders, a line of JSON each, and answers in the same way.

The order ``{"load": {"template": …, "contexts": …}}`` comes first; ``{"render": {"folder": …, "first": …,
"count": …}}`` then makes that many documents and is answered by the seconds that it took, ``wall`` and
``cpu``. ``worker.js`` is the same for Node. Workers run in environments of their own: they import nothing of
ours.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

Context = dict[str, Any]
Render = Callable[[Context, str], None]


def serve(load: Callable[[str], Render], libraries: tuple[str, ...]) -> None:
    """Serve until there are no more orders. ``load`` opens a template and returns what renders it to a path.

    ``libraries`` are the distributions whose versions are told.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what an engine prints is no answer
    render: Render | None = None
    contexts: list[Context] = []
    for line in sys.stdin:
        order = json.loads(line)
        if "load" in order:
            contexts = json.loads(Path(order["load"]["contexts"]).read_text(encoding="utf-8"))
            render = load(order["load"]["template"])
            answer: dict[str, Any] = {"versions": _versions(libraries)}
        else:
            assert render is not None  # noqa: S101  # the client loads first
            answer = _timed(render, contexts, **order["render"])
        print(json.dumps(answer), file=answers, flush=True)


def _timed(render: Render, contexts: list[Context], folder: str, first: int, count: int) -> dict[str, float]:
    paths = [f"{folder}/{number:07d}.docx" for number in range(first, first + count)]
    chosen = [contexts[number % len(contexts)] for number in range(first, first + count)]
    cpu, wall = time.process_time(), time.perf_counter()
    for context, path in zip(chosen, paths):
        render(context, path)
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def _versions(libraries: tuple[str, ...]) -> dict[str, str]:
    found = {"Python": platform.python_version()}
    for library in libraries:
        try:
            found[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            found[library] = "absent"
    return found
