"""Waiting for what other processes do: for a fact, never for a time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

LONG = 60.0
"""Seconds after which what was waited for will not come, on a busy machine as well."""


_P = ParamSpec("_P")
_R = TypeVar("_R")


def wait_until(what: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
    """Return what a function returns, once that is true."""
    deadline = time.monotonic() + LONG
    while not (found := what(*args, **kwargs)):
        assert time.monotonic() < deadline, f"waited too long for {what}"
        time.sleep(0.01)
    return found


def gone(pid: int) -> bool:
    """Say whether a process has ended, be it that nobody has asked for its exit code yet."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except (ProcessLookupError, FileNotFoundError):
        return True


def written(path: Path) -> str:
    """Return what stands in a file, where it is there already."""
    return path.read_text(encoding="utf-8") if path.exists() else ""
