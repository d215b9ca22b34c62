"""Whether documents leave anything behind: the memory of a process after 1,000 and after 50,000 of them.

Every document is different in every value, so that nothing that is kept by value goes unnoticed.
Run as a module of its own, ``python -m benchmarks.memory TEMPLATE COUNT...``, it is the measured process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.client import memory_of
from benchmarks.entrants import OURS, PEERS
from benchmarks.errors import MeasurementError
from benchmarks.install import variables
from benchmarks.templates.forms import write_template
from benchmarks.workloads import WORKLOADS

_WORKLOAD = WORKLOADS["A"]
_STEPS = (0, 1_000, 10_000, 25_000, 50_000)


def measure(most: int, folder: Path) -> dict[int, float]:
    """Return the memory (MB) of a process by how many documents it has rendered, up to ``most``."""
    template = folder / "memory.docx"
    write_template(_WORKLOAD.form, PEERS[OURS].dialect, template)
    counts = sorted({*(step for step in _STEPS if step < most), most})
    command = [sys.executable, "-m", "benchmarks.memory", str(template), *map(str, counts)]
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=False, env=variables(), cwd=Path(__file__).parents[1]
    )
    if done.returncode:
        raise MeasurementError(done.stderr.strip()[-500:])
    return {int(count): float(memory) for count, memory in map(str.split, done.stdout.splitlines())}


def _render(template_path: Path, counts: Sequence[int]) -> None:
    from docsmith import Template

    template = Template.open(template_path)
    done = 0
    for count in counts:
        for number in range(done, count):
            template.render(_WORKLOAD.context(number))
        done = count
        print(count, memory_of(os.getpid(), "VmRSS"))


if __name__ == "__main__":
    _render(Path(sys.argv[1]), [int(count) for count in sys.argv[2:]])
