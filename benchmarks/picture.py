"""The results as a picture: documents a second of each engine, a panel for each workload."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from benchmarks.entrants import OURS
from benchmarks.report import rate_of
from benchmarks.results import Line, Results
from benchmarks.workloads import WORKLOADS

_PANELS = ("A", "B", "C")
_LEFT, _BARS, _RIGHT = 130, 470, 120
_HEAD, _BAR, _GAP, _SPACE = 34, 18, 6, 18
_OURS, _OTHERS = "#b3261e", "#8a94a6"


def svg(results: Results) -> str:
    """Return the picture as SVG. The longest bar of a panel fills its width; the scale is linear."""
    drawn: list[str] = []
    top = 0
    for key in _PANELS:
        if race := sorted(results.races.get(key, ()), key=lambda line: line.ms):
            drawn.extend(_panel(key, race, top))
            top += _HEAD + len(race) * (_BAR + _GAP) + _SPACE
    width = _LEFT + _BARS + _RIGHT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top}" width="{width}" height="{top}"'
        ' font-family="system-ui, sans-serif" font-size="12" fill="#1c1f24">\n'
        f'<rect width="{width}" height="{top}" fill="#ffffff"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _panel(key: str, race: Sequence[Line], top: int) -> Iterator[str]:
    title = f"{key}: {WORKLOADS[key].title}, documents a second"
    yield f'<text x="8" y="{top + 21}" font-size="14" font-weight="600">{escape(title)}</text>'
    ours = next((line for line in race if line.engine == OURS), None)
    for number, line in enumerate(race):
        y = top + _HEAD + number * (_BAR + _GAP)
        share = race[0].ms / line.ms
        times = f" (1/{line.ms / ours.ms:.0f})" if ours and line is not ours else ""
        yield from _bar(line.engine, share, f"{rate_of(line)}{times}", y, is_ours=line is ours)


def _bar(name: str, share: float, figure: str, y: int, *, is_ours: bool) -> Iterator[str]:
    """Yield a bar that is ``share`` of the width long, between the name and the figure."""
    weight = ' font-weight="600"' if is_ours else ""
    colour = _OURS if is_ours else _OTHERS
    length = max(1.0, share * _BARS)
    line = y + _BAR - 5
    yield f'<text x="{_LEFT - 8}" y="{line}" text-anchor="end"{weight}>{escape(name)}</text>'
    yield f'<rect x="{_LEFT}" y="{y}" width="{length:.1f}" height="{_BAR}" rx="1" fill="{colour}"/>'
    yield f'<text x="{_LEFT + length + 6:.1f}" y="{line}"{weight}>{escape(figure)}</text>'
