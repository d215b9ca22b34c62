"""What was measured of a batch, and the goals that it is held to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.batch.bare import Bare
from benchmarks.batch.process import Spent

# Ten times as many documents a second as docxtpl's loop, for each core; two cores do the work of 1.8.
_TIMES_DOCXTPL, _SECOND_CORE = 10.0, 1.8
# Once the first tenth is made, memory may grow by so many MB until the end.
_FLAT = 20.0


class Killed(NamedTuple):
    """A run that was ended by kill -9 after ``seconds``, and what the same command made of it.

    ``found`` documents lay there, of which ``torn`` were none; ``same`` tells that in the end all bytes were
    those of the run that nobody disturbed.
    """

    seconds: float
    found: int
    torn: int
    resumed: Spent
    same: bool


@dataclass(slots=True)
class Results:
    """One run of the benchmark; ``runs`` by how many processes (jobs) they had."""

    branches: int
    machine: dict[str, str] = field(default_factory=dict)
    bare: Bare | None = None
    bare_count: int = 0
    runs: dict[int, Spent] = field(default_factory=dict)
    unchanged: Spent | None = None
    killed: Killed | None = None
    same_for_any_jobs: bool | None = None

    def rate(self, spent: Spent) -> float:
        """Return documents a second."""
        return self.branches / spent.wall

    @property
    def times_bare(self) -> float | None:
        """How many documents one process makes in the processor's time that docxtpl takes for one."""
        if self.bare is None or 1 not in self.runs:
            return None
        return self.bare.cpu * self.branches / self.runs[1].cpu

    @property
    def speed_up(self) -> float | None:
        """How much faster two processes are than one, by the clock."""
        return self.runs[1].wall / self.runs[2].wall if self.runs.keys() >= {1, 2} else None

    def growth(self, jobs: int) -> float:
        """Return how much memory (MB) a run has gained between its first tenth and its last."""
        samples = [sample.megabytes for sample in self.runs[jobs].memory]
        part = max(1, len(samples) // 10)
        return max(samples[-part - 1 :]) - max(samples[: part + 1])

    def goals(self) -> Iterator[tuple[str, str, bool]]:
        """Yield each goal in words, what was found, and whether it holds."""
        if self.times_bare is not None:
            wanted = f"one core makes at least {_TIMES_DOCXTPL:g} times as many documents as docxtpl"
            yield wanted, f"{self.times_bare:.1f} ×", self.times_bare >= _TIMES_DOCXTPL
        if self.speed_up is not None:
            wanted = f"two processes are at least {_SECOND_CORE:g} times as fast as one"
            yield wanted, f"{self.speed_up:.2f} ×", self.speed_up >= _SECOND_CORE
        for jobs in self.runs:
            growth = self.growth(jobs)
            yield f"memory stays flat with --jobs {jobs}", f"{growth:+.0f} MB", growth <= _FLAT
        if self.same_for_any_jobs is not None:
            found = "the same" if self.same_for_any_jobs else "others"
            yield "two processes make the bytes that one makes", found, self.same_for_any_jobs
        if self.killed:
            found = f"{self.killed.torn} torn, {'the same' if self.killed.same else 'other'} bytes"
            whole = self.killed.same and not self.killed.torn
            yield "killed and given again, a run ends as if undisturbed", found, whole
