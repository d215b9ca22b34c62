"""The results as Markdown: for the terminal, and for docs/speed.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.entrants import OURS, PEERS, REFERENCE
from benchmarks.markdown import grid
from benchmarks.markdown import refresh as refresh_page
from benchmarks.results import Line, Results, fastest_other
from benchmarks.workloads import WORKLOADS

_VERDICT = {True: "holds", False: "**does not hold**", None: "not measured"}


def markdown(results: Results) -> str:
    """Return all that was measured, as sections of Markdown."""
    lines: list[str] = []
    for name, race in results.races.items():
        lines += ["", f"### {_title(name)}", "", *_table(results, name, race)]
    if results.left_out:
        lines += ["", "Left out:", ""]
        lines += [f"- {reason}" for reason in results.left_out.values()]
    if results.memory:
        lines += ["", "### Memory of one process", "", *_memory(results.memory)]
    if results.cold:
        lines += ["", "### A cold start", "", *_cold(results)]
    lines += ["", "### The goals", "", *grid(("goal", "found", ""), map(_goal_row, _stated(results)))]
    lines += ["", "### The machine", "", *(f"- {name}: {value}" for name, value in results.machine.items())]
    lines += [
        f"- share of the clock's time that docsmith had a processor: {share:.0%}" for share in _quiet(results)
    ]
    lines += ["", *(f"- {one.engine}: {_versions(one)}" for one in _one_of_each(results))]
    return "\n".join(lines).strip() + "\n"


def refresh(page: Path, results: Results) -> None:
    """Write the results into a page, between its two marks."""
    refresh_page(page, markdown(results))


def rate_of(line: Line) -> str:
    """Return how many documents an engine makes in a second, as it is printed."""
    rate = 1000 / line.ms
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


def _title(race: str) -> str:
    if race == "R":
        return "R: the same form with 500 rows and with 20,000"
    return f"{race}: {WORKLOADS[race].title}"


def _table(results: Results, name: str, race: Sequence[Line]) -> Iterator[str]:
    if name == "R":
        yield from grid(
            ("rows", "ms for a document", "µs for a row", "CPU µs for a row", "peak MB"),
            (
                (
                    f"{rows:,}",
                    f"{line.ms:.2f}",
                    f"{1000 * line.ms / rows:.2f}",
                    f"{1000 * line.cpu_ms / rows:.2f}",
                    _number(line.peak_mb),
                )
                for line in race
                if (rows := WORKLOADS[line.workload].rows)
            ),
        )
        return
    reference, fastest = results.line(name, REFERENCE), fastest_other(race, name)
    ordered = sorted(race, key=lambda line: line.ms)
    yield from grid(
        (
            "engine",
            "documents/s",
            "ms",
            "CPU ms",
            "peak MB",
            "KB",
            f"× {REFERENCE}",
            "by CPU",
            "× the fastest other",
        ),
        (
            (
                _called(line, name),
                rate_of(line),
                f"{line.ms:.3g}",
                f"{line.cpu_ms:.3g}",
                _number(line.peak_mb),
                f"{line.size / 1000:.1f}",
                f"{reference.ms / line.ms:.1f}" if reference else "",
                f"{reference.cpu_ms / line.cpu_ms:.1f}" if reference else "",
                f"{fastest.ms / line.ms:.1f}" if fastest else "",
            )
            for line in ordered
        ),
    )
    if (ours := results.line(name, OURS)) and reference:
        verb = "are" if ours.same_xml else "**are not**"
        yield ""
        yield f"Body, header and footer of docsmith's documents {verb} canonically those of {REFERENCE}."


def _called(line: Line, race: str) -> str:
    note = PEERS[line.engine].note
    if line.workload != race:
        note = f"workload {line.workload}"
    name = f"**{line.engine}**" if line.engine == OURS else line.engine
    return f"{name} ({note})" if note else name


def _memory(memory: Mapping[int, float]) -> Iterator[str]:
    rows = ((f"{count:,}", f"{megabytes:.1f}") for count, megabytes in sorted(memory.items()))
    yield from grid(("documents rendered", "MB"), rows)


def _cold(results: Results) -> Iterator[str]:
    rows = ((f"`{one.command}`", f"{one.wall_ms:.0f}", f"{one.cpu_ms:.0f}") for one in results.cold)
    yield from grid(("command", "ms", "CPU ms"), rows)


def _stated(results: Results) -> Iterator[tuple[str, str, bool | None]]:
    yield from ((goal.text, goal.found, goal.holds) for goal in results.goals())


def _goal_row(goal: tuple[str, str, bool | None]) -> tuple[str, ...]:
    text, found, holds = goal
    return text, found if holds is not None else "", _VERDICT[holds]


def _one_of_each(results: Results) -> list[Line]:
    found: dict[str, Line] = {}
    for race in results.races.values():
        for line in race:
            found.setdefault(line.engine, line)
    return list(found.values())


def _quiet(results: Results) -> Iterator[float]:
    """Yield the least share of processor time in clock time; well below 1, the machine was busy elsewhere."""
    shares = [
        line.cpu_ms / line.ms for race in results.races.values() for line in race if line.engine == OURS
    ]
    if shares:
        yield min(shares)


def _versions(line: Line) -> str:
    present = ((name, version) for name, version in line.versions.items() if version != "absent")
    return ", ".join(f"{name} {version}" for name, version in present)


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:.0f}"
