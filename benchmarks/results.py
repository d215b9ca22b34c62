"""What a run found, as plain data that a JSON file can hold, and whether the goals hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from benchmarks.cold import ColdStart
from benchmarks.entrants import OURS, REFERENCE
from benchmarks.race import Series

# Goals: docsmith against docxtpl by workload, and against the fastest of all others.
TIMES_REFERENCE = {"A": 70, "B": 35, "C": 100}
TIMES_FASTEST = 10
MOST_FOR_BREAKS = 1.15
MOST_FOR_ROWS = 1.10
MOST_LEFT_BEHIND = 1.0  # MB


@dataclass(frozen=True, slots=True)
class Line:
    """One engine with one workload. Times are medians for one document; ``peak_mb`` is of the process."""

    engine: str
    workload: str
    versions: dict[str, str]
    documents: int
    rounds: int
    ms: float
    cpu_ms: float
    size: int
    peak_mb: float | None
    same_xml: bool | None

    @classmethod
    def of(cls, series: Series) -> Line:
        """Return what was measured of an entrant."""
        return cls(
            engine=series.entrant.peer.name,
            workload=series.entrant.workload.key,
            versions=dict(series.versions),
            documents=series.batch * len(series.wall),
            rounds=len(series.wall),
            ms=1000 * series.seconds,
            cpu_ms=1000 * series.cpu_seconds,
            size=series.size,
            peak_mb=series.peak,
            same_xml=series.same_xml,
        )


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of the project, what was found, and whether it holds; ``None`` where it was not measured."""

    text: str
    found: str
    holds: bool | None


@dataclass(slots=True)
class Results:
    """Everything that was measured on one machine. A race is named by its workload."""

    machine: dict[str, str] = field(default_factory=dict)
    races: dict[str, list[Line]] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    memory: dict[int, float] = field(default_factory=dict)
    cold: list[ColdStart] = field(default_factory=list)

    def line(self, race: str, engine: str, workload: str | None = None) -> Line | None:
        """Return the line of an engine, if it took part."""
        wanted = (engine, workload or race)
        return next((one for one in self.races.get(race, ()) if (one.engine, one.workload) == wanted), None)

    def goals(self) -> list[Goal]:
        """Return every goal with what was found."""
        return [*_ratios(self), *_costs(self), *_small(self)]

    def save(self, path: Path) -> None:
        """Write them as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what :meth:`save` wrote; nothing was measured yet where there is no such file."""
        if not path.is_file():
            return cls()
        table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            machine=table["machine"],
            races={name: [Line(**line) for line in lines] for name, lines in table["races"].items()},
            left_out=table["left_out"],
            memory={int(count): memory for count, memory in table["memory"].items()},
            cold=[ColdStart(**one) for one in table["cold"]],
        )


def fastest_other(lines: Sequence[Line], workload: str) -> Line | None:
    """Return the fastest engine besides docsmith; none if only the reference was measured."""
    others = [line for line in lines if line.engine != OURS and line.workload == workload]
    if all(line.engine == REFERENCE for line in others):
        return None
    return min(others, key=lambda line: line.ms)


def _ratios(results: Results) -> Iterator[Goal]:
    for race, wanted in TIMES_REFERENCE.items():
        ours, reference = results.line(race, OURS), results.line(race, REFERENCE)
        yield _at_least(f"{race}: at least {wanted} × {REFERENCE}", ours, reference, wanted)
        other = fastest_other(results.races.get(race, ()), race)
        name = f" ({other.engine})" if other else ""
        yield _at_least(
            f"{race}: at least {TIMES_FASTEST} × the fastest other{name}", ours, other, TIMES_FASTEST
        )


def _at_least(text: str, ours: Line | None, other: Line | None, wanted: float) -> Goal:
    if ours is None or other is None:
        return Goal(text, "not measured", None)
    ratio = other.ms / ours.ms
    return Goal(text, f"{ratio:.1f} ×", ratio >= wanted)


def _costs(results: Results) -> Iterator[Goal]:
    """Yield what docsmith costs against itself, by CPU time: a few per cent drown in what the clock sees."""
    breaks, plain = results.line("AN", OURS), results.line("AN", OURS, "A")
    text = f"line breaks cost at most {MOST_FOR_BREAKS - 1:.0%}"
    yield _at_most(text, breaks.cpu_ms / plain.cpu_ms if breaks and plain else None, MOST_FOR_BREAKS)
    long, short = results.line("R", OURS), results.line("R", OURS, "B")
    text = f"a row costs at 20,000 rows what it costs at 500 (at most {MOST_FOR_ROWS - 1:.0%} more)"
    ratio = (long.cpu_ms / 20_000) / (short.cpu_ms / 500) if long and short else None
    yield _at_most(text, ratio, MOST_FOR_ROWS)


def _at_most(text: str, ratio: float | None, most: float) -> Goal:
    if ratio is None:
        return Goal(text, "not measured", None)
    return Goal(text, f"{ratio - 1:+.0%}", ratio <= most)


def _small(results: Results) -> Iterator[Goal]:
    text = "memory after 50,000 documents is what it was after 1,000"
    if {1_000, 50_000} <= results.memory.keys():
        grown = results.memory[50_000] - results.memory[1_000]
        yield Goal(text, f"{grown:+.1f} MB", grown <= MOST_LEFT_BEHIND)
    else:
        yield Goal(text, "not measured", None)
    text = f"a cold docsmith render is no slower than a script with {REFERENCE}"
    cold = {one.name: one.wall_ms for one in results.cold}
    if {OURS, REFERENCE} <= cold.keys():
        found = f"{cold[OURS]:.0f} ms against {cold[REFERENCE]:.0f} ms"
        yield Goal(text, found, cold[OURS] <= cold[REFERENCE])
    else:
        yield Goal(text, "not measured", None)
