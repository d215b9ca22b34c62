"""One line that says how far a step has come, how fast it goes lately, and when it will be done."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable

from docsmith._i18n import gettext as _
from docsmith.cli.say import harmless, width

# The rate is that of the last half minute: steady enough to read, and soon right after a change of pace.
_LOOKS, _BETWEEN_LOOKS = 30, 1.0  # seconds
_BAR = 20
_NARROWEST_NAME = 12
_GAP = "  "
_CUT = "…"


class Step:
    """One thing that a command does: its name, how much there is to do (if that is known), what is done.

    ``total`` may be set once it is known.
    """

    __slots__ = ("_began", "_clock", "_looks", "done", "name", "total")

    def __init__(
        self, name: str, total: int | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.name, self.total, self.done = name, total, 0
        self._clock, self._began = clock, clock()
        self._looks: deque[tuple[float, int]] = deque([(self._began, 0)], maxlen=_LOOKS)

    def advance(self, count: int = 1) -> None:
        """Count what was done since the last time; takes less than a microsecond."""
        self.done += count

    def line(self, columns: int) -> str:
        """Return the step as one line of at most so many columns; what matters least is left out first."""
        rate, waited = self._look()
        count = f"{self.done:,}/{self.total:,}" if self.total else f"{self.done:,}" if self.done else ""
        shown = {"bar": self._bar(), "count": count, "rate": _rate(rate), "time": self._time(rate, waited)}
        name = harmless(self.name).replace("\n", " ")
        shortest = width(name)  # the bar is left out rather than a letter of it
        for part in ("bar", "rate", "time", "count"):
            rest = "".join(_GAP + text for text in shown.values() if text)
            room = columns - width(rest)
            if room >= shortest:
                return _cut(name, room) + rest
            shown[part] = ""
            shortest = min(shortest, _NARROWEST_NAME)
        return _cut(name, columns)

    def _look(self) -> tuple[float, float]:
        """Return the rate (a second) and the seconds since the step began."""
        now = self._clock()
        if now - self._looks[-1][0] >= _BETWEEN_LOOKS:
            self._looks.append((now, self.done))
        then, done = self._looks[0]
        passed = now - then
        return (self.done - done) / passed if passed >= _BETWEEN_LOOKS else 0.0, now - self._began

    def _bar(self) -> str:
        if not self.total:
            return ""
        full = min(self.done * _BAR // self.total, _BAR)
        # No prettier blocks: GBK lacks some, and a terminal with Chinese fonts draws others twice as wide.
        return f"[{'#' * full}{'-' * (_BAR - full)}]"

    def _time(self, rate: float, waited: float) -> str:
        """Return the time left, or the time passed where nobody can know that."""
        if not self.total:
            return _duration(waited)
        return _("{time} left").format(time=_duration((self.total - self.done) / rate)) if rate else ""


def _rate(rate: float) -> str:
    if not rate:
        return ""
    return _("{number}/s").format(number=f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(max(math.ceil(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _cut(text: str, columns: int) -> str:
    """Return a text that takes at most so many columns; a Chinese character takes two."""
    if width(text) <= columns:
        return text
    while text and width(text) + width(_CUT) > columns:
        text = text[:-1]
    return text + _CUT if columns >= width(_CUT) else ""
