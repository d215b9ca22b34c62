"""Runs that are killed at random moments, again and again, with files among them that a person edits."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docsmith.engine.ledger import Ledger
from docsmith.engine.undo import undo
from docsmith.engine.writing import Writer
from tests.engine.output import documents, files_of, folder_in_memory, whole
from tests.kills import number_of_kills

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")

KILLS = number_of_kills(20)
DOCUMENTS = 300
AT_A_TIME = 50
EDITED = "2026/支部3/表7.docx"
EDITS = {EDITED: b"edited by a person", "2026/支部9/自己的.txt": b"a person's own"}


def _contents(version: int) -> dict[str, bytes]:
    return {f"2026/支部{n % 20}/表{n}.docx": whole(f"{version} {n}") for n in range(DOCUMENTS)} | {
        EDITED: whole(f"{version} edited")
    }


def _run(out: Path, version: int) -> None:
    made = documents(out, _contents(version))
    with Ledger(out) as ledger, ledger.running("test", {}):
        writer = Writer(out, ledger)
        for start in range(0, len(made), AT_A_TIME):
            writer.place_all(made[start : start + AT_A_TIME])


def _undo(out: Path) -> None:
    list(undo(out))


def _kill(work: Callable[[], None], after: float) -> bool:
    """Do something in a process of its own, and kill it after some seconds; return whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _is_whole(content: bytes) -> bool:
    return content in EDITS.values() or (content.startswith(b"PK\x03\x04") and content.endswith(bytes(18)))


def test_killed_at_random_moments_it_loses_nothing_and_ends_as_if_undisturbed() -> None:
    chance = random.Random(20261122)
    with folder_in_memory() as folder:
        out = folder / "out"
        started = time.perf_counter()
        _run(out, 0)
        takes = time.perf_counter() - started
        for path, content in EDITS.items():
            (out / path).write_bytes(content)
        version = killed = 0
        while killed < KILLS:
            version += 1
            undoing = version % 5 == 0
            work = (lambda: _undo(out)) if undoing else (lambda version=version: _run(out, version))
            killed += _kill(work, chance.uniform(0, takes))
            assert version < 100 * KILLS, "the kills come too late"
            found = files_of(out)
            assert [path for path, content in found.items() if not _is_whole(content)] == []
            assert {path: found[path] for path in EDITS} == EDITS
        _run(out, version + 1)
        beside = EDITED.replace(".docx", "（新）.docx")
        expected = _contents(version + 1)
        assert files_of(out) == {**expected, beside: expected[EDITED], **EDITS}
