"""A real scheduler and real workers, each a process, on the loopback of this machine."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.waiting import wait_until

_REGISTERED = "Registered to:"  # a worker's log says it once, when the scheduler has answered
ROOT = Path(__file__).parents[3]


class Office:
    """A scheduler without workers at first; ends all that it started."""

    def __init__(self, folder: Path, *options: str, patience: int = 3) -> None:
        """Start the scheduler; it gives a task up when more workers than its patience died of it."""
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self._environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(patience),
        }
        file = folder / "scheduler.json"
        options = (*options, "--port", "0", "--scheduler-file", str(file))
        self.scheduler = self._start("dask_scheduler", "--host", "127.0.0.1", *options)
        self.address = wait_until(_address, file)
        scheme, _colon, place = self.address.partition("://")
        self.engine = f"{'dask' if scheme == 'tcp' else 'dask+tls'}://{place}"

    def employ(self, count: int = 1, *options: str, nanny: bool = False) -> None:
        """Start workers, and wait until the scheduler knows them; a nanny starts a dead one again."""
        before = self.logs().count(_REGISTERED)
        for _ in range(count):
            options = (*options, "--nanny" if nanny else "--no-nanny")
            self._start(
                *("dask_worker", self.address, "--host", "127.0.0.1", "--nthreads", "1"),
                *("--memory-limit", "0", "--local-directory", str(self.folder), *options),
            )
        wait_until(lambda: self.logs().count(_REGISTERED) >= before + count)

    def _start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = self.folder / f"{module}-{len(self.processes)}.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", "--no-dashboard", *arguments],
                env=self._environment,
                cwd=self.folder,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def logs(self) -> str:
        """Return what the scheduler and the workers logged."""
        return "\n".join(file.read_text(encoding="utf-8") for file in sorted(self.folder.glob("*.log")))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # a nanny and its worker
            process.wait()


def _address(file: Path) -> str:
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["address"])
    except (FileNotFoundError, json.JSONDecodeError):  # not there, or half written
        return ""
