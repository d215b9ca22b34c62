"""Killed at any moment, a batch goes on to the files that it would have made undisturbed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.office import command, documents, environment, run, tables_of, write_workbook

# DOCSMITH_KILLS=300 repeats what docs/batch-speed.md reports.
KILLS = int(os.environ.get("DOCSMITH_KILLS", "12"))
BRANCHES = 150
TYPES = ("self-check", "problem-list")

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on Windows")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    write_workbook(folder / "数据.xlsx", tables_of(BRANCHES))
    done = run(folder, "batch", *TYPES, "--data", "数据.xlsx", "--out", "undisturbed")
    assert done.returncode == 0, done.stderr
    return folder


def _start(office: Path, out: Path, jobs: int) -> subprocess.Popen[bytes]:
    args = command("batch", *TYPES, "--data", "数据.xlsx", "--out", out, "--jobs", str(jobs))
    return subprocess.Popen(
        args,
        cwd=office,
        env=environment(office),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_at_random_moments_it_ends_with_the_same_bytes(
    office: Path, tmp_path: Path, jobs: int
) -> None:
    expected = documents(office / "undisturbed")
    whole = _seconds(office, tmp_path / "timed", jobs)
    dice = random.Random(jobs)
    for attempt in range(max(1, KILLS // 2)):
        out = tmp_path / f"out-{attempt}"
        for _again in range(dice.randint(1, 3)):
            process = _start(office, out, jobs)
            time.sleep(dice.uniform(0.1, whole))
            os.killpg(process.pid, dice.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM]))
            process.wait()
            found = documents(out)
            assert not {name for name, content in found.items() if expected.get(name, content) != content}
        done = run(office, "batch", *TYPES, "--data", "数据.xlsx", "--out", out, "--jobs", str(jobs))
        assert done.returncode == 0, done.stderr
        assert documents(out) == expected


def _seconds(office: Path, out: Path, jobs: int) -> float:
    start = time.perf_counter()
    assert _start(office, out, jobs).wait() == 0
    return time.perf_counter() - start


def test_ctrl_c_stops_cleanly_says_how_to_go_on_and_reports(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        command("batch", *TYPES, "--data", "数据.xlsx", "--out", out),
        cwd=office,
        env=environment(office),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    while not list(out.glob("2026/*/*.docx")):
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    told, complaint = process.communicate(timeout=60)
    assert process.returncode in (0, 130)
    assert "Traceback" not in complaint
    if process.returncode == 130:
        assert "give the same command again" in told
    assert len(list(out.glob("批量报告/*/报告.xlsx"))) == 1


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the processes of a process are in /proc")
def test_a_worker_that_is_killed_costs_no_document(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = _start(office, out, jobs=2)
    while not list(out.glob("2026/*/*.docx")):
        assert process.poll() is None
        time.sleep(0.01)
    for child in _children(process.pid):
        os.kill(child, signal.SIGKILL)
    assert process.wait(timeout=120) == 0
    assert documents(out) == documents(office / "undisturbed")


def _children(parent: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
