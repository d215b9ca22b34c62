"""The memory of runs over time, as a picture."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.batch.process import Spent
from benchmarks.batch.results import Results

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BELOW = 720, 280, 60, 110, 40, 40
_COLOURS = ("#b3261e", "#33557f", "#4d7c3f")


def svg(results: Results) -> str:
    """Return the picture as SVG: a line for each run, time to the right, memory upwards from nothing."""
    longest = max(run.wall for run in results.runs.values())
    highest = max(run.peak for run in results.runs.values()) * 1.15
    drawn = [*_axes(longest, highest)]
    for colour, (jobs, run) in zip(_COLOURS, results.runs.items()):
        drawn += _line(run, f"--jobs {jobs}", colour, longest, highest)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}"'
        f' height="{_HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="#1c1f24">\n'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>\n'
        f'<text x="8" y="24" font-size="14" font-weight="600">Memory of all processes, MB:'
        f" {results.branches:,} branches</text>\n" + "\n".join(drawn) + "\n</svg>\n"
    )


def _place(seconds: float, megabytes: float, longest: float, highest: float) -> tuple[float, float]:
    across, down = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BELOW
    return _LEFT + across * seconds / longest, _TOP + down * (1 - megabytes / highest)


def _axes(longest: float, highest: float) -> Iterator[str]:
    for share in (0, 0.25, 0.5, 0.75, 1):
        _x, y = _place(0, highest * share, longest, highest)
        yield f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}" stroke="#d8dce3"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{highest * share:.0f}</text>'
        x, _y = _place(longest * share, 0, longest, highest)
        bottom = _HEIGHT - _BELOW + 18
        yield f'<text x="{x:.1f}" y="{bottom}" text-anchor="middle">{longest * share:.0f} s</text>'


def _line(run: Spent, name: str, colour: str, longest: float, highest: float) -> Iterator[str]:
    step = max(1, len(run.memory) // 400)
    samples = [sample for sample in run.memory[::step] if sample.megabytes]
    points = [_place(*sample, longest, highest) for sample in samples]
    written = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{written}" fill="none" stroke="{colour}" stroke-width="2"/>'
    if points:
        x, y = points[-1]
        yield f'<text x="{x + 6:.1f}" y="{y + 4:.1f}" fill="{colour}">{name}</text>'
