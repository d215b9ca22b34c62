"""The results as a picture: documents a second of each engine, a panel for each workload."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from benchmarks.entrants import OURS
from benchmarks.results import Line, Results
from benchmarks.workloads import WORKLOADS

_PANELS = ("A", "B", "C")
_LEFT, _BARS, _RIGHT = 130, 420, 170
_HEAD, _BAR, _GAP, _SPACE = 46, 18, 6, 22
_OURS, _OTHERS, _GRID = "#b3261e", "#8a94a6", "#d9dde3"


def svg(results: Results) -> str:
    """Return the picture as SVG. The scale is logarithmic and the same in all panels."""
    panels = [
        (key, sorted(results.races[key], key=lambda one: one.ms)) for key in _PANELS if key in results.races
    ]
    rates = [1000 / line.ms for _key, lines in panels for line in lines]
    lowest, highest = (
        (math.floor(math.log10(min(rates))), math.ceil(math.log10(max(rates)))) if rates else (0, 1)
    )
    drawn: list[str] = []
    top = 0
    for key, lines in panels:
        drawn.extend(_panel(key, lines, top, lowest, highest))
        top += _HEAD + len(lines) * (_BAR + _GAP) + _SPACE
    width = _LEFT + _BARS + _RIGHT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top}" width="{width}" height="{top}"'
        ' font-family="system-ui, sans-serif" font-size="12" fill="#1c1f24">\n'
        f'<rect width="{width}" height="{top}" fill="#ffffff"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _panel(key: str, lines: Sequence[Line], top: int, lowest: int, highest: int) -> Iterator[str]:
    bottom = top + _HEAD + len(lines) * (_BAR + _GAP)
    title = f"{key}: {WORKLOADS[key].title}"
    yield f'<text x="8" y="{top + 20}" font-size="14" font-weight="600">{escape(title)}</text>'
    for power in range(lowest, highest + 1):
        x = _x(10**power, lowest, highest)
        yield f'<line x1="{x}" x2="{x}" y1="{top + _HEAD - 4}" y2="{bottom}" stroke="{_GRID}"/>'
        yield f'<text x="{x}" y="{top + _HEAD - 8}" text-anchor="middle" fill="#5b6472">{10**power:,}</text>'
    yield (f'<text x="{_LEFT + _BARS + 12}" y="{top + _HEAD - 8}" fill="#5b6472">documents a second</text>')
    for number, line in enumerate(lines):
        yield from _bar(line, top + _HEAD + number * (_BAR + _GAP), lowest, highest, lines)


def _bar(line: Line, y: int, lowest: int, highest: int, lines: Sequence[Line]) -> Iterator[str]:
    ours = line.engine == OURS
    rate = 1000 / line.ms
    end = _x(rate, lowest, highest)
    weight = ' font-weight="600"' if ours else ""
    middle = y + _BAR - 5
    yield f'<text x="{_LEFT - 8}" y="{middle}" text-anchor="end"{weight}>{escape(line.engine)}</text>'
    colour = _OURS if ours else _OTHERS
    yield f'<rect x="{_LEFT}" y="{y}" width="{end - _LEFT:.1f}" height="{_BAR}" rx="2" fill="{colour}"/>'
    own = next((one for one in lines if one.engine == OURS), None)
    slower = f" (docsmith: {line.ms / own.ms:.0f} ×)" if own and not ours else ""
    yield f'<text x="{end + 6:.1f}" y="{middle}"{weight}>{rate:,.0f}{slower}</text>'


def _x(rate: float, lowest: int, highest: int) -> float:
    share = (math.log10(rate) - lowest) / max(1, highest - lowest)
    return round(_LEFT + share * _BARS, 1)
