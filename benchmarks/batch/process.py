"""A run of ``docsmith batch`` seen from outside: time, processor and memory of all its processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.client import memory_of
from benchmarks.errors import MeasurementError
from benchmarks.install import variables

_BETWEEN = 0.25  # seconds between two looks at the memory


class Sample(NamedTuple):
    """The memory of all processes of a run together, in MB, so many seconds after its start."""

    seconds: float
    megabytes: float


class Spent(NamedTuple):
    """What a run took: seconds of the clock and of all its processors, and its memory over time."""

    wall: float
    cpu: float
    memory: tuple[Sample, ...]

    @property
    def peak(self) -> float:
        """The most memory that the run ever had, in MB."""
        return max((sample.megabytes for sample in self.memory), default=0.0)


def run(arguments: Sequence[str], folder: Path, *, kill_after: float | None = None) -> Spent:
    """Run ``docsmith`` with these arguments in a folder; after ``kill_after`` seconds end it by ``kill -9``.

    Raises :class:`MeasurementError` where it ends with an error of its own.
    """
    command = [sys.executable, "-m", "docsmith", *arguments]
    log = folder / "docsmith.log"
    start, memory = time.perf_counter(), []
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603
            command, cwd=folder, env=variables(), stdout=output, stderr=output
        )
        status, killed = None, False
        while status is None:
            seconds = time.perf_counter() - start
            memory.append(Sample(seconds, sum(_memory_of_all(process.pid))))
            if kill_after is not None and seconds >= kill_after and not killed:
                process.send_signal(signal.SIGKILL)
                killed = True
            status = _ended(process.pid, start + (len(memory) * _BETWEEN) - time.perf_counter())
    wall = time.perf_counter() - start
    code, cpu = status
    process.returncode = code
    if code and not killed:
        raise MeasurementError(f"docsmith ended with {code}: {log.read_text(errors='replace')[-500:]}")
    return Spent(wall, cpu, tuple(memory))


def _ended(process: int, patience: float) -> tuple[int, float] | None:
    """Wait a moment for the end of a process; return its exit code and the CPU seconds of its tree."""
    until = time.perf_counter() + patience
    while True:
        found, status, usage = os.wait4(process, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime
        if time.perf_counter() >= until:
            return None
        time.sleep(0.01)


def _memory_of_all(process: int) -> Iterator[float]:
    """Yield the memory (MB) of a process, and of those that it has started."""
    yield memory_of(process, "VmRSS") or 0.0
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        children = [child for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:  # it has just ended
        return
    for child in children:
        yield from _memory_of_all(int(child))
