"""What a command is doing while it works: one line on a terminal, and nothing anywhere else.

The line stands on standard error, appears only when a command takes its time, and is gone when it ends,
however it ends. No cursor is hidden meanwhile: a killed command leaves the terminal as it was.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self, TextIO

from docsmith.cli import say
from docsmith.cli.progress_line import Step

if TYPE_CHECKING:
    from rich.console import Console

# Seconds: a command that ends before the first draws nothing, and loads nothing to draw with (60 ms).
_BEFORE_FIRST, _BETWEEN = 0.5, 0.2


class Steps:
    """The steps of a command, one after the other."""

    def __init__(self, display: _Display | None) -> None:
        self._display = display

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Step]:
        """Show a step while it is done: in words, such as 'making documents', and of how many."""
        step = Step(name, total)
        if self._display:
            self._display.show(step)
        try:
            yield step
        finally:
            if self._display:
                self._display.show(None)


@contextmanager
def progress(*, as_json: bool = False) -> Iterator[Steps]:
    """Show the steps of a command; nothing where standard error is no terminal, and nothing with ``--json``.

    What :func:`docsmith.cli.say.say` prints meanwhile stands above the line.
    """
    if as_json or sys.stderr is None or not sys.stderr.isatty():  # a program without a terminal has none
        yield Steps(None)
        return
    with _Display(sys.stderr) as display, say.making_room(display.aside):
        yield Steps(display)


class _Display:
    """Draws the current step from a thread, so that the work itself only counts."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._step: Step | None = None
        self._console: Console | None = None
        self._drawn = False
        self._lock = threading.RLock()  # a signal may make the thread that prints print once more
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="progress", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        with self.aside():
            pass

    def show(self, step: Step | None) -> None:
        """Draw this step from now on."""
        self._step = step

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the line away while something else is printed."""
        with self._lock:
            self._erase()
            yield

    def _run(self) -> None:
        if self._ended.wait(_BEFORE_FIRST):
            return
        from rich.console import Console

        self._console = Console(file=self._stream, highlight=False, markup=False, emoji=False)
        if self._console.is_dumb_terminal:
            return
        while not self._ended.wait(_BETWEEN):
            with self._lock:
                if not self._ended.is_set():
                    self._draw(self._console)

    def _draw(self, console: Console) -> None:
        from rich.control import Control
        from rich.segment import ControlType

        step = self._step
        if step is None:
            self._erase()
            return
        with console:  # one write, so that nothing flickers
            console.control(Control(ControlType.CARRIAGE_RETURN))
            # The last column stays free: some terminals go on to the next line after it.
            console.print(step.line(console.width - 1), end="", no_wrap=True, crop=False)
            console.control(Control((ControlType.ERASE_IN_LINE, 0)))
        self._drawn = True

    def _erase(self) -> None:
        if not self._drawn or self._console is None:
            return
        from rich.control import Control
        from rich.segment import ControlType

        self._drawn = False
        with self._console as console:
            console.control(Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2)))
