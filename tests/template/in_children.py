"""Hostile templates, each in a child process that the system limits; ``test_bounds`` runs this.

``python -m tests.template.in_children open|render`` prints a JSON object for each case: what it took, and
what was said of it. The parent of the children has no threads, so that it may fork: a new interpreter for
each would take a minute.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable, Mapping

from docsmith.errors import TemplateError
from docsmith.template import Template
from docsmith.template.compiling.opening import compiled_template
from docsmith.template.language import journal
from tests.template.builders import docx
from tests.template.hostile import DATA, DOCUMENTS, EXPENSIVE, OPENINGS, RENDERINGS

CPU_SECONDS = 40
"""What kills a child: four times the goal, for slow machines."""
_MEMORY = 2 << 30


def main(kind: str) -> None:
    for name, case in _CASES[kind].items():
        print(json.dumps(_in_child(name, case)), flush=True)


def _in_child(name: str, case: Callable[[], None]) -> Mapping[str, object]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        os.write(writing, _said(case)[:4000].encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8", errors="replace") as pipe:
        said = pipe.read()
    _child, status, used = os.wait4(child, 0)
    megabytes = used.ru_maxrss >> (20 if sys.platform == "darwin" else 10)
    seconds = used.ru_utime + used.ru_stime
    return {"name": name, "said": said, "died": status, "seconds": seconds, "megabytes": megabytes}


def _said(case: Callable[[], None]) -> str:
    try:
        case()
    except TemplateError as error:
        return error.message
    except BaseException as error:  # a child must never go on with what its parent does
        return f"{type(error).__name__}: {error}"
    return "nothing"


def _open(make: Callable[[], bytes]) -> Callable[[], None]:
    def case() -> None:
        compiled_template(make(), "t.docx")

    return case


def _render(text: str, share: int) -> Callable[[], None]:
    def case() -> None:
        # One that is not stopped by a small budget is stopped by no budget.
        journal.MAX_STEPS //= share
        journal.MAX_WRITTEN //= min(share, 8)
        Template.open(docx(text), "t.docx").render(DATA)

    return case


def _write(make: Callable[[], bytes]) -> Callable[[], None]:
    def case() -> None:
        Template.open(make(), "t.docx").render(DATA)

    return case


_CASES: Mapping[str, Mapping[str, Callable[[], None]]] = {
    "open": {name: _open(make) for name, (make, _words) in OPENINGS.items()},
    "render": {
        **{name: _render(text, 50) for name, (text, _words) in RENDERINGS.items()},
        **{name: _render(text, 1) for name, (text, _words) in EXPENSIVE.items()},
        **{name: _write(make) for name, (make, _words) in DOCUMENTS.items()},
    },
}

if __name__ == "__main__":
    main(sys.argv[1])
