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

from benchmarks.agreement import Agreement
from benchmarks.client import Worker
from benchmarks.entrants import OURS, REFERENCE, Peer
from benchmarks.errors import DifferenceError, MeasurementError
from benchmarks.install import Environment
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

    ``size`` is that of a document in bytes, ``peak`` the memory of the process in MB. ``same_xml`` tells of
    docsmith whether body, header and footer are canonically the reference's.
    """

    entrant: Entrant
    versions: Mapping[str, str]
    batch: int = 0
    size: int = 0
    peak: float | None = None
    same_xml: bool | None = None
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
    """Return what was measured, and why an entrant could not take part, by its engine's name.

    Every entrant's documents have to say what the first one's say: the reference's, where it takes part.
    """
    left_out: dict[str, str] = {}
    agreement = Agreement()
    with ExitStack() as stack:
        runners: list[tuple[Worker, Series]] = []
        for entrant in sorted(entrants, key=lambda one: one.peer.name != REFERENCE):
            try:
                worker = stack.enter_context(_start(entrant, environments[entrant.peer.name], folder))
                worker.render(_SAMPLES)
                agreement.check(entrant.workload, worker.written())
            except (MeasurementError, DifferenceError) as error:
                left_out[entrant.peer.name] = f"{entrant.name}: {error}"
                continue
            series = Series(entrant, worker.versions, size=worker.written()[0].stat().st_size)
            if entrant.peer.name == OURS and environments.keys() >= {REFERENCE}:
                series.same_xml = agreement.is_same_xml(entrant.workload, worker.written())
            runners.append((worker, series))
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


def _measure(runners: Sequence[tuple[Worker, Series]], settings: Settings) -> None:
    for worker, series in runners:  # warming up, and finding out how many documents a batch is
        series.batch = _SAMPLES
        for _time in range(3):
            wall, _cpu = worker.render(series.batch)
            series.batch = max(1, min(_MOST_IN_BATCH, round(settings.seconds * series.batch / wall)))
    for number in range(settings.rounds):
        first = number % max(1, len(runners))  # nobody always comes after the same
        for worker, series in (*runners[first:], *runners[:first]):
            wall, cpu = worker.render(series.batch)
            series.wall.append(wall / series.batch)
            series.cpu.append(cpu / series.batch)
