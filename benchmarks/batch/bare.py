"""What a batch is compared with: a loop of docxtpl's with contexts that are already prepared.

It reads nothing, judges nothing and remembers nothing: open the template, render, save. Run as a module of
its own, ``python -m benchmarks.batch.bare DATABASE COUNT FOLDER``, it is the measured process; it prints
the seconds of the clock and of the processor that a document took.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.errors import MeasurementError
from benchmarks.install import variables

if TYPE_CHECKING:
    from docsmith.cli.session import Session
    from docsmith.plugin.document_type import DocumentType

TYPE = "self-check"
ROOT = Path(__file__).resolve().parents[2]


class Bare(NamedTuple):
    """What a document took of the clock and of the processor, in seconds."""

    wall: float
    cpu: float

    def mean(self, other: Bare) -> Bare:
        """Return what a document took in both measurements, on average."""
        return Bare((self.wall + other.wall) / 2, (self.cpu + other.cpu) / 2)


def measure(database: Path, count: int, folder: Path) -> Bare:
    """Return what docxtpl takes for a document, over ``count`` of them."""
    command = [sys.executable, "-m", "benchmarks.batch.bare", str(database), str(count), str(folder)]
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=False, env=variables(), cwd=ROOT
    )
    if done.returncode:
        raise MeasurementError(done.stderr.strip()[-500:])
    return Bare(**json.loads(done.stdout))


def _loop(document_type: DocumentType, contexts: list[dict[str, Any]], folder: Path) -> Bare:
    from docxtpl import DocxTemplate

    def render(context: dict[str, Any], target: Path) -> None:
        template = DocxTemplate(document_type.template)
        template.render(context, autoescape=True)
        template.save(target)

    for number in range(10):  # warming up
        render(contexts[0], folder / f"warm-{number}.docx")
    wall, cpu = time.perf_counter(), time.process_time()
    for number, context in enumerate(contexts):
        render(context, folder / f"{number:07d}.docx")
    spent = time.perf_counter() - wall, time.process_time() - cpu
    return Bare(*(seconds / len(contexts) for seconds in spent))


def _contexts(database: str, count: int) -> tuple[DocumentType, list[dict[str, Any]]]:
    """Return what docsmith itself gives the template for the first branches."""
    from docsmith.cli.session import Session

    session = Session.start()
    document_type = session.manager.find(TYPE)
    session.manager.use([document_type])
    return document_type, list(_made(session, document_type, database, count))


def _made(
    session: Session, document_type: DocumentType, database: str, count: int
) -> Iterator[dict[str, Any]]:
    from docsmith import rules
    from docsmith.engine.context import default_context, extended
    from docsmith.engine.loading import with_examples
    from docsmith.template import Template
    from docsmith.template.values import plain_context

    used = Template.open(document_type.template).fields
    with closing(session.open((f"sqlite:///{database}",))) as source:
        names = list(source.names())[:count]
        reader = source.reader()
        for ticket in source.tickets(names, count):
            rows = reader.read(ticket).dataset(ticket.branches)
            data = with_examples(rows, session.manager.types.values())
            for branch in data.branches:
                dossier = data.dossier(branch)
                verdicts = rules.evaluate(dossier, session.rules)
                added = session.manager.build_context(dossier, document_type, verdicts)
                context = extended(default_context(dossier, document_type, data.schema), added, data.schema)
                yield plain_context({name: context[name] for name in context if name in used})


if __name__ == "__main__":
    _database, _count, _folder = sys.argv[1:]
    print(json.dumps(_loop(*_contexts(_database, int(_count)), Path(_folder))._asdict()))
