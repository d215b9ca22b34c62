"""A program that may hang, fork and eat memory: run with limits, and ended with all its children."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# LibreOffice forks, and its children outlive it. The shell leads a group that can be ended as one. Its
# standard input is a pipe from us: when that closes, because we were killed, the watcher ends the group.
_GUARDED = """
ulimit -v "$1" 2>/dev/null
shift
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
{ read -r _ <&3; kill -KILL -$$; } &
wait $child
"""
# In a group of its own, with a pipe of its own: if we are killed, the folder, in which there are personal
# data, is deleted as soon as nobody is left who could write in it.
_REMOVER = """
read -r _ && exit
kill -KILL -"$1" 2>/dev/null
tries=0
while kill -0 -"$1" 2>/dev/null && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
rm -rf -- "$2"
"""


def run_guarded(
    command: Sequence[str], *, folder: Path, seconds: float, memory: int, environment: Mapping[str, str]
) -> bool:
    """Run a program and say whether it ended by itself; after ``seconds`` it is ended, with its children.

    ``memory`` is the address space in bytes that each of its processes may have; systems without such a
    limit (Windows, macOS) have none. ``folder`` is the one that it works in: it is deleted if this process
    is killed. Raises :class:`OSError` where the program cannot be started.
    """
    if sys.platform == "win32":
        return _run_on_windows(command, folder, seconds, environment)
    # What LibreOffice writes for itself beside its output is of the documents, too.
    environment = {**environment, "TMPDIR": str(folder)}
    process = _started(_GUARDED, str(memory >> 10), *command, cwd=folder, environment=environment)
    remover = None
    try:
        remover = _started(_REMOVER, str(process.pid), str(folder), cwd=None, environment=None)
        return _ended(process, seconds)
    finally:
        # The watcher is in the group, and waits for us still: the number cannot have become another group's.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if remover:
            remover.communicate(b"\n")  # nothing is left for it to do


def _started(
    script: str, *arguments: str, cwd: Path | None, environment: Mapping[str, str] | None
) -> subprocess.Popen[bytes]:
    """Start a script in a group of its own; its standard input is a pipe from us."""
    return subprocess.Popen(  # noqa: S603 - the program is ours to start; nothing in it is from a document
        ["/bin/sh", "-c", script, "sh", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=cwd,
        env=environment,
        start_new_session=True,
    )


def _run_on_windows(
    command: Sequence[str], folder: Path, seconds: float, environment: Mapping[str, str]
) -> bool:
    process = subprocess.Popen(  # noqa: S603 - as above
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
    )
    try:
        return _ended(process, seconds)
    finally:
        if process.poll() is None:
            tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(tree, capture_output=True, check=False)  # noqa: S603 - a part of Windows
            process.wait()


def _ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
