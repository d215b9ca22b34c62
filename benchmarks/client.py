"""A worker process of a peer, seen from here."""

from __future__ import annotations

import contextlib
import json
import subprocess
from pathlib import Path
from typing import Any, Self

from benchmarks.entrants import Peer
from benchmarks.errors import MeasurementError
from benchmarks.install import Environment


class Worker:
    """A process that renders a template for a peer when it is told to; between, it waits."""

    def __init__(
        self, peer: Peer, environment: Environment, template: Path, contexts: Path, folder: Path
    ) -> None:
        """Start the process; ``folder`` is where it writes, and ``contexts`` a file with the data."""
        self._name = peer.name
        self._folder = folder
        self._next = 0
        self._errors = (folder.parent / f"{folder.name}.log").open("w+b")
        self._process = subprocess.Popen(  # noqa: S603
            [environment.interpreter, str(peer.script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=dict(environment.variables),
            text=True,
            encoding="utf-8",
        )
        folder.mkdir()
        answer = self._ask({"load": {"template": str(template), "contexts": str(contexts)}})
        self.versions: dict[str, str] = answer["versions"]

    def render(self, count: int) -> tuple[float, float]:
        """Render the next ``count`` documents under new names; returns seconds of clock and CPU."""
        order = {"folder": str(self._folder), "first": self._next, "count": count}
        self._next += count
        answer = self._ask({"render": order})
        return answer["wall"], answer["cpu"]

    def written(self) -> list[Path]:
        """Return the documents, in the order of their contexts."""
        return sorted(self._folder.glob("*.docx"))

    def peak_memory(self) -> float | None:
        """Return the most memory that the process ever had, in MB; None where the system does not tell."""
        return memory_of(self._process.pid, "VmHWM")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._errors.close()

    def _ask(self, order: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None  # noqa: S101  # both are pipes
        assert self._process.stdout is not None  # noqa: S101
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            last_words = self._last_words()
            self.close()
            raise MeasurementError(last_words)
        decoded: dict[str, Any] = json.loads(answer)
        return decoded

    def _last_words(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        errors = [line for line in lines if "Error" in line]
        return (errors or lines or ["the process ended without a word"])[-1]


def memory_of(process: int, what: str) -> float | None:
    """Return ``VmHWM`` (the peak) or ``VmRSS`` (now) of a process in MB; None where there is no /proc."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{what}:")), None)
