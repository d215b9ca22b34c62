"""The results as Markdown: for the terminal, and for docs/batch-speed.md."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.batch.process import Spent
from benchmarks.batch.results import Killed, Results
from benchmarks.markdown import grid

_VERDICT = {True: "holds", False: "**does not hold**"}
_POINTS = 10


def markdown(results: Results) -> str:
    """Return all that was measured, as sections of Markdown."""
    lines = [f"### {results.branches:,} branches × self-check", "", *_rates(results)]
    if results.runs:
        lines += ["", "### Memory over time", "", *_memory(results)]
    if results.killed:
        lines += ["", "### Killed by `kill -9`, and given again", "", *_killed(results, results.killed)]
    goals = ((text, found, _VERDICT[holds]) for text, found, holds in results.goals())
    lines += ["", "### The goals", "", *grid(("goal", "found", ""), goals)]
    lines += ["", "### The machine", "", *(f"- {name}: {value}" for name, value in results.machine.items())]
    return "\n".join(lines).strip() + "\n"


def _rates(results: Results) -> Iterator[str]:
    yield from grid(
        ("", "documents/s", "seconds", "CPU seconds", "CPU ms a document", "× docxtpl by CPU", "peak MB"),
        _rate_rows(results),
    )


def _rate_rows(results: Results) -> Iterator[tuple[str, ...]]:
    if bare := results.bare:
        name = f"docxtpl, contexts prepared, {results.bare_count} documents"
        count, rate = results.bare_count, f"{1 / bare.wall:,.0f}"
        spent = (f"{bare.wall * count:,.1f}", f"{bare.cpu * count:,.1f}", f"{bare.cpu * 1000:.2f}")
        yield name, rate, *spent, "1.0", ""
    for jobs, run in results.runs.items():
        yield f"`docsmith batch --jobs {jobs}`", *_cells(results, run)
    if results.unchanged:
        yield "the same again, all unchanged", *_cells(results, results.unchanged)


def _cells(results: Results, run: Spent) -> tuple[str, ...]:
    each = run.cpu / results.branches
    times = f"{results.bare.cpu / each:.1f}" if results.bare else ""
    rate = f"{results.rate(run):,.0f}"
    return rate, f"{run.wall:,.1f}", f"{run.cpu:,.1f}", f"{each * 1000:.3f}", times, f"{run.peak:.0f}"


def _memory(results: Results) -> Iterator[str]:
    """Yield the memory of all processes together, at each tenth of a run."""
    shares = [number / _POINTS for number in range(_POINTS + 1)]
    header = ("of the run", *(f"--jobs {jobs}, MB" for jobs in results.runs))
    yield from grid(
        header, ((f"{share:.0%}", *(_at(run, share) for run in results.runs.values())) for share in shares)
    )


def _at(run: Spent, share: float) -> str:
    return f"{run.memory[round(share * (len(run.memory) - 1))].megabytes:.0f}"


def _killed(results: Results, killed: Killed) -> Iterator[str]:
    made = f"{killed.found:,} of {results.branches:,} documents"
    yield f"- killed after {killed.seconds:.1f} s, with {made} made"
    yield f"- torn files: {killed.torn}"
    yield f"- the same command again: {killed.resumed.wall:.1f} s"
    same = "the same as" if killed.same else "**not** those of"
    yield f"- all documents then: byte for byte {same} an undisturbed run"
