"""What the figures were measured on."""

from __future__ import annotations

import datetime as dt
import os
import platform
import tempfile
from pathlib import Path


def describe(folder: Path) -> dict[str, str]:
    """Return the machine by what a reader wants to know of it; ``folder`` is where documents are written."""
    return {
        "measured": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{_memory_gb():.0f} GB",
        "system": platform.platform(),
        "documents written to": f"{folder.parent} ({_file_system(folder)})",
    }


def fastest_folder() -> Path:
    """Return a folder in memory if the system has one, else that of temporary files."""
    shared = Path("/dev/shm")  # noqa: S108  # a new folder with a name of its own is made in it
    return shared if os.access(shared, os.W_OK) else Path(tempfile.gettempdir())


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _memory_gb() -> float:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    except (AttributeError, ValueError, OSError):
        return 0.0


def _file_system(folder: Path) -> str:
    """Return the kind of the file system that a folder lies on, as /proc/mounts names it."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return "unknown file system"
    above = [(point, kind) for point, kind in mounts if folder.resolve().is_relative_to(point)]
    return max(above, key=lambda mount: len(mount[0]), default=("", "unknown file system"))[1]
