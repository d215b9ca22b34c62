"""One interleaved run: each entrant in a process of its own, all of them in turn, round after round.

What disturbs a machine disturbs everybody in the same way then, so that ratios can be trusted where absolute
figures cannot. File names are always new and nothing is deleted until the end: overwriting and deleting cost
some file systems more than rendering costs docsmith.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.client import Worker
from benchmarks.entrants import OURS, REFERENCE, Peer
from benchmarks.errors import DifferenceError, MeasurementError
from benchmarks.install import Environment
from benchmarks.same import canonical, difference, missing_values, visible_text
from benchmarks.templates.forms import write_template
from benchmarks.workloads import Workload

_SAMPLES = 2  # documents of each entrant whose text is compared, and by which its batch is measured out
_MOST_IN_BATCH = 400


@dataclass(frozen=True, slots=True)
class Entrant:
    """An engine with a workload."""

    peer: Peer
    workload: Workload

    @property
    def name(self) -> str:
        """A name for files."""
        return f"{self.peer.name}-{self.workload.key}"


@dataclass(slots=True)
class Series:
    """What was measured of an entrant: seconds for each document, one figure a round.

    ``size`` is that of a document in bytes, ``peak`` the memory of the process in MB. ``equal`` tells whether
    body, header and footer are canonically the reference's.
    """

    entrant: Entrant
    versions: Mapping[str, str]
    batch: int = 0
    size: int = 0
    peak: float | None = None
    equal: bool | None = None
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """The median of the seconds by the clock that a document took."""
        return statistics.median(self.wall)

    @property
    def cpu_seconds(self) -> float:
        """The median of the seconds of processor that a document took."""
        return statistics.median(self.cpu)


@dataclass(frozen=True, slots=True)
class Settings:
    """How long to measure: the rounds, and the seconds that a batch of one entrant shall take."""

    rounds: int
    seconds: float


def race(
    entrants: Sequence[Entrant],
    environments: Mapping[str, Environment],
    settings: Settings,
    folder: Path,
) -> tuple[list[Series], dict[str, str]]:
    """Return what was measured, and why an entrant could not take part, by its engine's name."""
    left_out: dict[str, str] = {}
    with ExitStack() as stack:
        runners: list[tuple[Worker, Series]] = []
        for entrant in entrants:
            try:
                worker = stack.enter_context(_start(entrant, environments[entrant.peer.name], folder))
                worker.render(_SAMPLES)
            except MeasurementError as error:
                left_out[entrant.peer.name] = str(error)
                continue
            runners.append((worker, Series(entrant, worker.versions)))
        runners = _saying_the_same(runners, left_out)
        _measure(runners, settings)
        for worker, series in runners:
            series.peak = worker.peak_memory()
    return [series for _worker, series in runners], left_out


def _start(entrant: Entrant, environment: Environment, folder: Path) -> Worker:
    workload, peer = entrant.workload, entrant.peer
    contexts = folder / f"{workload.key}.json"
    if not contexts.exists():
        contexts.write_text(json.dumps(list(workload.contexts()), ensure_ascii=False), encoding="utf-8")
    template = folder / f"{entrant.name}.docx"
    write_template(workload.form, peer.dialect, template)
    return Worker(peer, environment, template, contexts, folder / entrant.name)


def _saying_the_same(
    runners: list[tuple[Worker, Series]], left_out: dict[str, str]
) -> list[tuple[Worker, Series]]:
    """Return those whose documents say what the data says, and what the reference says."""
    same = []
    expected: dict[str, list[list[str]]] = {}
    forms: dict[str, list[Mapping[str, str]]] = {}
    # The reference first; where it does not take part, docsmith is as good.
    for worker, series in sorted(runners, key=lambda runner: runner[1].entrant.peer.name != REFERENCE):
        workload, peer = series.entrant.workload, series.entrant.peer
        documents = worker.written()
        texts = [visible_text(document) for document in documents]
        if workload.key not in expected:
            _check_values(workload, texts)
            expected[workload.key] = texts
            forms[workload.key] = [canonical(document) for document in documents]
        for wanted, found in zip(expected[workload.key], texts):
            if wrong := difference(wanted, found):
                if peer.name == OURS:
                    raise DifferenceError(f"{workload.key}: docsmith prints something else: {wrong}")
                left_out[peer.name] = f"prints something else: {wrong}"
                break
        else:
            series.equal = [canonical(document) for document in documents] == forms[workload.key]
            series.size = documents[0].stat().st_size
            same.append((worker, series))
    return sorted(same, key=lambda runner: runners.index(runner))


def _check_values(workload: Workload, texts: Sequence[list[str]]) -> None:
    for number, text in enumerate(texts):
        if missing := missing_values(workload.context(number), text):
            raise DifferenceError(f"{workload.key}: the reference does not print {', '.join(missing[:5])}")


def _measure(runners: Sequence[tuple[Worker, Series]], settings: Settings) -> None:
    for worker, series in runners:  # warming up, and finding out how many documents a batch is
        series.batch = _SAMPLES
        for _time in range(3):
            wall, _cpu = worker.render(series.batch)
            series.batch = max(1, min(_MOST_IN_BATCH, round(settings.seconds * series.batch / wall)))
    for number in range(settings.rounds):
        first = number % len(runners)  # nobody always comes after the same
        for worker, series in (*runners[first:], *runners[:first]):
            wall, cpu = worker.render(series.batch)
            series.wall.append(wall / series.batch)
            series.cpu.append(cpu / series.batch)
